"""What stands between a file that reads well and an edition: counts, fill rates, age and change.

Two kinds of objection. Refusals can't be argued with: an older file than the one in force, names that changed
places. Holds can: a person may look at the difference and accept with a reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from vandel.lists.catalogue import ListSource
from vandel.lists.difference import Diff, diff
from vandel.lists.edition import Edition
from vandel.lists.parsed import ParsedList
from vandel.lists.refusal import ListHeld, ListRefused
from vandel.model import Listing, Schema

SHRINK_FLOOR = 0.97
CHANGED_SHARE = 0.05
RENAMED_SHARE = 0.01
# So that one change on a list of ten is not "ten per cent".
SMALL_NUMBER = 2


@dataclass(frozen=True, slots=True)
class Previous:
    """The edition to compare with, and its listings as today's reader sees them."""

    edition: Edition
    listings: tuple[Listing, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a file is held: a stable code, a sentence, and where it counts, how many were found of how many."""

    code: str
    sentence: str
    found: int | None = None
    expected: int | None = None


def counts_of(listings: Sequence[Listing]) -> dict[str, int]:
    """How many of each kind, and how many persons have a birth date."""
    counts = Counter(_kind(listing.entity.schema) for listing in listings)
    return {
        "entries": len(listings),
        "persons": counts["persons"],
        "organisations": counts["organisations"],
        "vessels": counts["vessels"],
        "aircraft": counts["aircraft"],
        "addresses": sum(len(listing.entity.addresses) for listing in listings),
        "names": sum(len(listing.entity.names) for listing in listings),
        "person_birth_dates": sum(
            1 for listing in listings if listing.entity.schema.is_person and listing.entity.birth_dates
        ),
    }


def _kind(schema: Schema) -> str:
    if schema.is_person:
        return "persons"
    return {Schema.VESSEL: "vessels", Schema.AIRPLANE: "aircraft"}.get(schema, "organisations")


def check(
    source: ListSource, parsed: ParsedList, *, previous: Previous | None, override_reason: str | None = None
) -> tuple[Diff | None, tuple[Objection, ...]]:
    """The difference to the previous edition, and the objections that ``override_reason`` set aside.

    Errors: ``ListRefused`` for what nobody may set aside, ``ListHeld`` for objections without a reason.
    """
    changes = None
    if previous is not None:
        refuse_older(parsed, previous.edition)
        changes = diff(previous.listings, parsed.listings)
        _refuse_shuffled(changes, len(previous.listings))
    counts = counts_of(parsed.listings)
    objections = [*_floors(source, counts), *_fill(source, counts)]
    if previous is not None and changes is not None:
        objections += [*_shrunk(counts, previous.edition.counts), *_changed(changes, len(previous.listings))]
    if objections and not (override_reason or "").strip():
        raise _held(objections, changes)
    return changes, tuple(objections)


def refuse_older(parsed: ParsedList, edition: Edition) -> None:
    """Errors: ``ListRefused`` (lists.older) when the file is dated before the edition in force."""
    for name, new, old in (
        ("dated", parsed.file_dated_at, edition.file_dated_at),
        ("published", parsed.published_on, edition.published_on),
    ):
        if new is not None and old is not None and new < old:
            raise ListRefused(
                "lists.older",
                f"The file is {name} {new.isoformat()}, older than the edition in force ({old.isoformat()}).",
                new=new.isoformat(),
                old=old.isoformat(),
            )


def _refuse_shuffled(changes: Diff, before: int) -> None:
    renamed = changes.renamed
    if len(renamed) <= max(SMALL_NUMBER, RENAMED_SHARE * before):
        return
    names = Counter(change.old.entity.caption for change in renamed)
    moved = sum((names & Counter(change.new.entity.caption for change in renamed)).values())
    if moved * 2 > len(renamed):
        raise ListRefused(
            "lists.shuffled",
            f"{moved} names stand under other entries' ids than before: the file's rows were mixed up.",
            moved=moved,
        )


def _floors(source: ListSource, counts: Mapping[str, int]) -> list[Objection]:
    return [
        Objection("below_floor", f"{counts[kind]} {kind} where at least {floor} are expected")
        for kind, floor in source.min_counts.items()
        if counts[kind] < floor
    ]


def _fill(source: ListSource, counts: Mapping[str, int]) -> list[Objection]:
    return [
        Objection("fill_rate", f"only {counts[kind]} of {counts['persons']} persons have a birth date")
        for kind, share in source.min_fill.items()
        if counts[kind] < share * counts["persons"]
    ]


def _shrunk(counts: Mapping[str, int], before: Mapping[str, int]) -> list[Objection]:
    return [
        Objection(
            "shrunk",
            f"{counts[kind]} {kind} where the last edition had {before[kind]}",
            counts[kind],
            before[kind],
        )
        for kind in ("entries", "persons", "organisations", "vessels", "names")
        if before.get(kind, 0) - counts[kind] > max(SMALL_NUMBER, (1 - SHRINK_FLOOR) * before.get(kind, 0))
    ]


def _changed(changes: Diff, before: int) -> list[Objection]:
    objections = []
    touched = len(changes.changed) + len(changes.went)
    if touched > max(SMALL_NUMBER, CHANGED_SHARE * before):
        objections.append(
            Objection("changed", f"{touched} of {before} entries were changed or removed", touched, before)
        )
    if len(changes.renamed) > max(SMALL_NUMBER, RENAMED_SHARE * before):
        objections.append(
            Objection("renamed", f"{len(changes.renamed)} of {before} entries have another name than before")
        )
    return objections


def _held(objections: Sequence[Objection], changes: Diff | None) -> ListHeld:
    sentences = "; ".join(objection.sentence for objection in objections)
    return ListHeld(
        "lists.held",
        f"The file is held for a person to look at: {sentences}.",
        reasons=[asdict(objection) for objection in objections],
        summary=changes.summary() if changes is not None else "",
    )
