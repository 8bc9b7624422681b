"""By the clock: what was snoozed comes back, what was asked for and did not come, what is late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from pakten.alerts.models import Act, Alert, AlertState
from pakten.alerts.services.writing import add_step, write
from pakten.audit.services import record
from pakten.core.templatetags.formats import date_iso

_AT_ONCE = 200


def anything_due() -> bool:
    """Whether :func:`see_to` has something to do: asked before each look."""
    today = timezone.localdate()
    return _open().filter(_slept(today) | _unanswered(today) | _late(today)).exists()


def see_to() -> int:
    """Do what the calendar asks for; each alert in a transaction of its own. How many were touched."""
    today = timezone.localdate()
    steps: tuple[tuple[Q, Callable[[Alert, date], None]], ...] = (
        (_slept(today), _return),
        (_unanswered(today), _miss_answer),
        (_late(today), _remind),
    )
    return sum(_each(which, step, today=today) for which, step in steps)


def _each(which: Q, step: Callable[[Alert, date], None], *, today: date) -> int:
    done = 0
    for key in _open().filter(which).order_by("pk").values_list("pk", flat=True)[:_AT_ONCE]:
        with transaction.atomic():
            # Somebody may have acted since the keys were read.
            alert = _open().filter(which, pk=key).select_for_update(of=("self",)).first()
            if alert is not None:
                step(alert, today)
                done += 1
    return done


def _open() -> QuerySet[Alert]:
    return Alert.objects.exclude(state=AlertState.CLOSED)


def _slept(today: date) -> Q:
    return Q(snoozed_until__lte=today)


def _unanswered(today: date) -> Q:
    return Q(state=AlertState.NEEDS, needed_by__lt=today)


def _late(today: date) -> Q:
    """Once for each date: a new date is reminded of again."""
    unreminded = Q(reminded_on=None) | Q(reminded_on__lte=F("due_on"))
    return Q(due_on__lt=today, snoozed_until=None) & unreminded & ~Q(state=AlertState.NEEDS)


def _return(alert: Alert, _today: date) -> None:
    asked = date_iso(alert.snoozed_until)
    _to_top(alert, "Tillbaka från paus", snoozed_until=None)
    add_step(alert, Act.RETURNED, by=None, words=f"Pausad till {asked}.")
    record("alerts.alert.returned", alert, actor=None, after={"state": alert.state})


def _miss_answer(alert: Alert, _today: date) -> None:
    asked = date_iso(alert.needed_by)
    _to_top(alert, "Uppgiften har inte kommit", state=AlertState.OPEN, snoozed_until=None)
    add_step(alert, Act.UNANSWERED, by=None, words=f"Skulle ha kommit senast {asked}.")
    record("alerts.alert.unanswered", alert, actor=None, after={"state": alert.state})


def _remind(alert: Alert, today: date) -> None:
    _to_top(alert, "Datumet har passerat", reminded_on=today)
    add_step(alert, Act.REMINDED, by=None, words=f"Skulle vara klar senast {date_iso(alert.due_on)}.")
    record("alerts.alert.reminded", alert, actor=None, after={"due_on": alert.due_on})


def _to_top(alert: Alert, why: str, **fields: Any) -> None:
    write(
        alert,
        boosted_at=timezone.now(),
        boosted_because=why,
        version=alert.version + 1,
        **fields,
    )
