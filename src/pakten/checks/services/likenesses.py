"""What a run found alike, stored so that a judgement holds as long as the compared facts do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F

from pakten.checks.facts import COMPARED, compared, facts_digest, listing_facts, plain
from pakten.checks.models import ControlRun, Likeness, LikenessState
from pakten.checks.subjects import Bearer
from vandel.model import Finding, Listing

_FIELD_WORDS = {
    "schema": "slag",
    "names": "namn",
    "countries": "land",
    "birth_dates": "födelsetid",
    "identifiers": "nummer",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with both sides at hand, and the list's edition and weight."""

    bearer: Bearer
    finding: Finding
    listing: Listing
    edition_id: str
    binds: bool


def keep(run: ControlRun | None, organisation_id: int, *, found: Found, now: datetime) -> int:
    """Store one likeness and return its key. Call inside a transaction. ``run`` None: a single control.

    One that is known keeps its judgement while the facts on both sides are the same; when they differ it is
    opened again and says what changed. Nothing that was judged is removed. What a later run has written
    stays as it is: two runs may go on at once, each with its own frozen editions.
    """
    fields = _fields(run, found, now=now)
    identity = {
        "organisation_id": organisation_id,
        "subject_kind": found.bearer.kind,
        "subject_key": found.bearer.key,
        "list_id": found.finding.list_id,
        "target_id": found.finding.target_id,
    }
    first = {
        "first_run": run,
        "first_seen_at": now,
        "first_edition": found.edition_id,
        "waiting_since": now,
    }
    known, is_new = Likeness.objects.select_for_update().get_or_create(
        **identity, defaults={**fields, **first}
    )
    if is_new or (run and known.last_run_id and known.last_run_id > run.pk):
        return known.pk
    if known.facts_digest != fields["facts_digest"]:
        fields |= _reopened(known, fields, now=now)
    elif known.state == LikenessState.GONE:
        fields |= {"state": _state_before(known)}
    Likeness.objects.filter(pk=known.pk).update(**fields)
    return known.pk


def _fields(run: ControlRun | None, found: Found, *, now: datetime) -> dict[str, Any]:
    subject = plain(found.bearer.entity) | {
        "roles": list(found.bearer.roles),
        "asked": found.finding.query_name,
    }
    target = listing_facts(found.listing) | {"matched": found.finding.matched_name}
    return {
        "subject_name": found.finding.query_name,
        "subject_facts": subject,
        "target_name": found.finding.matched_name,
        "target_facts": target,
        "binds": found.binds,
        "score": found.finding.score,
        "reasons": plain(found.finding.reasons),
        "facts_digest": facts_digest(subject, target),
        **({"last_run": run} if run else {}),
        "last_seen_at": now,
        "last_edition": found.edition_id,
    }


def _reopened(known: Likeness, fields: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    changed: dict[str, Any] = {
        "state": LikenessState.WAITING,
        "verdict": "",
        "judgement": None,
        "proposal": None,
        "version": F("version") + 1,
    }
    if known.verdict or known.proposal_id:
        changed |= {"waiting_since": now, "reopened_because": _what_changed(known, fields)}
    return changed


def _what_changed(known: Likeness, fields: dict[str, Any]) -> str:
    sides = (
        ("hos medlemmen", known.subject_facts, fields["subject_facts"]),
        ("på listan", known.target_facts, fields["target_facts"]),
    )
    told = [f"{where}: {words}" for where, old, new in sides if (words := _differing(old, new))]
    return f"Uppgifterna har ändrats sedan bedömningen ({'; '.join(told)})."


def _differing(old: dict[str, Any], new: dict[str, Any]) -> str:
    before, after = compared(old), compared(new)
    return ", ".join(_FIELD_WORDS[key] for key in COMPARED if before[key] != after[key])


def _state_before(known: Likeness) -> LikenessState:
    if known.proposal_id:
        return LikenessState.PROPOSED
    return LikenessState.JUDGED if known.verdict else LikenessState.WAITING
