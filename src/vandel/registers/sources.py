"""The bytes of a table: from a file or from memory, not too many, of a kind that can be a table."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from vandel.errors import InputError
from vandel.registers.limits import Limits

_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel 97-2003, and workbooks behind a password
_NOT_TABLES: Final = {
    b"%PDF": "a PDF",
    b"MZ\x90": "a program",
    b"\x7fELF": "a program",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document",
    b"\x1f\x8b": "a compressed file",
    b"PK\x05\x06": "an empty archive",
}


@dataclass(frozen=True, slots=True)
class Content:
    """Readable bytes that may hold a table. Each ``open()`` begins at the first byte."""

    origin: Path | bytes
    head: bytes

    def open(self) -> BinaryIO:
        return io.BytesIO(self.origin) if isinstance(self.origin, bytes) else self.origin.open("rb")

    @property
    def is_zip(self) -> bool:
        return self.head.startswith(_ZIP)

    @property
    def is_workbook(self) -> bool:
        return self.is_zip or self.head.startswith(_COMPOUND)


def open_source(source: Path | str | bytes, limits: Limits) -> Content:
    """The bytes behind ``source``, refused when empty, too many, or plainly something else than a table."""
    if isinstance(source, bytes):
        content = Content(source, source[:512])
        length = len(source)
    else:
        content, length = _from_file(Path(source))
    if not length:
        raise InputError("table.empty", "the file is empty")
    if length > limits.bytes:
        raise InputError(
            "table.too_large",
            f"the file has {length} bytes; at most {limits.bytes} are read",
            length=length,
            limit=limits.bytes,
        )
    _refuse_other_kinds(content.head)
    return content


def _from_file(path: Path) -> tuple[Content, int]:
    try:
        with path.open("rb") as stream:
            return Content(path, stream.read(512)), path.stat().st_size
    except OSError as error:
        reason = error.strerror or "can't be read"
        raise InputError("table.unreadable", f"{path}: {reason}", path=str(path), reason=reason) from error


def _refuse_other_kinds(head: bytes) -> None:
    for magic, kind in _NOT_TABLES.items():
        if head.startswith(magic):
            raise InputError("table.not_a_table", f"the file is {kind}, not a table", kind=kind)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        kind = "XML" if start.startswith(b"<?xml") else "a web page"
        raise InputError("table.not_a_table", f"the file is {kind}, not a table", kind=kind)
