"""A likeness side by side: what we know of the member, what the list says, and whether they agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pakten.checks.country_words import country
from pakten.checks.models import Likeness, SubjectKind
from vandel.ids import SCHEMES
from vandel.matching.explain import Segment, letters, sentence
from vandel.model import Reason, ReasonCode

# What the numbers that the engine knows are called here; SCHEMES has the English titles.
_SCHEMES = {
    "orgnr": "Organisationsnummer",
    "vat": "Momsnummer",
    "lei": "LEI-kod",
    "inn": "Ryskt skattenummer (INN)",
    "ogrn": "Ryskt registernummer (OGRN)",
    "imo": "IMO-nummer",
    "bic": "BIC-kod",
}
_COUNTRIES = {ReasonCode.COUNTRY_SAME, ReasonCode.COUNTRY_DIFFERS}
BIRTH = "Födelsetid"


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
    code, query, target = ReasonCode(stored["code"]), stored["query"], stored["target"]
    if code in _COUNTRIES:
        query, target = _named(query), _named(target)
    return Reason(code, query, target, stored["weight"])


def _named(codes: str) -> str:
    return ", ".join(country(code) for code in codes.split(", "))


def _facts(likeness: Likeness, member: dict[str, Any], *, listed: dict[str, Any]) -> list[Fact]:
    facts = [Fact("Alla namn", _names(member), _names(listed))]
    if likeness.subject_kind == SubjectKind.PERSON or listed["schema"] == "Person":
        # A person's country would be a statement of origin: it is neither recorded, compared nor shown.
        facts.append(_dates(member["birth_dates"], listed["birth_dates"]))
    else:
        facts.append(_fact("Land", _countries(member), listed=_countries(listed)))
    facts.append(_number_fact(member["identifiers"], listed["identifiers"]))
    facts.append(Fact("Adress", (), tuple(listed["addresses"])))
    # That neither side has a birth date is what makes many a likeness hard to judge, so it is told.
    return [fact for fact in facts if fact.member or fact.listed or fact.label == BIRTH]


def _names(facts: dict[str, Any]) -> tuple[str, ...]:
    return tuple(name["text"] for name in facts["names"])


def _countries(facts: dict[str, Any]) -> tuple[str, ...]:
    return tuple(country(code) for code in facts["countries"])


def _number_fact(member: Sequence[dict[str, str]], listed: Sequence[dict[str, str]]) -> Fact:
    """Numbers of different kinds say nothing of each other: only those of one kind can differ."""
    shown = tuple(map(_number, member)), tuple(map(_number, listed))
    pairs = [(one["value"], other["value"]) for one in member for other in listed if _one_kind(one, other)]
    agreement = Agreement.MISSING
    if pairs:
        agreement = Agreement.AGREES if any(one == other for one, other in pairs) else Agreement.DIFFERS
    return Fact("Nummer", *shown, agreement)


def _one_kind(one: dict[str, str], other: dict[str, str]) -> bool:
    return one["scheme"] == other["scheme"] and one["scheme"] in SCHEMES


def _number(stored: dict[str, str]) -> str:
    known = SCHEMES.get(stored["scheme"])
    if known is None:
        return stored["value"]
    return f"{_SCHEMES.get(stored['scheme'], known.TITLE)}: {known.format(stored['value'])}"


def _fact(label: str, member: tuple[str, ...], *, listed: tuple[str, ...]) -> Fact:
    if not member or not listed:
        return Fact(label, member, listed, Agreement.MISSING)
    return Fact(label, member, listed, Agreement.AGREES if set(member) & set(listed) else Agreement.DIFFERS)


def _dates(member: Sequence[str], listed: Sequence[str]) -> Fact:
    if not member or not listed:
        return Fact(BIRTH, tuple(member), tuple(listed), Agreement.MISSING)
    agrees = any(dates_agree(one, other) for one in member for other in listed)
    return Fact(BIRTH, tuple(member), tuple(listed), Agreement.AGREES if agrees else Agreement.DIFFERS)


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
