"""Reads: the changes that wait for a re-control."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from pakten.checks.queries.runs import latest_finished
from pakten.watching.models import Recontrol, RecontrolState, Trigger
from pakten.watching.queries.halts import is_halted

PATIENCE = timedelta(minutes=15)


def waiting() -> QuerySet[Trigger]:
    """Changes that no re-control has taken up, the oldest first."""
    return Trigger.objects.filter(recontrol=None).order_by("pk")


def anything_to_take_up() -> bool:
    """Whether the clock is to start a re-control now; also where a dead worker left one half-way.

    The watching begins when a person's first control of the network is finished. After one that could not be
    made, it is tried again in a while, or as soon as something else changes.
    """
    if is_halted() or latest_finished() is None:
        return False
    latest = Recontrol.objects.order_by("-pk").first()
    if latest and latest.state == RecontrolState.RUNNING:
        return True
    rows = waiting()
    if latest and latest.state == RecontrolState.FAILED and latest.finished_at:
        soon = timezone.now() - latest.finished_at < PATIENCE
        rows = rows.filter(at__gt=latest.finished_at) if soon else rows
    return rows.exists()
