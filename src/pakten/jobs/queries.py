"""Reading jobs."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from pakten.accounts.models import User
from pakten.jobs.models import ACTIVE, Job, Schedule, State
from pakten.jobs.schedules import SCHEDULES, Timed
from pakten.records.queries.conflicts import in_conflict

# Before this many seconds the speed says little.
SETTLED = 3
PATIENCE = timedelta(seconds=20)


def active() -> QuerySet[Job]:
    """Jobs that wait or are under way, latest first."""
    return Job.objects.filter(state__in=ACTIVE).select_related("started_by")


def jobs(reader: User | None = None, *, state: str = "", kind: str = "") -> QuerySet[Job]:
    """All jobs, latest first, with this state and of this kind where named.

    None about a case in which the ``reader`` has a conflict of interest (L-17).
    """
    found = Job.objects.select_related("started_by")
    if reader is not None:
        found = found.exclude(case__in=in_conflict(reader))
    if state:
        found = found.filter(state=state)
    return found.filter(kind=kind) if kind else found


def seconds_left(job: Job, now: datetime) -> int | None:
    """How long the job will still take at its speed so far; None while nobody can know."""
    if job.state != State.RUNNING or not (job.started_at and job.total and job.done) or job.is_interrupted:
        return None
    spent = (now - job.started_at).total_seconds()
    if spent < SETTLED:
        return None
    return round(spent * max(job.total - job.done, 0) / job.done)


def waits_for_worker(job: Job, now: datetime) -> bool:
    """Has the job waited so long, with nothing else under way, that there is probably no worker?"""
    if job.state != State.QUEUED or now - job.created_at < PATIENCE:
        return False
    return not any(not other.is_interrupted for other in Job.objects.filter(state=State.RUNNING))


def timetable() -> list[tuple[Schedule, Timed]]:
    """What is done by the clock, by its title."""
    rows = Schedule.objects.filter(name__in=SCHEDULES)
    return sorted(((row, SCHEDULES[row.name]) for row in rows), key=lambda pair: pair[1].title)
