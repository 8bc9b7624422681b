"""What each row would do to the register. Nothing is written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pakten.members.imports.register import Register, same_place
from pakten.members.imports.rows import CleanRow
from pakten.members.models import TRANSITIONS, CollectiveAgreement, Membership, Outcome, State
from pakten.organisations.facts import PersonFacts
from pakten.organisations.keys import match_key, search_key
from pakten.organisations.models import Organisation, Sector
from pakten.organisations.refusals import Refused
from vandel.ids import orgnr

_TELL_APART = ("place", "org_nr")
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


def plan(rows: Iterable[CleanRow], register: Register) -> list[RowPlan]:
    """One plan for each row, in order; a row about an organisation that an earlier row had is a duplicate."""
    rows = list(rows)
    seen = _Seen(rows)
    return [_plan_row(row, register, seen=seen) for row in rows]


class _Seen:
    """The organisations that earlier rows of the same file were about."""

    def __init__(self, rows: Iterable[CleanRow]) -> None:
        self._told: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in rows:
            for field_name in _TELL_APART:
                if value := row.organisation.get(field_name):
                    self._told[match_key(row.name), field_name].add(search_key(str(value)))
        self._by_number: dict[str, int] = {}
        self._by_name: dict[str, list[tuple[CleanRow, int]]] = {}
        self._by_pk: dict[int, int] = {}

    def line_of(self, row: CleanRow, organisation: Organisation | None) -> int | None:
        """The line that was about the same organisation, if any was."""
        number = row.organisation.get("org_nr")
        if number in self._by_number:
            return self._by_number[number]
        if organisation is not None:
            return self._by_pk.get(organisation.pk)
        for other, line in self._by_name.get(match_key(row.name), ()):
            numbers = {number, other.organisation.get("org_nr")} - {None}
            places = (row.organisation.get("place", ""), other.organisation.get("place", ""))
            if len(numbers) < 2 and same_place(*places):
                return line
        return None

    def refuse_without_number(self, row: CleanRow) -> None:
        """Raise Refused for a row without number where the file has several numbers under its name."""
        if not row.organisation.get("org_nr") and len(self._told[match_key(row.name), "org_nr"]) > 1:
            raise Refused("Filen har flera organisationer med det namnet. Ange organisationsnummer på raden.")

    def refuse_unclear(self, row: CleanRow, organisation: Organisation) -> None:
        """Raise Refused where the file has several of this name and the register can't tell which it has.

        Whichever row came first would take the place or number, and the next import would differ.
        """
        for field_name in _TELL_APART:
            if not getattr(organisation, field_name) and len(self._told[match_key(row.name), field_name]) > 1:
                raise Refused(
                    "Filen har flera organisationer med det namnet, och registret säger inte vilken av dem "
                    "som är medlem. Fyll i ort och nummer på medlemmens sida först."
                )

    def note_number(self, row: CleanRow, line: int) -> None:
        """Tie the number of a row that is skipped to the row that it repeats, for the rows to come."""
        if number := row.organisation.get("org_nr"):
            self._by_number.setdefault(number, line)

    def note(self, row: CleanRow, organisation: Organisation | None) -> None:
        if number := row.organisation.get("org_nr"):
            self._by_number[number] = row.line
        if organisation is not None:
            self._by_pk[organisation.pk] = row.line
            if organisation.org_nr:
                self._by_number.setdefault(organisation.org_nr, row.line)
        self._by_name.setdefault(match_key(row.name), []).append((row, row.line))


def _plan_row(row: CleanRow, register: Register, *, seen: _Seen) -> RowPlan:
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
    if "state" in changes and changes["state"] not in TRANSITIONS[State(membership.state)]:
        raise Refused(f"Ett medlemskap som är {membership.get_state_display()} kan inte ändras så.")
    joined, ended = {**vars(membership), **wanted}.get("joined_on"), wanted.get("ended_on")
    if joined and ended and ended < joined:
        raise Refused("Medlemskapet kan inte sluta före dagen då det började.")
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
