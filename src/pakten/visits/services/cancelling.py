"""A stopped job takes its visits with it, and they come back with it when somebody starts it again."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.jobs.models import Job
from pakten.members.queries.conflicts import closed_organisations
from pakten.visits.models import Visit, VisitRound, VisitState
from pakten.visits.services.ordering import made_today


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

    Not so where the organisation has been visited within the day or has another visit waiting, nor where
    the person has a conflict of interest about it (L-17).
    """
    for subject, rows in _of(job):
        number = sum(_wait_again(visit) for visit in _to_take_up(rows, actor))
        if number:
            after = {"members": number}
            if isinstance(subject, VisitRound):
                record("visits.round.taken_up", subject, actor=actor, after=after)
            else:
                record("visits.visit.taken_up", subject, actor=actor, after=after)


def _to_take_up(rows: QuerySet[Visit], actor: User) -> list[Visit]:
    """The newest cancelled visit of each organisation that is to be visited and open to the person.

    Two records may have become one organisation since the round was ordered.
    """
    waiting = Visit.objects.filter(state=VisitState.WAITING).values("organisation")
    left = rows.filter(state=VisitState.CANCELLED).exclude(organisation__in=closed_organisations(actor))
    left = left.exclude(organisation__in=waiting).exclude(
        organisation__in=made_today().values("organisation")
    )
    newest = {visit.organisation_id: visit for visit in left.order_by("pk")}
    # The same order as a round is ordered in, so that neither waits for the other.
    return [newest[key] for key in sorted(newest)]


def _wait_again(visit: Visit) -> bool:
    """Have a cancelled visit made after all; not where somebody ordered another at the same moment."""
    try:
        with transaction.atomic():
            rows = Visit.objects.filter(pk=visit.pk, state=VisitState.CANCELLED)
            return bool(rows.update(state=VisitState.WAITING))
    except IntegrityError:
        return False


def _of(job: Job) -> list[tuple[Visit | VisitRound, QuerySet[Visit]]]:
    """The round or the visits that the job is to make, each with the rows that are its own."""
    rounds = VisitRound.objects.filter(job=job)
    alone = Visit.objects.filter(job=job)
    found: list[tuple[Visit | VisitRound, QuerySet[Visit]]] = [
        (each, Visit.objects.filter(round=each, job=None)) for each in rounds
    ]
    return found + [(each, Visit.objects.filter(pk=each.pk)) for each in alone]
