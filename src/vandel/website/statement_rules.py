"""Rules: which signs together say what, how much it weighs, and why, in a sentence for the officer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from vandel.names.resources import resource


@dataclass(frozen=True, slots=True)
class Mark:
    """One sign found: its half-open span in the readable text, denied or not, beside the place or not."""

    start: int
    end: int
    denied: bool
    here: bool


Marks = Mapping[str, Sequence[Mark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Every one of ``all_of`` and none of ``none_of`` gives ``label`` the ``weight``.

    A condition is signs parted by ``|``. ``no:x`` wants x denied, ``any:x`` denied or not, ``here:x`` in a
    sentence that names the place.
    """

    id: str
    family: str
    label: str
    weight: float
    all_of: tuple[str, ...]
    none_of: tuple[str, ...]
    explanation: str
    hit: tuple[tuple[str, str], ...]
    miss: tuple[tuple[str, str], ...]

    def proof(self, marks: Marks) -> list[Mark] | None:
        """A mark for every condition, or None when the rule does not hold."""
        if any(_first(condition, marks) for condition in self.none_of):
            return None
        found = [_first(condition, marks) for condition in self.all_of]
        return [mark for mark in found if mark] if all(found) else None


@cache
def rules(family: str) -> tuple[Rule, ...]:
    """The rules of one family (``russia``, ``agreement``, ``values``), heaviest first."""
    chosen = [_rule(row) for row in resource("statements/rules") if row["family"] == family]
    return tuple(sorted(chosen, key=lambda rule: -rule.weight))


@cache
def rule_set_version() -> str:
    """The version of the whole rule set, to be stored with each result."""
    return str(resource("statements/version")["version"])


def _first(condition: str, marks: Marks) -> Mark | None:
    for wanted in condition.split("|"):
        how, _, sign = wanted.strip().rpartition(":")
        for mark in marks.get(sign, ()):
            if _holds(mark, how):
                return mark
    return None


def _holds(mark: Mark, how: str) -> bool:
    if how == "any":
        return True
    if how == "here":
        return mark.here and not mark.denied
    return mark.denied == (how == "no")


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        row["id"],
        row["family"],
        row["label"],
        float(row["weight"]),
        tuple(row["all"]),
        tuple(row.get("none", ())),
        row["explanation"],
        tuple((language, text) for language, text in row["hit"]),
        tuple((language, text) for language, text in row["miss"]),
    )
