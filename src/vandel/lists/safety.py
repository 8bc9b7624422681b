"""The bounds within which a file from outside is opened: size, number, depth, ratio and time.

Every reader gets its bytes from here and nowhere else. No file is trusted because of its name or its sender.
"""

from __future__ import annotations

import hashlib
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from vandel.lists.refusal import ListRefused

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a list may be at most. The largest list known to us (EU, 2026) has 25 MB and 6,300 entries."""

    file_bytes: int = 256 * MIB
    total_bytes: int = 512 * MIB
    files: int = 1_000
    zip_ratio: int = 200
    depth: int = 40
    attribute_chars: int = 64 * 1024
    token_bytes: int = 1 * MIB
    line_bytes: int = 8 * MIB
    elements: int = 10_000_000
    record_elements: int = 200_000
    rows: int = 600_000
    columns: int = 400


class Deadline:
    """A moment of a clock that is handed in; ``check`` refuses the file once it has passed."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._ends = clock() + seconds

    def check(self) -> None:
        """Errors: ``ListRefused`` (lists.too_slow)."""
        if self._clock() > self._ends:
            raise ListRefused(
                "lists.too_slow",
                f"Reading took longer than {self._seconds:g} seconds and was stopped.",
                seconds=self._seconds,
            )


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a list: on disk (``path``) or unpacked in memory (``data``)."""

    name: str
    path: Path | None = None
    data: bytes = b""

    def open(self) -> BinaryIO:
        return self.path.open("rb") if self.path is not None else BytesIO(self.data)

    def head(self, size: int = 4096) -> bytes:
        with self.open() as stream:
            return stream.read(size)

    def chunks(self, size: int = 64 * 1024) -> Iterator[bytes]:
        with self.open() as stream:
            while chunk := stream.read(size):
                yield chunk

    def digest(self) -> tuple[str, int]:
        """SHA-256 and length in bytes."""
        digest, length = hashlib.sha256(), 0
        for chunk in self.chunks(MIB):
            digest.update(chunk)
            length += len(chunk)
        return digest.hexdigest(), length


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that one reading may look at, with its bounds."""

    parts: tuple[Part, ...]
    limits: Limits = field(default_factory=Limits)
    deadline: Deadline | None = None

    @property
    def first(self) -> Part:
        return self.parts[0]

    def tick(self) -> None:
        """Refuse when the time is up; readers call it every few hundred records."""
        if self.deadline is not None:
            self.deadline.check()


def gather(path: Path, limits: Limits) -> tuple[Part, ...]:
    """The files behind a path: one file, the CSV files of a folder, or the files inside a zip archive.

    An Excel workbook is a zip archive too, and stays one file; what it unpacks to is checked all the same.
    Errors: ``ListRefused`` for anything missing, empty, special, too large or packed beyond the limits.
    """
    if path.is_dir():
        return _folder(path, limits)
    _check_file(path, limits)
    part = Part(path.name, path)
    if not part.head(4).startswith(b"PK"):
        return (part,)
    with _archive(path) as archive:
        members = _checked_members(archive, limits)
        if any(info.filename == "[Content_Types].xml" for info in members):
            return (part,)
        return tuple(_unpacked(archive, info) for info in members)


def _check_file(path: Path, limits: Limits) -> None:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise ListRefused("lists.missing_file", f"There is no file {path.name}.", name=path.name) from error
    if not stat.S_ISREG(status.st_mode):
        raise ListRefused("lists.not_a_file", f"{path.name} is not an ordinary file.", name=path.name)
    if status.st_size == 0:
        raise ListRefused("lists.empty", f"{path.name} is empty.", name=path.name)
    if status.st_size > limits.file_bytes:
        raise ListRefused(
            "lists.too_large",
            f"{path.name} is larger than {limits.file_bytes // MIB} MiB.",
            name=path.name,
            limit=limits.file_bytes,
        )


def _folder(path: Path, limits: Limits) -> tuple[Part, ...]:
    files = sorted(item for item in path.rglob("*") if item.suffix.lower() == ".csv")
    if not files:
        raise ListRefused("lists.empty", f"The folder {path.name} holds no CSV file.", name=path.name)
    _check_count(len(files), limits)
    for file in files:
        _check_file(file, limits)
    _check_total(sum(file.stat().st_size for file in files), limits)
    return tuple(Part(file.relative_to(path).as_posix(), file) for file in files)


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ListRefused(
            "lists.broken_archive", f"{path.name} is a damaged or cut-off archive.", name=path.name
        ) from error


def _checked_members(archive: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    members = [info for info in archive.infolist() if not info.filename.endswith("/")]
    _check_count(len(members), limits)
    _check_total(sum(info.file_size for info in members), limits)
    if not members:
        raise ListRefused("lists.empty", "The archive holds no file.")
    for info in members:
        _check_member(info, limits)
    # Overlapping members are the trick of the densest bombs: then the parts add up to more than the whole.
    if sum(info.compress_size for info in members) > _archive_size(archive):
        raise ListRefused("lists.archive_bomb", "The archive's members overlap: refused as a zip bomb.")
    return members


def _archive_size(archive: zipfile.ZipFile) -> int:
    stream = archive.fp
    if stream is None:
        return 0
    stream.seek(0, 2)
    return stream.tell()


def _check_member(info: zipfile.ZipInfo, limits: Limits) -> None:
    name = PurePosixPath(info.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts or stat.S_ISLNK(info.external_attr >> 16):
        raise ListRefused("lists.archive_path", f"The archive points outside itself: {info.filename!r}.")
    if info.flag_bits & 0x1:
        raise ListRefused("lists.archive_encrypted", "The archive is encrypted.")
    if name.suffix.lower() in {".zip", ".gz", ".bz2", ".xz", ".7z", ".rar"}:
        raise ListRefused("lists.archive_nested", f"The archive holds another archive: {info.filename!r}.")
    if info.file_size > limits.file_bytes or info.file_size > limits.zip_ratio * max(info.compress_size, 512):
        raise ListRefused(
            "lists.archive_bomb",
            f"{info.filename!r} would unpack to {info.file_size} bytes: refused as a zip bomb.",
            name=info.filename,
            size=info.file_size,
        )


def _check_count(count: int, limits: Limits) -> None:
    if count > limits.files:
        raise ListRefused(
            "lists.too_many_files", f"{count} files are more than the {limits.files} allowed.", count=count
        )


def _check_total(size: int, limits: Limits) -> None:
    if size > limits.total_bytes:
        raise ListRefused(
            "lists.too_large",
            f"The files hold more than {limits.total_bytes // MIB} MiB together.",
            limit=limits.total_bytes,
        )


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Part:
    try:
        with archive.open(info) as stream:
            # One byte more than declared: a header that lies about its size is caught here.
            data = stream.read(info.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
        raise ListRefused(
            "lists.broken_archive", f"{info.filename!r} in the archive is damaged.", name=info.filename
        ) from error
    if len(data) != info.file_size:
        raise ListRefused("lists.archive_bomb", f"{info.filename!r} is not as long as the archive says.")
    return Part(info.filename, data=data)
