"""Name likenesses in the inbox: who has them and until when stands here, everything else in checks.

The state of a likeness is the only truth. These functions read it and bring the alert in line; they may be
called at any time and any number of times.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from pakten.alerts.models import Act, Alert, AlertKind, AlertState, AlertStep
from pakten.alerts.services.raising import close_as_settled, days_for
from pakten.alerts.services.writing import NO_PROPOSAL, add_step, write
from pakten.checks.models import Likeness, LikenessState, Verdict

_CHUNK = 500
# Only a list that binds in Sweden asks something of a person; the others are information.
_WAITS = Q(binds=True, state__in=(LikenessState.WAITING, LikenessState.PROPOSED))
_UNDECIDED = Q(binds=True, state=LikenessState.JUDGED, verdict=Verdict.CANNOT_TELL)


@transaction.atomic
def follow(likeness_ids: Sequence[int]) -> None:
    """Bring the alerts of these likenesses in line with how they stand now."""
    # Locked, so that of two who follow the same likeness the second sees what the first has begun.
    rows = Likeness.objects.filter(pk__in=likeness_ids).select_for_update(of=("self",))
    rows = rows.select_related("judgement__by")
    found = list(rows.order_by("pk"))
    open_ones = {alert.likeness_id: alert for alert in _open_alerts(likeness_ids)}
    missing: list[tuple[Likeness, AlertState]] = []
    for likeness in found:
        state = _wanted(likeness)
        alert = open_ones.get(likeness.pk)
        if alert is None and state is not AlertState.CLOSED:
            missing.append((likeness, state))
        elif alert is not None and state is AlertState.CLOSED:
            close_as_settled(alert, because=_ended(likeness), by=_judge(likeness))
        elif alert is not None and alert.state != state and not _was_reminded(alert, state):
            _move(alert, state, likeness=likeness)
    _begin(missing)


def catch_up() -> int:
    """Bring in line whatever differs: what was there before this area, or was written past it. How many."""
    open_alerts = Alert.objects.filter(likeness=OuterRef("pk")).exclude(state=AlertState.CLOSED)
    waits = Likeness.objects.filter(_WAITS | _UNDECIDED).exclude(Exists(open_alerts))
    done = Likeness.objects.filter(Exists(open_alerts)).exclude(_WAITS | _UNDECIDED)
    keys = sorted({*waits.values_list("pk", flat=True), *done.values_list("pk", flat=True)})
    for start in range(0, len(keys), _CHUNK):
        follow(keys[start : start + _CHUNK])
    return len(keys)


def _open_alerts(likeness_ids: Iterable[int]) -> list[Alert]:
    rows = Alert.objects.select_for_update().filter(likeness__in=list(likeness_ids)).order_by("pk")
    return list(rows.exclude(state=AlertState.CLOSED))


def _wanted(likeness: Likeness) -> AlertState:
    if not likeness.binds or likeness.state == LikenessState.GONE:
        return AlertState.CLOSED
    if likeness.state == LikenessState.JUDGED:
        undecided = likeness.verdict == Verdict.CANNOT_TELL
        return AlertState.NEEDS if undecided else AlertState.CLOSED
    return AlertState.PROPOSED if likeness.state == LikenessState.PROPOSED else AlertState.OPEN


def _was_reminded(alert: Alert, state: AlertState) -> bool:
    """What was needed has not come in time: the alert stays among those to judge."""
    today = timezone.localdate()
    return state is AlertState.NEEDS and bool(alert.needed_by and alert.needed_by < today)


def _move(alert: Alert, state: AlertState, *, likeness: Likeness) -> None:
    fields: dict[str, Any] = {"state": state, "version": alert.version + 1, **NO_PROPOSAL}
    act, words = Act.ANSWERED, "Ska bedömas igen"
    if state is AlertState.PROPOSED:
        act, words = Act.PROPOSED, "Väntar på att en annan person bekräftar"
    if state is AlertState.NEEDS:
        act, words = Act.ASKED, "Går inte att avgöra än"
    if state is AlertState.OPEN and likeness.reopened_because:
        fields |= {
            "because": likeness.reopened_because,
            "snoozed_until": None,
            "boosted_at": timezone.now(),
            "boosted_because": "Uppgifterna har ändrats",
        }
        act, words = Act.FOUND_AGAIN, likeness.reopened_because
    write(alert, **fields, needed_by=_needed_by(likeness, state))
    add_step(alert, act, by=None if act is Act.FOUND_AGAIN else _judge(likeness), words=words)


def _begin(missing: list[tuple[Likeness, AlertState]]) -> None:
    """New alerts, all at once. The run and its receipts are in the log; the likeness tells the rest."""
    if not missing:
        return
    now, due_on = timezone.now(), timezone.localdate() + timedelta(days=days_for(AlertKind.LIKENESS))
    alerts = Alert.objects.bulk_create(
        Alert(
            kind=AlertKind.LIKENESS,
            key=str(likeness.pk),
            organisation_id=likeness.organisation_id,
            likeness=likeness,
            because=_why(likeness),
            raised_at=likeness.waiting_since,
            due_on=due_on,
            state=state,
            needed_by=_needed_by(likeness, state),
        )
        for likeness, state in missing
    )
    AlertStep.objects.bulk_create(
        AlertStep(alert=alert, act=Act.RAISED, at=now, words=alert.because) for alert in alerts
    )


def _why(likeness: Likeness) -> str:
    return likeness.reopened_because or f"Ett namn på listan ”{likeness.list_title}” liknar det här namnet."


def _needed_by(likeness: Likeness, state: AlertState) -> Any:
    return likeness.judgement.needed_by if state is AlertState.NEEDS and likeness.judgement else None


def _ended(likeness: Likeness) -> str:
    if likeness.state == LikenessState.GONE:
        return "Den senaste kontrollen hittade inte namnlikheten."
    if not likeness.binds:
        return "Listan binder inte längre."
    return f"Bedömd: {likeness.get_verdict_display()}."


def _judge(likeness: Likeness) -> Any:
    return likeness.judgement.by if likeness.state == LikenessState.JUDGED and likeness.judgement else None
