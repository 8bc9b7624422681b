"""Reads: who is to be gone through, when, and why; the longest overdue first."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from pakten.checks.models import BasicControl, BasicState
from pakten.members.models import State
from pakten.watching.models import Watched

SOON = timedelta(days=30)


def calendar() -> QuerySet[Watched]:
    """Active members by the day when they are to be gone through; ``under_way``: somebody has begun."""
    rows = Watched.objects.filter(membership__state=State.ACTIVE, membership__organisation__merged_into=None)
    rows = rows.exclude(next_on=None).annotate(under_way=_under_way())
    return rows.select_related("membership__organisation").order_by(
        "next_on", "membership__organisation__sort_key"
    )


def due(on: date | None = None) -> QuerySet[Watched]:
    """Those whose day has come."""
    return calendar().filter(next_on__lte=on or timezone.localdate())


def due_to_order() -> QuerySet[Watched]:
    """Those whose day has come and whom nobody has begun with."""
    return due().filter(~_under_way())


def due_soon() -> QuerySet[Watched]:
    """Those whose day comes within thirty days."""
    today = timezone.localdate()
    return calendar().filter(next_on__gt=today, next_on__lte=today + SOON)


def _under_way() -> Exists:
    return Exists(
        BasicControl.objects.filter(organisation=OuterRef("membership__organisation"), state=BasicState.OPEN)
    )
