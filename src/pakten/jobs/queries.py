"""Reading jobs."""

from __future__ import annotations

from django.db.models import QuerySet

from pakten.jobs.models import ACTIVE, Job


def active() -> QuerySet[Job]:
    """Jobs that wait or are under way, latest first."""
    return Job.objects.filter(state__in=ACTIVE).select_related("started_by")


def latest(kind: str) -> Job | None:
    """The job of this kind that was ordered last."""
    return Job.objects.filter(kind=kind).first()
