"""What happened to a member, in words, from the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, TypedDict

from django.db.models import QuerySet

from pakten.audit.labels import sentence
from pakten.audit.models import Entry
from pakten.audit.queries import entries_for
from pakten.members.imports.fields import FIELDS
from pakten.members.models import CollectiveAgreement, ImportRow, State
from pakten.members.queries import periods_of
from pakten.organisations.models import Organisation, PersonRole, Sector

_VALUES = {
    choice.value: str(choice.label)
    for choices in (Sector, State, CollectiveAgreement, PersonRole)
    for choice in choices
}
LATEST = 200


class Event(TypedDict):
    """One line of the timeline, as its component takes it."""

    when: datetime
    what: str
    who: str
    note: str


def events(organisation: Organisation) -> list[Event]:
    """What was done to the organisation and its memberships, latest first, at most ``LATEST``."""
    entries: list[Entry] = list(entries_for(organisation)[:LATEST])
    for period in periods_of(organisation):
        entries += entries_for(period)[:LATEST]
    found = [_event(entry) for entry in entries]
    found += [_arrival(row) for row in _arrivals(organisation)]
    return sorted(found, key=lambda event: event["when"], reverse=True)[:LATEST]


def _arrivals(organisation: Organisation) -> QuerySet[ImportRow]:
    """The rows that brought the organisation in: an import has one entry in the log for all its new ones."""
    rows = ImportRow.objects.filter(organisation=organisation, receipt__organisation__created=True)
    return rows.select_related("register_import", "register_import__created_by")


def _arrival(row: ImportRow) -> Event:
    found = row.register_import
    return {
        "when": found.applied_at or found.created_at,
        "what": "Blev medlem genom en import",
        "who": str(found.created_by),
        "note": f"Import av {found.file_name}, rad {row.line}",
    }


def _event(entry: Entry) -> Event:
    what = sentence(entry.action)
    return {
        "when": entry.at,
        "what": what[:1].upper() + what[1:],
        "who": entry.actor_name or "Systemet",
        "note": _note(entry),
    }


def _note(entry: Entry) -> str:
    before, after = entry.before or {}, entry.after or {}
    parts = [*_changes(before, after), *_added(entry.action, after)]
    if entry.reason:
        parts.append(entry.reason)
    return ". ".join(parts)


def _share(stored: Any) -> str:
    return (
        "andelen är inte känd"
        if stored is None
        else f"{Decimal(str(stored)).normalize():f} %".replace(".", ",")
    )


def _added(action: str, after: dict[str, Any]) -> Iterator[str]:
    if action == "organisations.stake.added":
        share = after.get("percentage")
        yield f"{after.get('owner_name')}, {_share(share)}"
    elif action == "organisations.person.added":
        for person in after.get("persons", ()):
            yield f"{person['name']}, {_word(person['role'])}"
    elif action.endswith((".name.added", ".person.ended", ".stake.ended")):
        yield str(after.get("name") or after.get("owner_name") or "")


def _changes(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name in before:
        if name in FIELDS and before[name] != after.get(name):
            yield f"{FIELDS[name].label}: {_word(before[name])} → {_word(after.get(name))}"


def _word(value: Any) -> str:
    return _VALUES.get(str(value), str(value)) if value not in (None, "") else "tomt"
