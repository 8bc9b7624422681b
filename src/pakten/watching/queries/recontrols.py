"""Reads: re-controls, what causes them, and how the members stand now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet
from django.utils import timezone

from pakten.accounts.models import User
from pakten.checks.models import Control
from pakten.jobs.models import Schedule
from pakten.jobs.schedules import SCHEDULES, Timed
from pakten.watching.models import Cause, Recontrol, RecontrolState
from pakten.watching.queries.shown import Shown, shown, waiting_for

ACTS = {
    Cause.MEMBER: "Den vars namn, personer eller ägare är andra än sist jämförs på nytt.",
    Cause.LIST: "Det som skiljer utgåvorna jämförs med alla medlemmar. Berörda jämförs på nytt.",
    Cause.REGISTER: "Medlemmen jämförs på nytt och ställs först i ordningen.",
    Cause.SITE: "Medlemmen jämförs på nytt och ställs först i ordningen.",
    Cause.REQUIREMENT: "De som kravet gäller jämförs på nytt och ställs först i ordningen.",
    Cause.EVIDENCE: "Medlemmen jämförs på nytt och ställs först i ordningen.",
    Cause.DAILY: "Varje natt frågas alla: stämmer det som jämfördes senast fortfarande?",
}


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One cause: what it leads to, the last time, and how many changes wait."""

    cause: Cause
    acts: str
    last: Shown | None
    waiting: int


def recontrols(cause: str = "") -> QuerySet[Recontrol]:
    """All re-controls, the latest first; those of one cause where named."""
    # A receipt names every member: only its digest is read along.
    rows = Recontrol.objects.select_related("receipt", "run").defer("receipt__content", "run__members")
    rows = rows.order_by("-pk")
    return rows.filter(kind=cause) if cause in Cause.values else rows


def latest_done() -> Recontrol | None:
    """The latest that went through."""
    return recontrols().filter(state=RecontrolState.DONE).first()


def causes(reader: User) -> list[CauseLine]:
    """What leads to a re-control, with the last one of each kind."""
    done = Recontrol.objects.filter(state=RecontrolState.DONE).order_by()
    newest = dict(done.values_list("kind").annotate(Max("pk")))
    rows = {each.made.kind: each for each in shown(recontrols().filter(pk__in=newest.values()), reader)}
    waits = Counter(waiting_for(reader).values_list("kind", flat=True))
    return [CauseLine(cause, ACTS[cause], rows.get(cause.value), waits[cause.value]) for cause in Cause]


def since(control: Control) -> QuerySet[Recontrol]:
    """The re-controls of all members since this control: none touched this member, or it would be newer."""
    rows = recontrols().filter(state=RecontrolState.DONE, kind__in=(Cause.LIST, Cause.DAILY))
    return rows.filter(begun_at__gt=control.made_at)


def missed_meanwhile(now: datetime | None = None) -> list[tuple[Schedule, Timed]]:
    """What the clock would have started had the stop button not been pressed."""
    names = [name for name, timed in SCHEDULES.items() if timed.automatic]
    rows = Schedule.objects.filter(name__in=names, is_on=True, next_at__lte=now or timezone.now())
    return [(row, SCHEDULES[row.name]) for row in rows.order_by("next_at")]
