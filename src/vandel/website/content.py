"""What a server sent, unpacked within bounds, and what kind of thing it is, judged by its bytes alone."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

from vandel.website.outcome import NotVisited, Outcome

_PIECE: Final = 64 * 1024
_GZIP: Final = zlib.MAX_WBITS | 16
_PLAIN: Final = frozenset({"", "identity"})
_PACKED: Final = frozenset({"gzip", "x-gzip"})
_NOT_TEXT: Final = (
    b"%PDF", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"MZ", b"\x7fELF",
    b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"wOFF", b"wOF2", b"\x00\x00\x01\x00", b"OggS", b"ID3",
)  # fmt: skip
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.I)
_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.I | re.A)
# What browsers take the first name for. No other codec is let in: Python's include zip and base64.
_ALIASES: Final = {"ascii": "cp1252", "iso8859-1": "cp1252"}
_CHARSETS: Final = frozenset(
    {"utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1254", "cp1257", "koi8-r",
     "koi8-u", "iso8859-2", "iso8859-4", "iso8859-5", "iso8859-9", "iso8859-10", "iso8859-13", "iso8859-15",
     "cp866", "mac-roman", "mac-cyrillic"}
)  # fmt: skip


def unpacked(chunks: Iterable[bytes], *, encoding: str, packed_bytes: int, plain_bytes: int) -> bytes:
    """The body behind its content encoding, of which only gzip is asked for.

    Bounded on both sides while it streams; no call inflates more than 64 KiB. Errors: ``NotVisited``.
    """
    coding = encoding.strip().lower()
    counted = counted_chunks(chunks, packed_bytes)
    if coding in _PLAIN:
        pieces = counted
    elif coding in _PACKED:
        pieces = _inflated(counted)
    else:
        raise NotVisited(
            Outcome.BROKEN_ANSWER, "The website packed its page in a way that we did not ask for."
        )
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > plain_bytes:
            raise NotVisited(Outcome.TOO_LARGE, "The page is larger than we read.")
    return bytes(body)


def counted_chunks(chunks: Iterable[bytes], most: int) -> Iterator[bytes]:
    """The same chunks, as long as there are no more than ``most`` bytes of them. Errors: ``NotVisited``."""
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > most:
            raise NotVisited(Outcome.TOO_LARGE, "The website sent more than we read of one page.")
        yield chunk


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(_GZIP)
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                yield member.decompress(rest, _PIECE)
                rest = member.unconsumed_tail
                if member.eof:
                    # A gzip file may be several in a row.
                    rest = member.unused_data.lstrip(b"\0")
                    member = zlib.decompressobj(_GZIP)
        while piece := member.decompress(member.unconsumed_tail, _PIECE):
            yield piece
    except zlib.error as error:
        raise NotVisited(Outcome.BROKEN_ANSWER, "The page's packing is damaged.") from error


def is_page(body: bytes) -> bool:
    """Whether bytes are HTML or plain text, whatever the server calls them."""
    head = body[:1024]
    if any(head.startswith(bom) for bom, _ in _BOMS):
        return True
    start = head.lstrip()
    if any(start.startswith(mark) for mark in _NOT_TEXT) or start[4:8] == b"ftyp":
        return False
    controls = sum(byte < 9 or 13 < byte < 27 for byte in head)
    return controls == 0


def is_html(body: bytes) -> bool:
    """Whether a page has mark-up; what has none is plain text."""
    return (
        re.search(rb"<(?:!doctype|html|head|body|title|p|div|a|h1|table|meta|\?xml)[\s>]", body[:4096], re.I)
        is not None
    )


def text_of(body: bytes, *, content_type: str) -> str:
    """The body as text: by its byte order mark, the header's word, the page's own word, or what fits."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, errors="replace")
    in_header = _HEADER.search(content_type)
    in_page = _META.search(body[:4096])
    for found in (in_header[1] if in_header else "", in_page[1].decode("ascii") if in_page else ""):
        known = _charset(found)
        if known:
            return body.decode(known, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def _charset(name: str) -> str | None:
    if not name:
        return None
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    known = _ALIASES.get(known, known)
    return known if known in _CHARSETS else None
