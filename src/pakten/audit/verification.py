"""Reading the whole chain and saying whether it stands, or which entry is the first bad one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Self

from pakten.audit.canonical import FIELDS, NO_HASH, digest
from pakten.audit.models import Entry
from vandel.errors import InputError

_BATCH = 2_000


@dataclass(frozen=True)
class Checkpoint:
    """The end of the log at one moment, to be kept elsewhere: ``sequence`` entries, last ``hash``."""

    sequence: int
    hash: str

    def to_json(self) -> str:
        """One line to print, register or send away."""
        return json.dumps({"pakten": "log-checkpoint", **asdict(self)})

    @classmethod
    def from_json(cls, written: str) -> Self:
        """Read what :meth:`to_json` wrote. Raises InputError for anything else."""
        try:
            data = json.loads(written)
            if data["pakten"] == "log-checkpoint" and len(data["hash"]) == len(NO_HASH):
                return cls(int(data["sequence"]), data["hash"])
        except (ValueError, KeyError, TypeError):
            pass
        raise InputError("audit.bad_checkpoint", "This is not a checkpoint of the log.")


@dataclass(frozen=True)
class Verification:
    """What the check of the log found: ``first_bad`` and ``problem`` are set only where it does not stand."""

    entries: int
    head: str
    first_bad: int | None = None
    problem: str = ""

    @property
    def ok(self) -> bool:
        """Does the whole chain stand?"""
        return self.first_bad is None


def checkpoint() -> Checkpoint:
    """The log's end as it is now; a log without entries has sequence 0."""
    last = Entry.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return Checkpoint(*last) if last else Checkpoint(0, NO_HASH)


def verify(
    against: Checkpoint | None = None, *, rows: Iterable[dict[str, Any]] | None = None
) -> Verification:
    """Compute every digest anew, in order, and name the first entry that is changed, missing or extra.

    Entries removed from the end, and a chain computed anew, show only ``against`` an earlier checkpoint.
    ``rows`` takes the entries' fields from elsewhere (an export); the database is read without it.
    """
    head, expected = NO_HASH, 1
    for row in rows if rows is not None else stored_rows():
        problem = _problem(row, expected, previous=head)
        if not problem and against and row["sequence"] == against.sequence and row["hash"] != against.hash:
            problem = "the digest differs from the checkpoint: this entry or one before it was rewritten"
        if problem:
            return Verification(expected - 1, head, first_bad=expected, problem=problem)
        head, expected = row["hash"], expected + 1
    if against and expected <= against.sequence:
        missing = "the log ends here, but the checkpoint knows more entries"
        return Verification(expected - 1, head, first_bad=expected, problem=missing)
    return Verification(expected - 1, head)


def stored_rows() -> Iterator[dict[str, Any]]:
    """The entries' fields and digests from the database, in order, without holding them all in memory."""
    yield from Entry.objects.order_by("sequence").values(*FIELDS, "hash").iterator(_BATCH)


def _problem(row: dict[str, Any], expected: int, *, previous: str) -> str:
    if row["sequence"] != expected:
        return "the entry is missing" if row["sequence"] > expected else "an entry is out of place"
    if row["previous_hash"] != previous:
        return "the entry does not follow the one before it"
    if row["hash"] != digest(row):
        return "the entry was changed after it was written"
    return ""
