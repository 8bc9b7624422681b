"""What people have found and has not become a deviation yet: shown where a person can make it one."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from pakten.checks.models import Likeness, Verdict
from pakten.deviations.evidence_sources import LIKENESS, SEEN, STATEMENT
from pakten.deviations.models import Evidence
from pakten.organisations.models import Organisation
from pakten.visits.models import FoundStatement, SeenItem, SeenResult, StatementJudgement, StatementVerdict


@dataclass(frozen=True, slots=True)
class Unnoted:
    """One thing that a deviation could be made from: ``reference`` names it, the rest is for people."""

    reference: str
    title: str
    text: str


def unnoted(organisation: Organisation) -> list[Unnoted]:
    """Likenesses that two people judged the same, and what people called deviations on the website.

    Each stands here until a deviation rests on it. The items of a check list become deviations by themselves.
    """
    rows = Evidence.objects.filter(deviation__organisation=organisation).exclude(reference="")
    known = set(rows.values_list("reference", flat=True))
    found = [*_likenesses(organisation), *_statements(organisation), *_seen(organisation)]
    return [each for each in found if each.reference not in known]


def _likenesses(organisation: Organisation) -> list[Unnoted]:
    rows = Likeness.objects.filter(organisation=organisation, verdict=Verdict.SAME)
    return [
        Unnoted(
            f"{LIKENESS}:{row.pk}",
            "En namnlikhet är bedömd som samma.",
            f"{row.subject_name} och {row.target_name}, {row.list_title}.",
        )
        for row in rows
    ]


def _statements(organisation: Organisation) -> list[Unnoted]:
    """Only the newest verdict holds."""
    newest = StatementJudgement.objects.filter(statement=OuterRef("pk")).order_by("-pk")
    rows = FoundStatement.objects.filter(visit__organisation=organisation)
    rows = rows.annotate(verdict=Subquery(newest.values("verdict")[:1]))
    return [
        Unnoted(
            f"{STATEMENT}:{row.pk}",
            "Ett uttalande på webbplatsen är bedömt som avvikelse.",
            f"”{row.snippet}”",
        )
        for row in rows.filter(verdict=StatementVerdict.DEVIATION)
    ]


def _seen(organisation: Organisation) -> list[Unnoted]:
    rows = SeenItem.objects.filter(visit__organisation=organisation, result=SeenResult.DEVIATION)
    return [
        Unnoted(
            f"{SEEN}:{row.pk}",
            "Någon såg en avvikelse på webbplatsen.",
            f"{row.get_topic_display()}: {row.note}",
        )
        for row in rows
    ]
