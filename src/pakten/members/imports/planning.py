"""What each row would do to the register, row by row. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pakten.members.imports.register import Register
from pakten.members.imports.rows import CleanRow
from pakten.members.imports.seen import Seen
from pakten.members.models import CollectiveAgreement, Membership, Outcome, State
from pakten.organisations.facts import PersonFacts
from pakten.organisations.models import Organisation, Sector
from pakten.organisations.refusals import Refused
from vandel.ids import orgnr

_WORDS = {"sector": Sector, "collective_agreement": CollectiveAgreement, "state": State}


@dataclass(slots=True)
class RowPlan:
    """What one row does: ``organisation`` None and outcome ``new`` = a new organisation is stored."""

    row: CleanRow
    outcome: Outcome = Outcome.UNCHANGED
    organisation: Organisation | None = None
    membership: Membership | None = None
    organisation_changes: dict[str, Any] = field(default_factory=dict)
    membership_changes: dict[str, Any] = field(default_factory=dict)
    persons: tuple[PersonFacts, ...] = ()
    other_names: tuple[str, ...] = ()
    sentences: list[str] = field(default_factory=list)

    def shown_changes(self) -> dict[str, list[str | None]]:
        """Field to [old, new] as people may see them."""
        changes = {
            name: [_shown(name, getattr(self.organisation, name, None)), _shown(name, value)]
            for name, value in self.organisation_changes.items()
        }
        for name, value in self.membership_changes.items():
            changes[name] = [_shown(name, getattr(self.membership, name, None)), _shown(name, value)]
        if self.persons:
            changes["persons"] = [None, "; ".join(f"{p.name}, {p.role.label}" for p in self.persons)]
        if self.other_names:
            changes["other_names"] = [None, "; ".join(self.other_names)]
        return changes


def plan_rows(rows: Sequence[CleanRow], register: Register) -> list[RowPlan]:
    """One plan for each row, in order; a row about an organisation that an earlier row had is a duplicate.

    Rows that don't fit together may come out otherwise in the register that they lead to: see ``settling``.
    """
    seen = Seen(rows)
    return [_plan_row(row, register, seen=seen) for row in rows]


def _plan_row(row: CleanRow, register: Register, *, seen: Seen) -> RowPlan:
    if row.faults:
        return RowPlan(row, Outcome.REFUSED, sentences=row.faults)
    made = RowPlan(row, sentences=list(row.notes))
    try:
        seen.refuse_without_number(row)
        made.organisation = _find(row, register, sentences=made.sentences)
        if made.organisation is not None:
            seen.refuse_unclear(row, made.organisation)
        line = seen.line_of(row, made.organisation)
        if line is not None:
            seen.note_number(row, line)
            sentence = f"Samma organisation som på rad {line}. Raden hoppas över."
            return RowPlan(row, Outcome.DUPLICATE, sentences=[sentence])
        seen.note(row, made.organisation)
        _fill(made, register)
    except Refused as refusal:
        return RowPlan(row, Outcome.REFUSED, sentences=[refusal.sentence])
    return made


def _find(row: CleanRow, register: Register, *, sentences: list[str]) -> Organisation | None:
    number = row.organisation.get("org_nr")
    if number and (found := register.by_number(number)):
        return found
    if number in register.merged_numbers:
        raise Refused(
            "Numret hör till en post som är sammanslagen med en annan. "
            "Skriv den organisationens nummer på raden."
        )
    alike = register.alike(row.organisation)
    possible = [one for one in alike if not (number and one.org_nr)]
    if len(possible) > 1:
        raise Refused("Flera organisationer i registret har det namnet. Ange organisationsnummer.")
    if possible:
        sentences.append("Hittad i registret på namn och ort.")
        return possible[0]
    if alike:
        sentences.append("En organisation med samma namn men annat nummer finns redan i registret.")
    return None


def _fill(made: RowPlan, register: Register) -> None:
    organisation, row = made.organisation, made.row
    if organisation is None:
        if "sector" not in row.organisation:
            raise Refused("Sektor saknas. Skriv privat näringsliv, civilsamhälle eller offentlig sektor.")
        made.outcome = Outcome.NEW
        made.organisation_changes = dict(row.organisation)
        made.membership_changes = dict(row.membership)
        made.persons = row.persons
        made.other_names = tuple(name for name in row.other_names if name != row.name)
        return
    pk = organisation.pk
    made.membership = register.memberships.get(pk)
    made.organisation_changes = _differing(organisation, row.organisation)
    held = register.persons.get(pk, set())
    made.persons = tuple(p for p in row.persons if (p.name, str(p.role), p.birth_date) not in held)
    known = register.names.get(pk, set()) | {row.name, organisation.legal_name}
    made.other_names = tuple(name for name in row.other_names if name not in known)
    if made.membership is None:
        made.membership_changes, made.outcome = dict(row.membership), Outcome.NEW
        return
    made.membership_changes = _membership_changes(made.membership, row.membership, sentences=made.sentences)
    if made.organisation_changes or made.membership_changes or made.persons or made.other_names:
        made.outcome = Outcome.UPDATED


_BY_DECISION = frozenset({"state", "ended_on"})


def _membership_changes(
    membership: Membership, wanted: dict[str, Any], *, sentences: list[str]
) -> dict[str, Any]:
    if membership.state == State.ENDED:
        if wanted.get("state", State.ENDED) != State.ENDED:
            raise Refused(
                f"Medlemskapet avslutades {membership.ended_on}. Ta in organisationen på nytt på dess sida."
            )
        sentences.append("Medlemskapet är avslutat och ändras inte.")
        return {}
    changes = _differing(membership, wanted)
    if changes.keys() & _BY_DECISION:
        # L-01: a file decides nothing about a membership that lasts.
        changes = {name: value for name, value in changes.items() if name not in _BY_DECISION}
        sentences.append("Status ändras inte av en import. Avsluta eller pausa på medlemmens sida.")
    return changes


def _differing(stored: Organisation | Membership, wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if getattr(stored, name) != value}


def _shown(name: str, value: Any) -> str | None:
    if value is None or value == "":
        return None
    if name == "org_nr":
        return orgnr.mask(str(value))
    # What is stored comes back as the bare code, what is wanted as the member of the enumeration.
    if name in _WORDS:
        return str(_WORDS[name](value).label)
    return str(value)
