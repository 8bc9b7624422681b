"""An edition of a register: one file of its publisher, as we read it. Never changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from vandel.evidence import Source, canonical_json
from vandel.registers.catalogue import RegisterSource
from vandel.registers.refusal import RegisterRefused


@dataclass(frozen=True, slots=True)
class RegisterEdition:
    """What is known of an edition.

    ``sha256`` and ``length`` are of the file as it came; the file itself is not kept, since it holds natural
    persons. ``counts`` say what was kept and dropped, ``entries_sha256`` covers what was kept.
    ``held_reasons`` are the objections that a person overrode with ``override_reason``. ``confirmed_at`` is
    the last time that the same bytes came; it lives outside the edition's own file.
    """

    register_id: str
    edition_id: str
    format: str
    reader_version: str
    sha256: str
    length: int
    file_name: str
    fetched_from: str | None
    fetched_at: datetime
    file_dated_at: datetime | None
    entries: int
    entries_sha256: str
    counts: Mapping[str, int]
    compared_with: str | None
    held_reasons: tuple[str, ...]
    override_reason: str | None
    confirmed_at: datetime

    def source(self, title: str) -> Source:
        """The source of every fact in this edition."""
        return Source(title, self.fetched_from or self.file_name, self.fetched_at, self.sha256, self.length)

    def to_json(self) -> bytes:
        """The edition's own record: canonical JSON without ``confirmed_at``."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        del values["confirmed_at"]
        return canonical_json(values)


def from_json(data: str | bytes, *, confirmed_at: datetime | None = None) -> RegisterEdition:
    """Read an edition's own record back. Errors: ``RegisterRefused`` (registers.damaged_edition)."""
    try:
        values: dict[str, Any] = json.loads(data)
        fetched = datetime.fromisoformat(values["fetched_at"])
        values["fetched_at"] = fetched
        values["held_reasons"] = tuple(values["held_reasons"])
        if values["file_dated_at"]:
            values["file_dated_at"] = datetime.fromisoformat(values["file_dated_at"])
        return RegisterEdition(**values, confirmed_at=max(fetched, confirmed_at or fetched))
    except (ValueError, KeyError, TypeError) as error:
        raise RegisterRefused("registers.damaged_edition", "The edition's description is damaged.") from error


class Age(StrEnum):
    """``fresh``; ``warn``: a newer file should be there; ``red``: too old to lean on."""

    FRESH = "fresh"
    WARN = "warn"
    RED = "red"


def age(edition: RegisterEdition, source: RegisterSource, *, now: datetime) -> Age:
    """How old an edition is at ``now``, counted from the last time its publisher was found to have it."""
    elapsed = now - edition.confirmed_at
    if elapsed > timedelta(hours=source.red_after_hours):
        return Age.RED
    return Age.WARN if elapsed > timedelta(hours=source.warn_after_hours) else Age.FRESH
