"""Files as they came: kept under a random name with their digest, read back only when they are unharmed."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.audit.services import record as log
from pakten.core.secret_links import file_without_secrets
from pakten.records.models import MarkState, Record, StoredFile
from pakten.records.policies import (
    FILE_READERS,
    LARGEST_FILE,
    MOST_FILES,
    check_can_show_party,
    check_may_see,
)
from pakten.records.refusals import RecordsRefused
from pakten.records.words import one_line

UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to keep. ``media_type`` empty = guessed from the name, never taken from a browser."""

    name: str
    content: File[Any]
    media_type: str = ""

    @classmethod
    def of_bytes(cls, name: str, data: bytes, *, media_type: str = "") -> NewFile:
        """From bytes at hand: a letter as sent, a form as received."""
        return cls(name, ContentFile(data), media_type)

    @classmethod
    def uploaded(cls, files: Iterable[File[Any]]) -> list[NewFile]:
        """The files that came with a form."""
        return [cls(str(file.name), file) for file in files]


def store(record: Record, files: Sequence[NewFile]) -> list[StoredFile]:
    """Keep the files, after those that the record has. Raises RecordsRefused for too many, large or empty."""
    if len(files) > MOST_FILES:
        raise RecordsRefused(f"Det är för många filer. En handling får ha högst {MOST_FILES}.")
    first = record.files.count() + 1
    return [_store(record, file, position=position) for position, file in enumerate(files, start=first)]


def _store(record: Record, file: NewFile, *, position: int) -> StoredFile:
    name = one_line(PurePath(file.name.replace("\\", "/")).name, 200) or f"fil {position}"
    length = file.content.size
    if not length:
        raise RecordsRefused(f"Filen ”{name}” är tom. Inget är registrerat.")
    if length > LARGEST_FILE:
        raise RecordsRefused(f"Filen ”{name}” är för stor. Gränsen är {LARGEST_FILE // 1_000_000} MB.")
    digest = hashlib.sha256()
    for chunk in file.content.chunks():
        digest.update(chunk)
    kept = StoredFile(
        record=record,
        position=position,
        original_name=name,
        media_type=file.media_type or mimetypes.guess_type(name)[0] or UNKNOWN_TYPE,
        length=length,
        sha256=digest.hexdigest(),
    )
    kept.file.save("", file.content, save=False)
    kept.save()
    return kept


@transaction.atomic
def open_file(file: StoredFile, *, actor: User) -> bytes:
    """The bytes as they came, but for links that let in whoever has them: those are their recipient's alone.

    Opening a file of a marked record is logged; a mark warns and does not block.
    Raises PermissionDenied, and RecordsRefused when the file is disposed of or no longer what it was.
    """
    check_role(actor, *FILE_READERS)
    check_may_see(actor, file.record)
    data = _read(file)
    if file.record.marks.filter(state=MarkState.IN_FORCE).exists():
        log("records.file.opened", file.record, actor=actor, after={"file": file.original_name})
    return file_without_secrets(data, file.media_type)


def open_party_file(file: StoredFile) -> bytes:
    """The bytes, for the outsider whose own paper it is; the calling area has asked whose.

    Raises RecordsRefused for a draft, a paper with a secrecy mark that is proposed or in force, or a file
    that is disposed of or no longer what it was.
    """
    check_can_show_party(file.record)
    return _read(file)


def _read(file: StoredFile) -> bytes:
    if not file.file.name:
        raise RecordsRefused("Filen är gallrad och finns inte kvar.")
    try:
        with default_storage.open(file.file.name) as stream:
            data = bytes(stream.read())
    except OSError as error:
        raise RecordsRefused("Filen går inte att läsa. Kontakta administratören.") from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise RecordsRefused(
            "Filen är skadad: den stämmer inte med kontrollsumman. Kontakta administratören."
        )
    return data


def file_to_send(file: StoredFile) -> bytes:
    """The bytes for the mail that the file belongs to; nobody reads them. Raises as :func:`open_file`."""
    return _read(file)


def erase(record: Record) -> None:
    """Take the bytes away once the transaction holds; what the files were called and their digests stay."""
    paths = [file.file.name for file in record.files.exclude(file="")]
    record.files.update(file="")
    transaction.on_commit(lambda: _delete(paths))


def _delete(paths: Sequence[str | None]) -> None:
    for path in paths:
        if path:
            default_storage.delete(path)
