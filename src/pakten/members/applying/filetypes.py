"""Which files may come along with an application: told from their bytes, never from their names."""

from __future__ import annotations

import zipfile
from io import SEEK_END
from typing import Any

LARGEST = 10_000_000
MOST = 10
ALLOWED = "PDF, Word (docx), OpenDocument (odt), PNG eller JPEG"
ACCEPT = ".pdf,.docx,.odt,.png,.jpg,.jpeg"
_PDF, _PNG, _JPEG, _ZIP = b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04"
# Where a ZIP tells how long its table is (APPNOTE 4.3.16): at its end, before a comment of at most 64 kB.
_END_OF_ZIP, _LARGE_ZIP, _END_LENGTH, _TAIL = b"PK\x05\x06", b"PK\x06\x07", 22, 65_557
_LONGEST_TABLE = 200_000
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPEN_TEXT = "application/vnd.oasis.opendocument.text"
ENDINGS = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    _WORD: ".docx",
    _OPEN_TEXT: ".odt",
}


def media_type(stream: Any) -> str | None:
    """What the file is, of the kinds that we take; None for anything else. Goes back to the start."""
    stream.seek(0)
    begins = stream.read(1024)
    stream.seek(0)
    if begins.startswith(_PNG):
        return "image/png"
    if begins.startswith(_JPEG):
        return "image/jpeg"
    if _PDF in begins:
        return "application/pdf"
    return _document(stream) if begins.startswith(_ZIP) else None


def _document(stream: Any) -> str | None:
    """A text document in a ZIP: told from its table of contents, so that nothing is unpacked."""
    if not _has_short_table(stream):
        return None
    try:
        with zipfile.ZipFile(stream) as package:
            names = set(package.namelist())
            if "word/document.xml" in names and not any(name.endswith("vbaProject.bin") for name in names):
                return _WORD
            told = "mimetype" in names and package.getinfo("mimetype").file_size < 100
            return _OPEN_TEXT if told and package.read("mimetype").strip() == _OPEN_TEXT.encode() else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return None
    finally:
        stream.seek(0)


def _has_short_table(stream: Any) -> bool:
    """Is the ZIP's table of contents as short as a text document's? Reading a long one takes seconds."""
    size = stream.seek(0, SEEK_END)
    stream.seek(max(0, size - _TAIL))
    tail = stream.read()
    at = tail.rfind(_END_OF_ZIP)
    if at < 0 or len(tail) - at < _END_LENGTH or tail[max(0, at - 20) : at].startswith(_LARGE_ZIP):
        return False
    return int.from_bytes(tail[at + 12 : at + 16], "little") <= _LONGEST_TABLE
