"""A stopped job takes its visits with it, and they come back with it when somebody starts it again."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.jobs.models import Job
from pakten.visits.models import Made, Visit, VisitRound, VisitState
from pakten.visits.services.ordering import BETWEEN


def cancel(job: Job, actor: User) -> None:
    """The job was stopped, in the caller's transaction: what it has not made is cancelled."""
    for subject, rows in _of(job):
        number = rows.filter(state=VisitState.WAITING).update(state=VisitState.CANCELLED)
        if number:
            after = {"members": number}
            if isinstance(subject, VisitRound):
                record("visits.round.cancelled", subject, actor=actor, after=after)
            else:
                record("visits.visit.cancelled", subject, actor=actor, after=after)


def take_up(job: Job, actor: User) -> None:
    """The job was started again, in the caller's transaction: what was cancelled with it is ordered anew.

    Not so where the organisation has been visited within the day, or has another visit waiting.
    """
    for subject, rows in _of(job):
        waiting = Visit.objects.filter(state=VisitState.WAITING).values("organisation")
        recent = Visit.objects.filter(
            state=VisitState.FINISHED, made=Made.MACHINE, at__gt=timezone.now() - BETWEEN
        ).values("organisation")
        left = rows.filter(state=VisitState.CANCELLED)
        left = left.exclude(organisation__in=waiting).exclude(organisation__in=recent)
        number = left.update(state=VisitState.WAITING)
        if number:
            after = {"members": number}
            if isinstance(subject, VisitRound):
                record("visits.round.taken_up", subject, actor=actor, after=after)
            else:
                record("visits.visit.taken_up", subject, actor=actor, after=after)


def _of(job: Job) -> list[tuple[Visit | VisitRound, QuerySet[Visit]]]:
    """The round or the visits that the job is to make, each with the rows that are its own."""
    rounds = VisitRound.objects.filter(job=job)
    alone = Visit.objects.filter(job=job)
    found: list[tuple[Visit | VisitRound, QuerySet[Visit]]] = [
        (each, Visit.objects.filter(round=each, job=None)) for each in rounds
    ]
    return found + [(each, Visit.objects.filter(pk=each.pk)) for each in alone]
