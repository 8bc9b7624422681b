"""A likeness side by side: what we know of the member, what the list says, and whether they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pakten.checks.models import Likeness, SubjectKind
from vandel.ids import SCHEMES
from vandel.matching.explain import Segment, letters, sentence
from vandel.model import Reason, ReasonCode


class Agreement(StrEnum):
    """How two facts stand to each other; never a verdict."""

    AGREES = "agrees"
    DIFFERS = "differs"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the comparison."""

    label: str
    member: tuple[str, ...]
    listed: tuple[str, ...]
    agreement: Agreement | None = None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A likeness as a person compares it."""

    member_letters: list[Segment]
    listed_letters: list[Segment]
    reasons: list[str]
    facts: list[Fact]


def side_by_side(likeness: Likeness) -> SideBySide:
    """The frozen facts of both sides, in words."""
    member, listed = likeness.subject_facts, likeness.target_facts
    return SideBySide(
        member_letters=letters(likeness.subject_name, likeness.target_name),
        listed_letters=letters(likeness.target_name, likeness.subject_name),
        reasons=[sentence(_reason(reason), "sv") for reason in likeness.reasons],
        facts=_facts(likeness, member, listed=listed),
    )


def _reason(stored: dict[str, Any]) -> Reason:
    return Reason(ReasonCode(stored["code"]), stored["query"], stored["target"], stored["weight"])


def _facts(likeness: Likeness, member: dict[str, Any], *, listed: dict[str, Any]) -> list[Fact]:
    facts = [Fact("Alla namn", _names(member), _names(listed))]
    if likeness.subject_kind == SubjectKind.PERSON or listed["schema"] == "Person":
        # A person's country would be a statement of origin: it is neither recorded, compared nor shown.
        facts.append(_dates(member["birth_dates"], listed["birth_dates"]))
    else:
        facts.append(_fact("Land", _countries(member), listed=_countries(listed)))
    facts.append(_fact("Nummer", _numbers(member), listed=_numbers(listed)))
    facts.append(Fact("Adress", (), tuple(listed["addresses"])))
    return [fact for fact in facts if fact.member or fact.listed]


def _names(facts: dict[str, Any]) -> tuple[str, ...]:
    return tuple(name["text"] for name in facts["names"])


def _countries(facts: dict[str, Any]) -> tuple[str, ...]:
    return tuple(code.upper() for code in facts["countries"])


def _numbers(facts: dict[str, Any]) -> tuple[str, ...]:
    return tuple(_number(number["scheme"], number["value"]) for number in facts["identifiers"])


def _number(scheme: str, value: str) -> str:
    known = SCHEMES.get(scheme)
    return f"{known.TITLE}: {known.format(value)}" if known else value


def _fact(label: str, member: tuple[str, ...], *, listed: tuple[str, ...]) -> Fact:
    if not member or not listed:
        return Fact(label, member, listed, Agreement.MISSING)
    return Fact(label, member, listed, Agreement.AGREES if set(member) & set(listed) else Agreement.DIFFERS)


def _dates(member: Sequence[str], listed: Sequence[str]) -> Fact:
    label = "Födelsetid"
    if not member or not listed:
        return Fact(label, tuple(member), tuple(listed), Agreement.MISSING)
    agrees = any(dates_agree(one, other) for one in member for other in listed)
    return Fact(label, tuple(member), tuple(listed), Agreement.AGREES if agrees else Agreement.DIFFERS)


def dates_agree(one: str, other: str) -> bool:
    """Whether two dates of reduced precision, or ranges of years (``1960/1963``), can be one birth."""
    if "/" in one or "/" in other:
        (from_one, to_one), (from_other, to_other) = _years(one), _years(other)
        return from_one <= to_other and from_other <= to_one
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _years(date: str) -> tuple[str, str]:
    first, _, last = date.partition("/")
    return first[:4], (last or first)[:4]
