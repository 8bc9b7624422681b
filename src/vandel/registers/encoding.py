"""Which encoding a text file is in, found by reading all of it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from vandel.errors import InputError

_CHUNK: Final = 2**20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


def detect(stream: BinaryIO) -> str:
    """The Python name of the encoding: by its byte order mark, else UTF-8, else Windows-1252.

    A file that begins as good UTF-8 and then breaks is refused: read as Windows-1252 it would turn
    its letters into rubbish without a word.
    """
    marked = _by_mark(stream)
    if marked is not None:
        if not _decodes(stream, marked).whole:
            raise _wrong_encoding(marked)
        return marked
    as_utf8 = _decodes(stream, "utf-8")
    if as_utf8.whole:
        return "utf-8"
    if as_utf8.letters_beyond_ascii or not _decodes(stream, "cp1252").whole:
        raise _wrong_encoding("utf-8")
    return "cp1252"


class _Decoding:
    """What came of decoding a whole stream."""

    def __init__(self) -> None:
        self.whole = True
        self.letters_beyond_ascii = False


def _by_mark(stream: BinaryIO) -> str | None:
    stream.seek(0)
    head = stream.read(4)
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _decodes(stream: BinaryIO, encoding: str) -> _Decoding:
    outcome = _Decoding()
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk, last in _chunks(stream):
        try:
            text = decoder.decode(chunk, final=last)
        except UnicodeDecodeError as error:
            before = bytes(error.object[: error.start])
            outcome.whole = False
            outcome.letters_beyond_ascii |= not before.isascii()
            return outcome
        outcome.letters_beyond_ascii |= not text.isascii()
        _refuse_control_characters(text)
    return outcome


def _chunks(stream: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    stream.seek(0)
    while chunk := stream.read(_CHUNK):
        yield chunk, False
    yield b"", True


def _refuse_control_characters(text: str) -> None:
    found = _CONTROL.search(text)
    if found is None:
        return
    if found[0] == "\x00":
        raise InputError(
            "table.nul_bytes",
            "the file holds NUL bytes: it isn't text, or it is UTF-16 without a byte order mark",
        )
    raise InputError("table.not_text", "the file holds control characters: it isn't a text file")


def _wrong_encoding(encoding: str) -> InputError:
    name = "UTF-16" if encoding == "utf-16" else "UTF-8"
    return InputError(
        "table.wrong_encoding",
        f"the file is neither wholly {name} nor in another known encoding; it may be cut or pasted together",
        encoding=name,
    )
