"""What a zipped workbook is asked before it is opened, so that none can fill memory.

The reader keeps the whole rectangle between a sheet's first and last filled cell in memory, and trusts what
the archive says of itself. So it is unpacked here once, in a stream and counted, and the rectangle measured.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.parsers import expat

from vandel.errors import InputError
from vandel.registers.limits import Limits
from vandel.registers.sheet_extent import ExcelExtent, OpenDocumentExtent
from vandel.registers.sources import Content

_CHUNK: Final = 2**16
_SMALL: Final = 2**20  # below this any ratio is harmless, and so is a comment or a tag
_EXCEL_SHEET: Final = re.compile(r"xl/(worksheets/[^/]+|chartsheets/[^/]+)\.xml", re.IGNORECASE)
_OPEN_DOCUMENT_SHEETS: Final = "content.xml"
# NotImplementedError: the archive says that it needs a newer kind of zip than there is.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,
)


def check(content: Content, limits: Limits) -> None:
    """Raises :class:`InputError` when the archive is no workbook, broken, locked, or too large inside."""
    try:
        with content.open() as stream, zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            _check_directory(members, limits)
            _refuse_overlaps(members, stream.seek(0, io.SEEK_END))
            budget = limits.unpacked
            for member in members:
                budget -= _check_member(stream, member, budget=budget, limits=limits)
    except _DAMAGE as error:
        if isinstance(error, InputError):
            raise
        raise InputError("table.broken_workbook", "the workbook is damaged or cut") from error


def _check_directory(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = {member.filename for member in members}
    if len(members) > limits.entries:
        raise _bomb(f"{len(members)} files inside")
    if any(member.flag_bits & 1 for member in members):
        raise InputError("table.password", "the workbook is protected by a password")
    if "xl/workbook.xml" not in names and not {_OPEN_DOCUMENT_SHEETS, "mimetype"} <= names:
        raise InputError(
            "table.not_a_table", "the file is an archive, not an Excel workbook", kind="an archive"
        )
    if len(names) != len(members):
        raise _bomb("two files with the same name inside")


def _refuse_overlaps(members: list[zipfile.ZipInfo], length: int) -> None:
    # Many entries that share the same packed bytes unpack to far more than the file's size suggests.
    if sum(member.compress_size for member in members) > length:
        raise _bomb("files that overlap inside")


def _check_member(stream: BinaryIO, member: zipfile.ZipInfo, *, budget: int, limits: Limits) -> int:
    """The member's true length in bytes."""
    extent = _extent(member.filename, limits)
    parser = extent.parser() if extent is not None else None
    length = 0
    for piece in _unpacked(stream, member):
        length += len(piece)
        if length > budget:
            raise _bomb(f"more than {limits.unpacked} bytes when unpacked")
        if length > _SMALL and length > limits.ratio * member.compress_size:
            raise _bomb(f"a file that unpacks to more than {limits.ratio} times its size")
        if parser is not None:
            parser.Parse(piece, False)
            # Each piece has the parser read an unfinished part again from its start.
            if length - parser.CurrentByteIndex > _SMALL:
                raise _bomb(f"a part of more than {_SMALL} bytes that does not end")
    if parser is not None:
        parser.Parse(b"", True)
    return length


def _extent(name: str, limits: Limits) -> ExcelExtent | OpenDocumentExtent | None:
    if _EXCEL_SHEET.fullmatch(name):
        return ExcelExtent(limits)
    return OpenDocumentExtent(limits) if name == _OPEN_DOCUMENT_SHEETS else None


def _unpacked(stream: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's content to its true end: :mod:`zipfile` would stop at the length it claims."""
    packed = _packed(stream, member)
    if member.compress_type == zipfile.ZIP_STORED:
        yield from packed
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile("unusual compression")
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    for chunk in packed:
        data = chunk
        while data and not inflater.eof:
            yield inflater.decompress(data, _CHUNK)
            data = inflater.unconsumed_tail
    yield inflater.flush()
    if not inflater.eof:
        raise EOFError


def _packed(stream: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    stream.seek(member.header_offset)
    header = stream.read(30)
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile("no local header")
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    stream.seek(member.header_offset + 30 + names)
    left = member.compress_size
    while left > 0:
        chunk = stream.read(min(left, _CHUNK))
        if not chunk:
            raise EOFError
        left -= len(chunk)
        yield chunk


def _bomb(reason: str) -> InputError:
    return InputError("table.bomb", f"the workbook is refused: it has {reason}", reason=reason)
