"""What a file does as a whole: only what the same file would leave alone the next time.

Rows that don't fit together can come out one way today and another way in the register that they lead to, so
that importing a file twice would not be as importing it once. Which rows mean the same organisation is then a
guess; nobody guesses: all rows that may mean it are refused.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pakten.members.imports.planning import RowPlan, plan_rows
from pakten.members.imports.register import Register, name_key
from pakten.members.imports.rows import CleanRow
from pakten.members.models import Membership, Outcome
from pakten.organisations.models import Organisation

_WRITES = (Outcome.NEW, Outcome.UPDATED)
_NAMED_LINES = 10
Token = tuple[str, object]


def plan(rows: Iterable[CleanRow], register: Register) -> list[RowPlan]:
    """One plan for each row, in order. Planning the same rows on the outcome would write nothing."""
    rows = list(rows)
    plans = plan_rows(rows, register)
    again = plan_rows(rows, foreseen(register, plans))
    unsettled = {at for at, made in enumerate(again) if made.outcome in _WRITES}
    if not unsettled:
        return plans
    # A group touches nothing that another group touches, so refusing one leaves the others as planned.
    for group in _groups(rows, register):
        if unsettled.intersection(group):
            sentence = _sentence([rows[at] for at in group])
            for at in group:
                if plans[at].outcome in (*_WRITES, Outcome.DUPLICATE):
                    plans[at] = RowPlan(rows[at], Outcome.REFUSED, sentences=[sentence])
    return plans


def foreseen(register: Register, plans: Iterable[RowPlan]) -> Register:
    """The register as it would be when the plans were carried out. Nothing is stored."""
    later = register.twin()
    for made in plans:
        if made.outcome in _WRITES:
            _foresee(made, later)
    return later


def _foresee(made: RowPlan, later: Register) -> None:
    # What is not stored yet gets a key that nothing stored has.
    organisation = copy.copy(made.organisation) or Organisation(pk=-made.row.line)
    pk, former = organisation.pk, organisation.legal_name
    for name, value in made.organisation_changes.items():
        setattr(organisation, name, value)
    later.put(organisation)
    if former and former != organisation.legal_name:
        later.put_name(pk, former)
    for name in made.other_names:
        later.put_name(pk, name)
    later.put_persons(pk, made.persons)
    membership = copy.copy(made.membership) or Membership(organisation_id=pk)
    for name, value in made.membership_changes.items():
        setattr(membership, name, value)
    later.memberships[pk] = membership


def _groups(rows: Sequence[CleanRow], register: Register) -> list[list[int]]:
    """Places of rows that may be about the same organisation, by number, by any name or by the register."""
    leader: dict[int, int] = {}
    first_with: dict[Token, int] = {}

    def lead(at: int) -> int:
        while leader[at] != at:
            leader[at] = at = leader[leader[at]]
        return at

    for at, row in enumerate(rows):
        leader[at] = at
        for token in _tokens(row, register):
            leader[lead(at)] = lead(first_with.setdefault(token, at))
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(rows)):
        groups[lead(at)].append(at)
    return list(groups.values())


def _tokens(row: CleanRow, register: Register) -> Iterator[Token]:
    if number := row.organisation.get("org_nr"):
        yield "number", number
        if found := register.by_number(number):
            yield "organisation", found.pk
    for name in filter(None, (row.name, *row.other_names)):
        yield "name", name_key(name)
    for found in register.by_name(row.name):
        yield "organisation", found.pk


def _sentence(group: Sequence[CleanRow]) -> str:
    lines = [str(row.line) for row in group if not row.faults]
    if len(lines) < 2:
        return "Det går inte att avgöra vilken organisation raden gäller. Skriv organisationsnummer på raden."
    named = ", ".join(lines[:_NAMED_LINES]) + (" med flera" if len(lines) > _NAMED_LINES else "")
    return (
        f"Det går inte att avgöra vilka av raderna {named} som gäller samma organisation. "
        "Skriv organisationsnummer på var och en."
    )
