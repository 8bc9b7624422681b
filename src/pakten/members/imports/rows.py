"""One row of the file, cleaned: values, or the sentences that say why it can't be taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pakten.members.imports import values
from pakten.members.imports.fields import FIELDS, Field, Kind
from pakten.members.imports.hiding import shown
from pakten.members.models import State
from pakten.members.services.membership import check_period
from pakten.organisations.facts import PersonFacts
from pakten.organisations.policies import check_columns
from pakten.organisations.refusals import Refused


@dataclass(slots=True)
class CleanRow:
    """``organisation`` and ``membership`` hold only what the row says; a blank cell is not there."""

    line: int
    organisation: dict[str, Any] = field(default_factory=dict)
    membership: dict[str, Any] = field(default_factory=dict)
    persons: tuple[PersonFacts, ...] = ()
    other_names: tuple[str, ...] = ()
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.organisation.get("legal_name", ""))


def clean(line: int, cells: Mapping[str, str], *, today: date) -> CleanRow:
    """Read ``cells`` (field name to text). Each fault is one sentence; a row with faults is not taken in."""
    row = CleanRow(line)
    for name, cell in cells.items():
        if not values.is_blank(cell):
            _read(row, FIELDS[name], cell=cell)
    _check_whole(row, today)
    return row


def _read(row: CleanRow, spec: Field, *, cell: str) -> None:
    try:
        value = spec.read(cell)
    except Refused as refusal:
        row.faults.append(shown(refusal.sentence))
        return
    if spec.longest and len(value) > spec.longest:
        row.faults.append(f"{spec.label}: texten är för lång. Högst {spec.longest} tecken får plats.")
    elif spec.kind is Kind.ORGANISATION:
        row.organisation[spec.name] = value
    elif spec.kind is Kind.MEMBERSHIP:
        row.membership[spec.name] = value
    elif spec.kind is Kind.NAMES:
        row.other_names = value
    else:
        row.persons = tuple(dict.fromkeys((*row.persons, *value)))


def _check_whole(row: CleanRow, today: date) -> None:
    if not row.name and not row.faults:
        row.faults.append("Namn saknas.")
    for name in ("joined_on", "ended_on"):
        if (found := row.membership.get(name)) and found > today:
            row.faults.append(f"Dagen {found} ligger i framtiden.")
    try:
        check_columns(row.organisation)
        _check_membership(row.membership)
    except Refused as refusal:
        if not row.faults:
            row.faults.append(shown(refusal.sentence))
    if "org_nr" not in row.organisation and not row.faults:
        row.notes.append("Organisationsnummer saknas.")


def _check_membership(membership: dict[str, Any]) -> None:
    if "ended_on" in membership:
        membership.setdefault("state", State.ENDED)
    if membership.get("state") == State.ENDED or "ended_on" in membership:
        check_period(membership.get("joined_on"), membership.get("ended_on"), state=membership["state"])
