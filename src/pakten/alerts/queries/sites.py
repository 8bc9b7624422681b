"""Reads: on which websites something waits for a person, as the newest visit that could read each saw it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from pakten.alerts.models import Alert, AlertKind, AlertState
from pakten.visits.models import (
    BelongingJudgement,
    Made,
    StatementJudgement,
    StatementVerdict,
    Visit,
    VisitOutcome,
)
from pakten.visits.queries.listing import doubtful, waiting_statements
from pakten.visits.queries.visits import finished
from pakten.visits.statement_words import label_of

WHOSE = "Vems webbplatsen är"


@dataclass(frozen=True, slots=True)
class SiteWaits:
    """What waits on one website: of each thing a key, the same from visit to visit, and its words."""

    visit: Visit
    things: Mapping[str, str] = field(default_factory=dict)


def sites_to_read(organisation_ids: Collection[int] | None = None) -> dict[int, SiteWaits]:
    """By organisation, what waits for a person; None: of all.

    A visit that could not read the website takes nothing away, nor does a person's own: what the machine saw
    before still waits until somebody has said what it is worth.
    """
    rows = _newest_read(organisation_ids)
    words: dict[int, dict[str, str]] = defaultdict(dict)
    for visit_id, key, label in (
        waiting_statements()
        .filter(visit__in=rows.values("pk"))
        .order_by("visit_id", "pk")
        .values_list("visit_id", "key", "label")
    ):
        words[visit_id][key] = label_of(label).words
    for visit in rows.filter(doubtful()):
        words[visit.pk][_of_whose(visit.whose_key)] = f"{WHOSE}: {visit.get_whose_display().lower()}"
    waits = Visit.objects.filter(pk__in=words).select_related("organisation")
    return {visit.organisation_id: SiteWaits(visit, words[visit.pk]) for visit in waits}


def out_of_line() -> set[int]:
    """The organisations about which inbox and websites differ on whether anything waits."""
    rows = _newest_read(None)
    unread = Q(Exists(waiting_statements().filter(visit=OuterRef("pk"))))
    waits = set(rows.filter(unread | doubtful()).values_list("organisation_id", flat=True))
    return waits ^ set(open_ones().values_list("organisation_id", flat=True))


def open_ones() -> QuerySet[Alert]:
    """The alerts that follow a website and are open."""
    return Alert.objects.filter(kind=AlertKind.SITE_TO_READ).exclude(state=AlertState.CLOSED)


def is_decided(alert: Alert) -> bool:
    """Whether a person has said what each thing is worth that the alert tells of.

    *Cannot tell* decides nothing, and so does an alert that names no thing: then nobody knows.
    """
    waits = set(alert.about.get("waits", []))
    said = StatementJudgement.objects.filter(
        statement__visit__organisation=alert.organisation_id, statement__key__in=waits
    )
    newest = dict(said.order_by("pk").values_list("statement__key", "verdict"))
    decided = {key for key, verdict in newest.items() if verdict != StatementVerdict.CANNOT_TELL}
    whose = BelongingJudgement.objects.filter(visit__organisation=alert.organisation_id)
    decided.update(_of_whose(key) for key in whose.values_list("visit__whose_key", flat=True))
    return bool(waits) and waits <= decided


def _of_whose(key: str) -> str:
    return f"whose:{key}"


def _newest_read(organisation_ids: Collection[int] | None) -> QuerySet[Visit]:
    read = finished().filter(outcome=VisitOutcome.VISITED, made=Made.MACHINE)
    newest = read.filter(organisation=OuterRef("organisation")).values("pk")[:1]
    rows = read.filter(pk=Subquery(newest), organisation__merged_into=None).order_by()
    return rows if organisation_ids is None else rows.filter(organisation__in=organisation_ids)
