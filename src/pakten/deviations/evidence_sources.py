"""From what deviations are made: each kind of row is copied, so that the evidence stands by itself later.

A reference is ``area.model:key``. The copy holds what was known that day, and where it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from pakten.checks.basic.items import LISTS, item_of
from pakten.checks.facts import plain
from pakten.checks.models import BasicItem, CheckResult, Likeness, Verdict
from pakten.deviations.models import EvidenceKind, Origin
from pakten.organisations.models import Organisation
from pakten.visits.models import FoundStatement, SeenItem

ON_A_LIST = "ett namn bedöms vara samma som på en bindande lista"
_FACT = 110
_SENTENCE = re.compile(r"(?<=[.!?])\s")
ITEM, LIKENESS = "checks.basicitem", "checks.likeness"
STATEMENT, SEEN = "visits.foundstatement", "visits.seenitem"


@dataclass(frozen=True, slots=True)
class Copy:
    """A frozen copy of one row. ``title`` and ``told`` are what and what was seen, in words for people."""

    kind: EvidenceKind
    origin: Origin
    title: str
    told: str
    source: str
    fetched_at: datetime
    where: str = ""
    reference: str = ""
    source_sha256: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


def copy_of(reference: str, organisation: Organisation) -> Copy | None:
    """A copy of the row that a reference names; None for no such row, or one about somebody else."""
    prefix, _, key = reference.partition(":")
    make = _MAKERS.get(prefix)
    if make is None or not (key.isascii() and key.isdecimal()) or len(key) > 18:
        return None
    return make(int(key), organisation)


def of_item(row: BasicItem) -> Copy:
    """A copy of an item of a check list."""
    item = item_of(row.slug)
    return Copy(
        EvidenceKind.CHECK_ITEM,
        Origin.CHECK_LIST,
        _named(item.title, ON_A_LIST if row.slug == LISTS else row.note),
        row.note or "Systemet föreslår en avvikelse.",
        row.source or "Checklistan",
        row.checked_at or timezone.now(),
        row.source_where,
        f"{ITEM}:{row.pk}",
        row.sha256,
        {
            "item": row.slug,
            "title": item.title,
            "why": item.why,
            "list": row.control.items_version,
            "control": row.control_id,
            "result": row.result,
            "note": row.note,
            "checked_by": str(row.checked_by or "systemet"),
        },
    )


def _named(what: str, fact: str) -> str:
    """What deviates and how, in one line: what was seen, to the end of its first sentence or of a word."""
    seen = " ".join(fact.split())
    first = _SENTENCE.split(seen, maxsplit=1)[0].rstrip(".")
    if len(first) > _FACT:
        first = f"{first[:_FACT].rsplit(' ', 1)[0].rstrip(' ,;:–')}…"
    return f"{what}: {first}" if first else f"{what}: avviker"


def of_likeness(row: Likeness) -> Copy:
    """A copy of a likeness: both sides as they were compared, and what people judged."""
    judged = row.judgement
    return Copy(
        EvidenceKind.LIKENESS,
        Origin.LIKENESS,
        f"{row.subject_name} bedöms vara samma som {row.target_name}"[:300],
        f"Namnlikheten med {row.list_title} är bedömd: {row.get_verdict_display() or 'inte bedömd'}.",
        row.list_title,
        row.last_seen_at,
        f"Post {row.target_id}, utgåva {row.last_edition}"[:500],
        f"{LIKENESS}:{row.pk}",
        row.facts_digest,
        plain(
            {
                "subject": row.subject_facts,
                "target": row.target_facts,
                "list": row.list_id,
                "entry": row.target_id,
                "edition": row.last_edition,
                "reasons": row.reasons,
                "verdict": row.verdict,
                "reason": judged.reason if judged else "",
                "judged_by": str(judged.by) if judged else "",
                "confirmed_by": str(judged.confirmed_by or "") if judged else "",
            }
        ),
    )


def of_statement(row: FoundStatement) -> Copy:
    """A copy of a passage on a website, word for word, with its place in the page's text."""
    return Copy(
        EvidenceKind.WEBSITE,
        Origin.WEBSITE,
        _named("Uttalande på webbplatsen", row.snippet),
        f"Ordagrant: ”{row.snippet}”",
        "Organisationens webbplats",
        row.visit.at or timezone.now(),
        row.page.url[:500],
        f"{STATEMENT}:{row.pk}",
        row.page.full_sha256,
        {
            "snippet": row.snippet,
            "start": row.start,
            "end": row.end,
            "read_as": row.label,
            "rule": row.rule,
            "explanation": row.explanation,
            "rules_version": row.visit.rules_version,
            "page": row.page.url,
            "page_title": row.page.title,
            "visit": row.visit_id,
            "package_sha256": row.visit.archive_sha256,
        },
    )


def of_seen(row: SeenItem) -> Copy:
    """A copy of what a person saw at a visit of their own."""
    quoted = f" Ordagrant: ”{row.quotation}”" if row.quotation else ""
    return Copy(
        EvidenceKind.WEBSITE,
        Origin.WEBSITE,
        _named(f"Webbplatsen, {row.get_topic_display().lower()}", row.note or row.quotation),
        f"{row.note}{quoted}".strip() or str(row.get_result_display()),
        "Organisationens webbplats",
        row.visit.at or timezone.now(),
        row.where,
        f"{SEEN}:{row.pk}",
        "",
        {
            "topic": row.topic,
            "result": row.result,
            "note": row.note,
            "quotation": row.quotation,
            "visit": row.visit_id,
            "seen_by": str(row.visit.ordered_by or ""),
        },
    )


def _item(key: int, organisation: Organisation) -> Copy | None:
    rows = BasicItem.objects.select_related("control", "checked_by")
    found = rows.filter(pk=key, control__organisation=organisation, result=CheckResult.DEVIATION).first()
    return of_item(found) if found else None


def _likeness(key: int, organisation: Organisation) -> Copy | None:
    rows = Likeness.objects.select_related("judgement__by", "judgement__confirmed_by")
    found = rows.filter(pk=key, organisation=organisation, verdict=Verdict.SAME).first()
    return of_likeness(found) if found else None


def _statement(key: int, organisation: Organisation) -> Copy | None:
    rows = FoundStatement.objects.select_related("visit", "page")
    found = rows.filter(pk=key, visit__organisation=organisation).first()
    return of_statement(found) if found else None


def _seen(key: int, organisation: Organisation) -> Copy | None:
    rows = SeenItem.objects.select_related("visit__ordered_by")
    found = rows.filter(pk=key, visit__organisation=organisation).first()
    return of_seen(found) if found else None


_MAKERS: dict[str, Callable[[int, Organisation], Copy | None]] = {
    ITEM: _item,
    LIKENESS: _likeness,
    STATEMENT: _statement,
    SEEN: _seen,
}
