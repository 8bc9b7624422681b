"""Evidence: how much each sign in a window speaks for each reading of dealings with Russia.

Nothing is learnt that cannot be read: ``statements/weights.yml`` has one row a sign, with what it adds to or
takes from each label, and the readings are weighed by adding the rows up. The shares of the labels sum to
one; a label's weight is ten times its share.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from vandel.names.resources import resource
from vandel.website.statement_rules import Mark, Marks

NONE: Final = "none"
INNOCENT: Final = "innocent_mention"
START: Final = "start"
_HARMLESS: Final = "h_"
_PROOFS: Final = 4  # how many signs are shown as the reason


@dataclass(frozen=True, slots=True)
class Evidence:
    """One row of weights: a sign in one way of standing, and what it says for each label."""

    key: str
    weights: Mapping[str, float]
    hit: tuple[tuple[str, str], ...]
    miss: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Label:
    """A reading that can be proposed, with its sentence for the officer."""

    id: str
    explanation: str
    hit: tuple[tuple[str, str], ...]
    miss: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A label with its share of the evidence and the keys and marks that spoke most for it."""

    label: str
    share: float
    keys: tuple[str, ...]
    proof: tuple[Mark, ...]


@cache
def evidence() -> Mapping[str, Evidence]:
    """Every row of weights by its key."""
    rows = (
        Evidence(row["key"], row["weights"], _examples(row, "hit"), _examples(row, "miss"))
        for row in resource("statements/weights")
    )
    return {row.key: row for row in rows}


@cache
def labels() -> Mapping[str, Label]:
    """Every label that the evidence is weighed for, by its id."""
    rows = (
        Label(row["label"], row["explanation"], _examples(row, "hit"), _examples(row, "miss"))
        for row in resource("statements/labels")
    )
    return {row.id: row for row in rows}


def keys(marks: Marks) -> dict[str, Mark | None]:
    """What stands in a window, each way once, with the first mark that shows it.

    ``sign+`` is affirmed and ``sign-`` denied.
    """
    found: dict[str, Mark | None] = {}
    for sign, held in marks.items():
        for mark in held:
            found.setdefault(f"{sign}{'-' if mark.denied else '+'}", mark)
    return found | dict.fromkeys(_whole(marks))


def weigh(marks: Marks) -> list[Weighed]:
    """The labels, the one with the largest share first."""
    found = keys(marks)
    rows = [evidence()[key] for key in [START, *found] if key in evidence()]
    scores = {label: sum(row.weights.get(label, 0.0) for row in rows) for label in (*labels(), NONE)}
    highest = max(scores.values())
    parts = {label: math.exp(score - highest) for label, score in scores.items()}
    whole = sum(parts.values())
    weighed = [
        Weighed(label, part / whole, *_reasons(label, found=found, rows=rows))
        for label, part in parts.items()
    ]
    return sorted(weighed, key=lambda one: (-one.share, one.label))


def _reasons(
    label: str, *, found: Mapping[str, Mark | None], rows: Sequence[Evidence]
) -> tuple[tuple[str, ...], tuple[Mark, ...]]:
    strongest = sorted(rows, key=lambda row: (-row.weights.get(label, 0.0), row.key))[:_PROOFS]
    kept = [row.key for row in strongest if row.weights.get(label, 0.0) > 0 and found.get(row.key)]
    return tuple(kept), tuple(mark for key in kept if (mark := found[key]))


def _whole(marks: Marks) -> list[str]:
    """What is told by the window as a whole."""
    harmless = sum(1 for sign, held in marks.items() if held and sign.startswith(_HARMLESS))
    place = bool(marks.get("place"))
    told = {
        "only_bound": bool(marks.get("bound")) and not place,
        "no_free_place": not place,
        "harmless_none": not harmless,
        "harmless_many": harmless > 1,
    }
    return [key for key, holds in told.items() if holds]


def _examples(row: Mapping[str, Any], name: str) -> tuple[tuple[str, str], ...]:
    return tuple((language, text) for language, text in row.get(name, ()))
