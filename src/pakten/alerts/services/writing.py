"""What every act on an alert has in common: it is claimed at one version, written, and leaves a step."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from django.utils import timezone

from pakten.accounts.models import User
from pakten.alerts import policies
from pakten.alerts.models import Act, Alert, AlertState, AlertStep
from pakten.alerts.refusals import AlertRefused, Overtaken

# A person has taken a step: what stood at the top for it need no longer stand there.
NO_BOOST: dict[str, Any] = {"boosted_at": None, "boosted_because": ""}
NO_PROPOSAL: dict[str, Any] = {"proposal": "", "proposed_because": "", "proposed_by": None}
NO_NEED: dict[str, Any] = {"needed": "", "needed_from": "", "needed_by": None}


def claim(alert_id: int, version: int, *, actor: User | None, closed: bool = False) -> tuple[Alert, User]:
    """Move the alert one version on, or say who was first. The row stays locked until the act is done.

    ``closed``: the act is for closed ones. Raises PermissionDenied or Overtaken.
    """
    person = policies.check_handles(actor)
    rows = Alert.objects.filter(pk=alert_id, version=version)
    rows = rows.filter(state=AlertState.CLOSED) if closed else rows.exclude(state=AlertState.CLOSED)
    moved = rows.update(version=F("version") + 1)
    alert = Alert.objects.select_related("organisation", "likeness").get(pk=alert_id)
    policies.check_no_conflict_in(person, alert)
    if not moved:
        raise Overtaken(_who_was_first(alert))
    return alert, person


def write(alert: Alert, **fields: Any) -> None:
    """Write these columns of a claimed alert, and only these."""
    Alert.objects.filter(pk=alert.pk).update(**fields)
    for name, value in fields.items():
        setattr(alert, name, value)


def add_step(
    alert: Alert,
    act: Act,
    *,
    by: User | None,
    words: str = "",
    facts: list[list[Any]] | None = None,
) -> AlertStep:
    """Add one row to the history."""
    return AlertStep.objects.create(
        alert=alert, act=act, by=by, at=timezone.now(), words=words.strip(), facts=facts or []
    )


def needs_words(words: str, *, what: str) -> str:
    """The words without space around them. Raises AlertRefused where there are none."""
    if not words.strip():
        raise AlertRefused(what)
    return words.strip()


def _who_was_first(alert: Alert) -> str:
    last = alert.steps.select_related("by").last()
    if last is None:
        return "Uppgifterna ändrades medan du läste. Läs igenom dem igen. Inget är sparat."
    moment = timezone.localtime(last.at).strftime("%Y-%m-%d kl. %H.%M")
    if last.by is None:
        return f"Det här ändrades {moment}: {last.get_act_display().lower()}. Läs igenom. Inget är sparat."
    return f"{last.by} hann före: {last.get_act_display().lower()} {moment}. Inget är sparat."
