"""A register's file as it arrived: plain or zipped, opened as streams within bounds, checked for its kind."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Final

from vandel.registers.refusal import RegisterRefused

MIB: Final = 2**20
_DATED: Final = re.compile(r"(20\d{6})T(\d{6})")
_WEB_PAGE: Final = (b"<!doctype html", b"<html")
_FAULTS: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a register's file may be at most. The largest known (GLEIF's level 1 XML) unpacks to 10 GB."""

    file_bytes: int = 4096 * MIB
    unpacked_bytes: int = 24_576 * MIB
    members: int = 200
    ratio: int = 120


@dataclass(frozen=True, slots=True)
class Member:
    """One text file: on its own, or within an archive."""

    name: str
    path: Path
    packed: bool
    dated_at: datetime | None

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The bytes. Errors: ``RegisterRefused`` when an archive turns out to be damaged or cut."""
        if not self.packed:
            with self.path.open("rb") as stream:
                yield stream
            return
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.name) as stream:
                yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            raise _broken(self.path) from error

    def head(self, size: int = 4096) -> bytes:
        """The first bytes."""
        with self.open() as stream:
            return stream.read(size)

    @contextmanager
    def text(self, encoding: str) -> Iterator[io.TextIOWrapper]:
        """The text, its line ends as they are. Errors: ``RegisterRefused`` when it is in another encoding."""
        with self.open() as stream:
            try:
                yield io.TextIOWrapper(stream, encoding=encoding, newline="\n")
            except UnicodeDecodeError as error:
                if error.reason == "unexpected end of data":
                    raise RegisterRefused(
                        "registers.cut", f"{self.name} ends in the middle of a letter: it was cut off."
                    ) from error
                raise RegisterRefused(
                    "registers.encoding", f"{self.name} is not written in {encoding.upper()}.", name=self.name
                ) from error


def members_of(path: Path, bounds: Bounds | None = None) -> tuple[Member, ...]:
    """The text files that a path holds, in order of name.

    Errors: ``RegisterRefused`` for what is missing, empty, a web page, too large, or a bad archive.
    """
    limits = bounds or Bounds()
    _check_file(path, limits)
    with path.open("rb") as stream:
        head = stream.read(512)
    if head.startswith(b"PK"):
        found = _unpacked(path, limits)
    else:
        found = (Member(path.name, path, False, _dated_by_name(path.name)),)
    for member in found:
        _refuse_other_kinds(member)
    return found


def _check_file(path: Path, limits: Bounds) -> None:
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise RegisterRefused(
            "registers.missing_file", f"There is no file {path.name}.", name=path.name
        ) from error
    if not stat.S_ISREG(status.st_mode):
        raise RegisterRefused("registers.not_a_file", f"{path.name} is not an ordinary file.", name=path.name)
    if not status.st_size:
        raise RegisterRefused("registers.empty", f"{path.name} is empty.", name=path.name)
    if status.st_size > limits.file_bytes:
        raise _too_large(path, limits.file_bytes)


def _too_large(path: Path, limit: int) -> RegisterRefused:
    return RegisterRefused(
        "registers.too_large", f"{path.name} holds more than {limit // MIB} MiB.", name=path.name, limit=limit
    )


def _broken(path: Path) -> RegisterRefused:
    return RegisterRefused(
        "registers.broken_archive", f"{path.name} is a damaged or cut-off archive.", name=path.name
    )


def _unpacked(path: Path, limits: Bounds) -> tuple[Member, ...]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except _FAULTS as error:
        raise _broken(path) from error
    if not entries or len(entries) > limits.members:
        raise RegisterRefused(
            "registers.archive_content", f"{path.name} holds {len(entries)} files.", count=len(entries)
        )
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
        raise _too_large(path, limits.unpacked_bytes)
    if sum(entry.compress_size for entry in entries) > path.stat().st_size:
        raise RegisterRefused("registers.archive_bomb", "The archive's files overlap: refused as a zip bomb.")
    if any(entry.filename == "[Content_Types].xml" for entry in entries):
        return (Member(path.name, path, False, None),)
    for entry in entries:
        _check_entry(entry, limits)
    entries.sort(key=lambda entry: entry.filename)
    return tuple(Member(entry.filename, path, True, _dated(entry)) for entry in entries)


def _check_entry(entry: zipfile.ZipInfo, limits: Bounds) -> None:
    name = PurePosixPath(entry.filename.replace("\\", "/"))
    if name.is_absolute() or ".." in name.parts:
        raise RegisterRefused("registers.archive_path", "The archive points outside itself.")
    if entry.flag_bits & 1:
        raise RegisterRefused("registers.archive_encrypted", "The archive is encrypted.")
    if entry.file_size > limits.ratio * max(entry.compress_size, 4096):
        raise RegisterRefused(
            "registers.archive_bomb",
            f"{name.name!r} would unpack to {entry.file_size} bytes: refused as a zip bomb.",
            size=entry.file_size,
        )


def _dated(entry: zipfile.ZipInfo) -> datetime | None:
    by_name = _dated_by_name(entry.filename)
    try:
        # Archives carry no time zone; a day's error does not matter to a weekly file.
        return by_name or datetime(*entry.date_time, tzinfo=UTC)
    except ValueError:
        return None


def _dated_by_name(name: str) -> datetime | None:
    found = _DATED.search(name)
    try:
        return datetime.strptime(f"{found[1]}{found[2]}+0000", "%Y%m%d%H%M%S%z") if found else None
    except ValueError:
        return None


def _refuse_other_kinds(member: Member) -> None:
    start = member.head(512).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        raise RegisterRefused("registers.empty", f"{member.name} is empty.", name=member.name)
    if start.startswith(_WEB_PAGE):
        raise RegisterRefused(
            "registers.web_page",
            f"{member.name} is a web page, perhaps the server's error message, not a register's file.",
            name=member.name,
        )
