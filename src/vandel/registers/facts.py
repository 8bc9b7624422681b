"""What a register said of one organisation: facts, each with its state and its source.

A register that could not be reached has said nothing: such a fact is ``could_not_check`` with a reason, never
an empty value. Natural persons' identities never come this far, see :mod:`vandel.registers.door`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from vandel.evidence import Source


class Field(StrEnum):
    """What a fact is about. The same words whichever register it comes from."""

    NAME = "name"
    FORMER_NAME = "former_name"
    LEGAL_FORM = "legal_form"
    COUNTRY = "country"
    REGISTERED_ON = "registered_on"
    DEREGISTERED_ON = "deregistered_on"
    DEREGISTRATION_CAUSE = "deregistration_cause"
    PROCEEDING = "proceeding"
    ACTIVE = "active"
    ACTIVITY = "activity"
    INDUSTRY = "industry"
    ADDRESS = "address"
    WEBSITE = "website"
    ORG_NR = "org_nr"
    LEI_STATUS = "lei_status"
    DIRECT_PARENT = "direct_parent"
    ULTIMATE_PARENT = "ultimate_parent"
    FUND_MANAGER = "fund_manager"
    UMBRELLA_FUND = "umbrella_fund"
    HEAD_OFFICE = "head_office"
    OTHER = "other"


class FactState(StrEnum):
    """``stated``: there is a value. ``not_stated``: the register answered that it has none.

    ``not_found``: this producer does not have the organisation. ``unknown``: the organisation gave a reason
    for not saying. ``could_not_check``: the register did not answer.
    """

    STATED = "stated"
    NOT_STATED = "not_stated"
    NOT_FOUND = "not_found"
    UNKNOWN = "unknown"
    COULD_NOT_CHECK = "could_not_check"


_SILENT = frozenset({FactState.UNKNOWN, FactState.COULD_NOT_CHECK})


class Statement(NamedTuple):
    """One thing that a register's record says: ``value`` in words, ``code`` as the register writes it.

    ``on`` is the ISO day that the register ties to it. ``business`` counts the businesses of one number.
    A statement without value is the reason (``code``) why there is none.
    """

    field: str
    value: str
    code: str = ""
    on: str = ""
    business: int = 1


class Reading(NamedTuple):
    """One record of a register's file: the organisation's number and what is said of it."""

    number: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact. ``producer`` is the authority that answered, where a register passes on several.

    Errors: ``ValueError`` for a stated fact without value or a silent one without reason.
    """

    field: Field
    state: FactState
    source: Source
    value: str = ""
    code: str = ""
    on: str = ""
    business: int = 1
    producer: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.state is FactState.STATED) != bool(self.value):
            raise ValueError("a fact has a value exactly when one is stated")
        if self.state in _SILENT and not self.reason:
            raise ValueError("a fact that is not known says why")


class Outcome(StrEnum):
    """How asking came out. ``not_found`` is an answer, ``could_not_check`` is none."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    COULD_NOT_CHECK = "could_not_check"


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What one register said of one number at one time.

    ``number`` is empty when it belongs to a private person (``is_person``): then only form and standing are
    kept. ``source`` is None only when nothing arrived at all. ``reason`` tells why an outcome is not
    ``found``.
    """

    register: str
    number: str
    outcome: Outcome
    facts: tuple[Fact, ...] = ()
    source: Source | None = None
    reason: str = ""
    is_person: bool = False

    def __post_init__(self) -> None:
        if self.outcome is not Outcome.FOUND and not self.reason:
            raise ValueError("an outcome other than found says why")
        if self.outcome is Outcome.FOUND and self.source is None:
            raise ValueError("what was found has a source")

    def of(self, field: Field) -> tuple[Fact, ...]:
        """The facts about one thing, in the register's order."""
        return tuple(fact for fact in self.facts if fact.field is field)

    def values(self, field: Field) -> tuple[str, ...]:
        """The stated values of one thing."""
        return tuple(fact.value for fact in self.of(field) if fact.state is FactState.STATED)

    @property
    def is_complete(self) -> bool:
        """Whether every fact was answered, be it with nothing."""
        return self.outcome is not Outcome.COULD_NOT_CHECK and not any(self.unchecked())

    def unchecked(self) -> Iterator[Fact]:
        """The facts that the register did not answer."""
        return (fact for fact in self.facts if fact.state is FactState.COULD_NOT_CHECK)


def nothing(register: str, number: str, *, outcome: Outcome, reason: str) -> RegisterFacts:
    """What stands where a register gave no record: not found, or not answered."""
    return RegisterFacts(register, number, outcome, reason=reason)
