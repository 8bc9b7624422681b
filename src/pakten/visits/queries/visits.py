"""Which visits there are."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import OuterRef, Q, QuerySet, Subquery

from pakten.accounts.models import User
from pakten.members.queries.conflicts import closed_organisations
from pakten.organisations.models import Organisation
from pakten.visits.models import Visit, VisitOutcome, VisitState


def finished() -> QuerySet[Visit]:
    """All visits that have ended, newest first."""
    return Visit.objects.filter(state=VisitState.FINISHED).order_by("-at", "-pk")


def visits_of(organisation: Organisation) -> QuerySet[Visit]:
    """The organisation's visits that have ended, newest first."""
    return finished().filter(organisation=organisation).select_related("ordered_by")


def latest_visit(organisation: Organisation) -> Visit | None:
    """The newest visit that has ended, whatever came of it and whoever made it."""
    return visits_of(organisation).first()


def newest_and_ordered(
    organisation: Organisation, reader: User
) -> tuple[Visit | None, Visit | None, Visit | None]:
    """The newest that has ended, the one that waits, and the one that was cancelled if nothing came since.

    In one query; none that is closed (L-17).
    """
    mine = Visit.objects.filter(organisation=organisation).order_by("-pk")
    last, waiting, ended = (
        Q(pk=Subquery(some.values("pk")[:1]))
        for some in (mine, mine.filter(state=VisitState.WAITING), visits_of(organisation))
    )
    known = Visit.objects.exclude(organisation__in=closed_organisations(reader))
    rows = list(known.filter(last | waiting | ended).order_by("-pk"))
    finished_ones = [visit for visit in rows if visit.state == VisitState.FINISHED and visit.at]
    newest = max(finished_ones, key=lambda visit: (visit.at, visit.pk), default=None)
    ordered = next((visit for visit in rows if visit.state == VisitState.WAITING), None)
    return newest, ordered, next((visit for visit in rows[:1] if visit.state == VisitState.CANCELLED), None)


def latest_visits(organisation_ids: Collection[int]) -> dict[int, Visit]:
    """The newest visit of each organisation that has one, in one query."""
    newer = finished().filter(organisation=OuterRef("organisation")).values("pk")[:1]
    rows = finished().filter(organisation__in=organisation_ids, pk=Subquery(newer))
    return {visit.organisation_id: visit for visit in rows}


def waiting_visit(organisation: Organisation) -> Visit | None:
    """The visit that is ordered and not made yet."""
    return Visit.objects.filter(organisation=organisation, state=VisitState.WAITING).first()


def cancelled_visit(organisation: Organisation) -> Visit | None:
    """The order that was cancelled, where nothing has been ordered or made since."""
    newest = Visit.objects.filter(organisation=organisation).order_by("-pk").first()
    return newest if newest is not None and newest.state == VisitState.CANCELLED else None


def previous_visit(visit: Visit) -> Visit | None:
    """The visit before this one on which the website was read: what it is compared with."""
    earlier = finished().filter(
        organisation=visit.organisation_id, outcome=VisitOutcome.VISITED, made=visit.made
    )
    return earlier.filter(at__lt=visit.at).exclude(pk=visit.pk).first() if visit.at else None
