"""A register's answer as it is kept, and what in it differs from before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pakten.organisations.models import LookupOutcome, RegisterLookup
from vandel.evidence import Source
from vandel.registers.facts import Fact, FactState, Field, Outcome, RegisterFacts

# Not answered, so nothing to compare: an answer that failed in part hides no change and makes none.
_SILENT = {FactState.COULD_NOT_CHECK.value}
# What is worth a control: the rest is kept, and its changes are nobody's task.
WATCHED = {
    "name": "Namn",
    "legal_form": "Organisationsform",
    "deregistered_on": "Avregistrerad",
    "deregistration_cause": "Orsak till avregistrering",
    "proceeding": "Pågående förfarande",
    "active": "Verksam",
    "address": "Adress",
    "lei_status": "LEI-numrets läge",
    "direct_parent": "Närmaste moderbolag",
    "ultimate_parent": "Yttersta moderbolag",
}


def kept(said: RegisterFacts) -> list[dict[str, Any]]:
    """The facts as JSON, in the register's order."""
    return [_fact(fact) for fact in said.facts]


def _fact(fact: Fact) -> dict[str, Any]:
    values = {
        "field": fact.field.value,
        "state": fact.state.value,
        "value": fact.value,
        "code": fact.code,
        "on": fact.on,
        "business": fact.business,
        "producer": fact.producer,
        "reason": fact.reason,
    }
    return {name: value for name, value in values.items() if value not in ("", 1)}


def answered(facts: Iterable[dict[str, Any]]) -> dict[str, list[str]]:
    """What was said of each thing that we watch, in an order of its own; what nobody answered is left out."""
    by_field: dict[str, list[dict[str, Any]]] = {}
    for fact in facts:
        if fact["field"] in WATCHED:
            by_field.setdefault(fact["field"], []).append(fact)
    return {
        field: sorted({fact.get("value", "") for fact in those} - {""})
        for field, those in by_field.items()
        if not any(fact["state"] in _SILENT for fact in those)
    }


def differences(before: dict[str, list[str]], after: dict[str, list[str]]) -> list[dict[str, Any]]:
    """What both have answered, and differently."""
    return [
        {"field": field, "before": before[field], "after": after[field]}
        for field in WATCHED
        if field in before and field in after and before[field] != after[field]
    ]


def restored(row: RegisterLookup) -> RegisterFacts:
    """The answer as the engine's value, from what was kept; the source's length is not, and is 0."""
    facts: tuple[Fact, ...] = ()
    source = None
    if row.outcome == LookupOutcome.FOUND:
        where, at = row.source_where or row.register_id, row.said_at or row.at
        source = Source(row.title, where, at, row.sha256, 0)
        facts = tuple(_restored(fact, source) for fact in row.facts)
    return RegisterFacts(row.register_id, "", Outcome(row.outcome), facts, source, row.reason)


def _restored(fact: dict[str, Any], source: Source) -> Fact:
    rest = {name: value for name, value in fact.items() if name not in ("field", "state")}
    return Fact(Field(fact["field"]), FactState(fact["state"]), source, **rest)
