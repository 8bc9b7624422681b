"""What stands between a register's file that reads well and an edition: counts, age and change.

Some objections can't be argued with (nothing in it, older than ours, names that changed places). Others hold
the file until a person has looked and gives a reason.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from vandel.registers.building import Built
from vandel.registers.catalogue import RegisterSource
from vandel.registers.edition import RegisterEdition
from vandel.registers.readers.tally import Tally
from vandel.registers.refusal import RegisterHeld, RegisterRefused

SHRINK_FLOOR: Final = 0.97
UNREADABLE_SHARE: Final = 0.01
GONE_SHARE: Final = 0.05
RENAMED_SHARE: Final = 0.02
SAMPLE: Final = 4_000
SMALL_NUMBER: Final = 2


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a file is held: a stable code and a sentence."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Previous:
    """The edition to compare with, and its file."""

    edition: RegisterEdition
    path: Path


@dataclass(frozen=True, slots=True)
class Draft:
    """The new file, before it is an edition."""

    path: Path
    built: Built
    tally: Tally


def check(
    source: RegisterSource, draft: Draft, *, previous: Previous | None, override_reason: str | None
) -> tuple[Objection, ...]:
    """The objections that ``override_reason`` set aside.

    Errors: ``RegisterRefused`` for what nobody may set aside, ``RegisterHeld`` for the rest without a reason.
    """
    _refuse_nothing(draft)
    objections = list(_counts(source, draft))
    if previous is not None:
        _refuse_older(draft.tally, previous.edition)
        objections += [*_shrunk(draft.built, previous.edition), *_changed(draft.path, previous.path)]
    if objections and not (override_reason or "").strip():
        raise _held(objections)
    return tuple(objections)


def _refuse_nothing(draft: Draft) -> None:
    tally = draft.tally
    if not draft.built.entries:
        raise RegisterRefused("registers.empty", "The file holds no organisation.", **tally.counts())
    if tally.unreadable > max(SMALL_NUMBER, UNREADABLE_SHARE * tally.seen):
        raise RegisterRefused(
            "registers.unreadable",
            f"{tally.unreadable} of {tally.seen} records of the file can't be read.",
            found=tally.unreadable,
            of=tally.seen,
        )


def _refuse_older(tally: Tally, edition: RegisterEdition) -> None:
    new, old = tally.dated_at, edition.file_dated_at
    if new is not None and old is not None and new < old:
        raise RegisterRefused(
            "registers.older",
            f"The file is dated {new:%Y-%m-%d %H:%M}, older than the last edition ({old:%Y-%m-%d %H:%M}).",
            new=new.isoformat(),
            old=old.isoformat(),
        )


def _counts(source: RegisterSource, draft: Draft) -> Iterator[Objection]:
    entries, tally = draft.built.entries, draft.tally
    if entries < source.floor:
        yield Objection("below_floor", f"{entries} records where at least {source.floor} are expected")
    if tally.promised is not None and tally.promised != tally.seen:
        yield Objection(
            "promised", f"the file says that it holds {tally.promised} records, but {tally.seen} came"
        )


def _shrunk(built: Built, before: RegisterEdition) -> Iterator[Objection]:
    if before.entries - built.entries > max(SMALL_NUMBER, (1 - SHRINK_FLOOR) * before.entries):
        yield Objection("shrunk", f"{built.entries} records where the last edition had {before.entries}")


def _changed(new: Path, old: Path) -> Iterator[Objection]:
    """A sample of the old edition, spread over all of it, looked up in the new one."""
    with closing(sqlite3.connect(f"{old.resolve().as_uri()}?mode=ro", uri=True)) as before:
        sample = _sample(before)
    gone = renamed = moved = 0
    with closing(sqlite3.connect(f"{new.resolve().as_uri()}?mode=ro", uri=True)) as after:
        for number, key in sample:
            keys = {row[0] for row in after.execute("SELECT key FROM entry WHERE number = ?", (number,))}
            gone += not keys
            if keys and key and key not in keys:
                renamed += 1
                moved += (
                    after.execute("SELECT 1 FROM entry WHERE key = ? LIMIT 1", (key,)).fetchone() is not None
                )
    if renamed > max(SMALL_NUMBER, RENAMED_SHARE * len(sample)) and moved * 2 > renamed:
        raise RegisterRefused(
            "registers.shuffled",
            "Names stand under other numbers than before: the file's rows were mixed up.",
        )
    for code, count, share, words in (
        ("gone", gone, GONE_SHARE, "are gone"),
        ("renamed", renamed, RENAMED_SHARE, "have another name"),
    ):
        if count > max(SMALL_NUMBER, share * len(sample)):
            yield Objection(code, f"of {len(sample)} records of the last edition, {count} {words}")


def _sample(database: sqlite3.Connection) -> list[tuple[str, str | None]]:
    (last,) = database.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()
    step = max(1, last // SAMPLE)
    return [
        row
        for place in range(1, last + 1, step)
        for row in database.execute("SELECT number, key FROM entry WHERE id = ?", (place,))
    ]


def _held(objections: Sequence[Objection]) -> RegisterHeld:
    sentences = "; ".join(objection.sentence for objection in objections)
    return RegisterHeld(
        "registers.held",
        f"The file is held for a person to look at: {sentences}.",
        reasons=[asdict(objection) for objection in objections],
    )
