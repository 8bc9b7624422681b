"""An edition: one state of a list, as its issuer published it and as we read it. Never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from vandel.evidence import canonical_json
from vandel.lists.refusal import ListRefused
from vandel.model import EditionRef


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as fetched: its name in the edition's ``source`` folder, SHA-256, length in bytes."""

    name: str
    sha256: str
    length: int


@dataclass(frozen=True, slots=True)
class Edition:
    """What is known of an edition.

    ``sha256`` and ``length`` cover the source (of several: ``source_files.digest_of``, the sum).
    ``published_on`` is the issuer's date, ``file_dated_at`` what the file or else the server says,
    ``fetched_at`` when it came here. ``held_reasons`` are the objections that a person overrode, and
    ``override_reason`` that person's words. ``confirmed_at`` is the last time the same bytes were fetched;
    it is the only field that lives outside the edition's own file.
    """

    list_id: str
    edition_id: str
    format: str
    reader_version: str
    sha256: str
    length: int
    files: tuple[SourceFile, ...]
    entries: int
    counts: Mapping[str, int]
    entries_sha256: str
    published_on: date | None
    file_dated_at: datetime | None
    fetched_at: datetime
    fetched_from: str | None
    compared_with: str | None
    changes: Mapping[str, int]
    notes: tuple[str, ...]
    held_reasons: tuple[str, ...]
    override_reason: str | None
    confirmed_at: datetime

    @property
    def ref(self) -> EditionRef:
        """The edition as controls refer to it."""
        return EditionRef(
            list_id=self.list_id,
            edition_id=self.edition_id,
            sha256=self.sha256,
            length=self.length,
            entries=self.entries,
            published_on=self.published_on,
            file_dated_at=self.file_dated_at,
            fetched_at=self.fetched_at,
        )

    def to_json(self) -> bytes:
        """The edition's own file: canonical JSON without ``confirmed_at``."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        del values["confirmed_at"]
        return canonical_json(values)


def from_json(data: bytes, *, confirmed_at: datetime | None = None) -> Edition:
    """Read an edition's own file back. Errors: ``ListRefused`` (lists.damaged_edition)."""
    try:
        values: dict[str, Any] = json.loads(data)
        fetched = datetime.fromisoformat(values["fetched_at"])
        values["fetched_at"] = fetched
        values["files"] = tuple(SourceFile(**file) for file in values["files"])
        for name in ("notes", "held_reasons"):
            values[name] = tuple(values[name])
        if values["published_on"]:
            values["published_on"] = date.fromisoformat(values["published_on"])
        if values["file_dated_at"]:
            values["file_dated_at"] = datetime.fromisoformat(values["file_dated_at"])
        return Edition(**values, confirmed_at=max(fetched, confirmed_at or fetched))
    except (ValueError, KeyError, TypeError) as error:
        raise ListRefused("lists.damaged_edition", "The edition's description is damaged.") from error
