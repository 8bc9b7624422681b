"""The clock of the timetable: starts what is due, exactly once however many workers look."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.jobs import policies, services
from pakten.jobs.models import Ended, Job, Schedule
from pakten.jobs.schedules import SCHEDULES, Timed, held

logger = logging.getLogger(__name__)


def tick() -> int:
    """Start all that is due now; the number of starts. A fault in one stops no other."""
    now = timezone.now()
    _make_rows(now)
    due = Schedule.objects.filter(is_on=True, next_at__lte=now, name__in=set(SCHEDULES) - held())
    return sum(_try(row, now=now) for row in due.order_by("next_at", "pk"))


@transaction.atomic
def switch(schedule: Schedule, *, on: bool, actor: User, expected_version: int) -> None:
    """Switch a time on or off. Raises PermissionDenied, or JobRefused when somebody was first."""
    policies.check_may_switch(actor)
    values = {"is_on": on, "version": F("version") + 1}
    if on:
        # What was missed while it was off is not made up for.
        values["next_at"] = SCHEDULES[schedule.name].after(schedule.next_at, timezone.now())
    rows = Schedule.objects.filter(pk=schedule.pk, version=expected_version)
    if not rows.exclude(is_on=on).update(**values):
        raise policies.timetable_changed()
    schedule.refresh_from_db()
    action = "jobs.schedule.switched_on" if on else "jobs.schedule.switched_off"
    record(action, schedule, actor=actor, before={"is_on": not on}, after={"is_on": on})


def settle(task_id: str, *, succeeded: bool) -> None:
    """Tell the timetable how the task ended that it started last."""
    outcome = Ended.DONE if succeeded else Ended.FAILED
    Schedule.objects.filter(task_id=task_id).update(last_outcome=outcome)


def _make_rows(now: datetime) -> None:
    known = set(Schedule.objects.values_list("name", flat=True))
    missing = [timed for name, timed in SCHEDULES.items() if name not in known]
    if missing:
        rows = [Schedule(name=timed.name, next_at=timed.first(now)) for timed in missing]
        Schedule.objects.bulk_create(rows, ignore_conflicts=True)


def _try(row: Schedule, *, now: datetime) -> bool:
    try:
        return _start(row, SCHEDULES[row.name], now=now)
    except Exception:
        logger.exception("The schedule %s could not be started", row.name)
        following = SCHEDULES[row.name].after(row.next_at, now)
        Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(
            next_at=following, last_started_at=now, last_outcome=Ended.FAILED
        )
        return False


@transaction.atomic
def _start(row: Schedule, timed: Timed, *, now: datetime) -> bool:
    mine = Schedule.objects.filter(pk=row.pk, next_at=row.next_at, is_on=True)
    if not mine.update(next_at=timed.after(row.next_at, now), last_started_at=now):
        return False
    if timed.when is not None and not timed.when():
        Schedule.objects.filter(pk=row.pk).update(last_outcome=Ended.NOTHING)
        return False
    Schedule.objects.filter(pk=row.pk).update(last_outcome=Ended.STARTED, task_id=_order(timed))
    return True


def _order(timed: Timed) -> UUID | None:
    task = import_string(timed.task)
    if not timed.shown:
        return UUID(str(task.enqueue().id))
    job: Job = services.start(timed.name, timed.title, actor=None, task=task, unique=True)
    return job.task_id
