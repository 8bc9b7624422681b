"""A log of the tests, in memory and in the database, to be damaged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from pakten.audit import triggers
from pakten.audit.canonical import NO_HASH, digest
from pakten.audit.models import Entry
from pakten.audit.services import record

Row = dict[str, Any]


def chain(length: int) -> list[Row]:
    """A log of this length that stands."""
    rows: list[Row] = []
    for sequence in range(1, length + 1):
        row: Row = {
            "sequence": sequence,
            "at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=sequence),
            "actor_id": sequence % 3 or None,
            "actor_name": f"Person {sequence % 3}",
            "action": "tests.thing.changed",
            "object_type": "tests.thing",
            "object_id": str(sequence),
            "object_label": f"Sak {sequence}",
            "before": None,
            "after": {"value": sequence, "names": ["Åsa", "Київ"]},
            "reason": "",
            "versions": {"pakten": "0"},
            "previous_hash": rows[-1]["hash"] if rows else NO_HASH,
        }
        rows.append(row | {"hash": digest(row)})
    return rows


def rewritten(rows: list[Row], start: int) -> list[Row]:
    """The rows with every digest from index ``start`` on computed anew: what a clever forger does."""
    done = [dict(row) for row in rows]
    for index in range(start, len(done)):
        done[index]["previous_hash"] = done[index - 1]["hash"] if index else NO_HASH
        done[index]["hash"] = digest(done[index])
    return done


def fill(length: int) -> None:
    """That many entries in the database's own log."""
    with transaction.atomic():
        for turn in range(length):
            record("tests.thing.changed", None, actor=None, after={"turn": turn}, reason=f"Skäl {turn}")


@contextmanager
def without_triggers() -> Iterator[None]:
    """What somebody with rights on the database can do."""
    triggers.remove(connection)
    try:
        yield
    finally:
        triggers.install(connection)


def move(sequence: int, to: int) -> None:
    """Give an entry another place."""
    Entry.objects.filter(sequence=sequence).update(sequence=to)
