"""Reads: the changes that wait for a re-control."""

from __future__ import annotations

from django.db.models import QuerySet

from pakten.watching.models import Recontrol, RecontrolState, Trigger
from pakten.watching.queries.halts import is_halted


def waiting() -> QuerySet[Trigger]:
    """Changes that no re-control has taken up, the oldest first."""
    return Trigger.objects.filter(recontrol=None).order_by("pk")


def anything_to_take_up() -> bool:
    """Whether the clock is to start a re-control now; also where a dead worker left one half-way."""
    left = Recontrol.objects.filter(state=RecontrolState.RUNNING)
    return (waiting().exists() or left.exists()) and not is_halted()
