"""Who has an alert, until when, and whether it rests: assign, give a date, snooze, write a note."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.alerts import policies
from pakten.alerts.models import MOST_DAYS, Act, Alert
from pakten.alerts.refusals import AlertRefused
from pakten.alerts.services.writing import NO_BOOST, add_step, claim, needs_words, write
from pakten.audit.services import record
from pakten.core.templatetags.formats import date_iso


@transaction.atomic
def assign(alert_id: int, to: User | None, *, actor: User | None, version: int) -> Alert:
    """Give the alert to a person, or to nobody. Raises PermissionDenied, AlertRefused or Overtaken."""
    alert, person = claim(alert_id, version, actor=actor)
    before = alert.assigned_to
    if to is not None:
        policies.check_may_be_assigned(to, alert)
    write(alert, assigned_to=to, **NO_BOOST)
    words = "" if to == person else f"Till {to}" if to else f"Från {before}" if before else ""
    add_step(alert, Act.ASSIGNED if to else Act.UNASSIGNED, by=person, words=words)
    _log("assigned", alert, person=person, after={"to": str(to) if to else ""})
    return alert


@transaction.atomic
def set_due(alert_id: int, due_on: date, *, actor: User | None, version: int, reason: str) -> Alert:
    """Give the alert another date, with a reason. Raises as :func:`assign`."""
    alert, person = claim(alert_id, version, actor=actor)
    words = needs_words(reason, what="Skriv varför datumet ändras. Skälet sparas.")
    check_ahead(due_on)
    before = alert.due_on
    write(alert, due_on=due_on, reminded_on=None)
    add_step(alert, Act.DUE, by=person, words=f"{date_iso(before)} blev {date_iso(due_on)}. {words}")
    record(
        "alerts.alert.due_changed",
        alert,
        actor=person,
        before={"due_on": before},
        after={"due_on": due_on},
        reason=words,
    )
    return alert


@transaction.atomic
def snooze(alert_id: int, until: date, *, actor: User | None, version: int, reason: str = "") -> Alert:
    """Hide the alert until a day, when it comes back at the top. Raises as :func:`assign`."""
    alert, person = claim(alert_id, version, actor=actor)
    check_ahead(until)
    if until <= timezone.localdate():
        raise AlertRefused("Välj en dag efter i dag.")
    write(alert, snoozed_until=until, **NO_BOOST)
    words = f"Till {date_iso(until)}. {reason.strip()}".strip()
    add_step(alert, Act.SNOOZED, by=person, words=words)
    _log("snoozed", alert, person=person, after={"until": until}, reason=reason.strip())
    return alert


@transaction.atomic
def wake(alert_id: int, *, actor: User | None, version: int) -> Alert:
    """End a snooze before its day. Raises as :func:`assign`."""
    alert, person = claim(alert_id, version, actor=actor)
    if alert.snoozed_until is None:
        raise AlertRefused("Den är inte pausad.")
    write(alert, snoozed_until=None)
    add_step(alert, Act.RETURNED, by=person)
    _log("woken", alert, person=person, after={"until": None})
    return alert


@transaction.atomic
def note(alert_id: int, words: str, *, actor: User | None, version: int) -> Alert:
    """Write something in the history. Raises as :func:`assign`."""
    alert, person = claim(alert_id, version, actor=actor)
    text = needs_words(words, what="Skriv något, så sparas det i historiken.")
    add_step(alert, Act.NOTED, by=person, words=text)
    _log("noted", alert, person=person, after={}, reason=text)
    return alert


def check_ahead(day: date) -> None:
    """Raise AlertRefused for a day that has passed, or lies more than a year ahead."""
    today = timezone.localdate()
    if day < today:
        raise AlertRefused("Datumet har redan passerat.")
    if day > today + timedelta(days=MOST_DAYS):
        raise AlertRefused("Datumet får ligga högst ett år fram.")


def _log(verb: str, alert: Alert, *, person: User, after: dict[str, object], reason: str = "") -> None:
    record(f"alerts.alert.{verb}", alert, actor=person, after=after, reason=reason)
