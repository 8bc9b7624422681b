"""Which visits there are."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F, OuterRef, QuerySet, Subquery

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


def newest_and_waiting(organisation: Organisation, reader: User) -> tuple[Visit | None, Visit | None]:
    """The newest visit that has ended and the one that waits, in one query; none that is closed (L-17)."""
    # The waiting one first: it has no moment yet, and there is at most one.
    waits_first = F("at").desc(nulls_first=True)
    known = Visit.objects.filter(organisation=organisation).exclude(state=VisitState.CANCELLED)
    known = known.exclude(organisation__in=closed_organisations(reader))
    rows = list(known.order_by(waits_first, "-pk")[:2])
    waiting = next((visit for visit in rows if visit.state == VisitState.WAITING), None)
    return next((visit for visit in rows if visit.state == VisitState.FINISHED), None), waiting


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
