"""The list of visits: what the address asks for, the same for page and export."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from pakten.accounts.models import User
from pakten.members.queries import active_memberships
from pakten.members.queries.conflicts import closed_organisations
from pakten.organisations.keys import search_key
from pakten.organisations.models import Organisation
from pakten.visits.models import (
    BelongingJudgement,
    FoundStatement,
    StatementJudgement,
    StatementVerdict,
    Visit,
    VisitOutcome,
    VisitState,
    Whose,
)
from pakten.visits.queries.visits import finished
from pakten.visits.statement_words import ASIDE


@dataclass(frozen=True, slots=True)
class VisitFilters:
    """What to show; empty = no limit. ``every``: all visits, else only each organisation's newest."""

    search: str = ""
    outcome: str = ""
    unread: bool = False
    whose: str = ""
    made: str = ""
    to_read: bool = False
    round_id: int | None = None
    every: bool = False


def visit_list(filters: VisitFilters, reader: User) -> QuerySet[Visit]:
    """Visits that have ended, newest first, with what waits for a person: ``waits`` statements, ``doubt``
    of whose the website is. None about an organisation where the reader has a conflict (L-17)."""
    rows = open_to(reader, finished()).select_related("organisation", "ordered_by")
    rows = rows.filter(organisation__merged_into=None).annotate(waits=_counted(), doubt=_doubt())
    if not filters.every and filters.round_id is None:
        newer = finished().filter(organisation=OuterRef("organisation")).values("pk")[:1]
        rows = rows.filter(pk=newer)
    if filters.round_id is not None:
        rows = rows.filter(round=filters.round_id)
    if filters.search:
        rows = rows.filter(organisation__search_key__contains=search_key(filters.search))
    if filters.outcome:
        rows = rows.filter(outcome=filters.outcome)
    if filters.unread:
        rows = rows.exclude(outcome=VisitOutcome.VISITED)
    if filters.whose:
        rows = rows.filter(whose=filters.whose)
    if filters.made:
        rows = rows.filter(made=filters.made)
    return rows.filter(Q(waits__gt=0) | Q(doubt=True)) if filters.to_read else rows


def counts_by_outcome(reader: User) -> list[tuple[str, str, int]]:
    """Of each organisation's newest visit: outcome, its words and how many, the most first."""
    rows = visit_list(VisitFilters(), reader).order_by().values_list("outcome", flat=True)
    counts: dict[str, int] = {}
    for outcome in rows:
        counts[outcome] = counts.get(outcome, 0) + 1
    told = [(outcome, str(VisitOutcome(outcome).label), number) for outcome, number in counts.items()]
    return sorted(told, key=lambda row: (row[0] != VisitOutcome.VISITED, -row[2], row[1]))


def never_visited(reader: User) -> QuerySet[Organisation]:
    """Active members whose website nobody has visited, whatever would have come of it (L-17)."""
    members = Organisation.objects.filter(pk__in=active_memberships().values("organisation"))
    members = members.exclude(pk__in=closed_organisations(reader))
    return members.exclude(visits__state=VisitState.FINISHED).order_by("sort_key", "pk")


def waiting_visits(reader: User) -> QuerySet[Visit]:
    """Visits that are ordered and not made."""
    return (
        open_to(reader, Visit.objects.filter(state=VisitState.WAITING))
        .select_related("organisation")
        .order_by("pk")
    )


def due_for_disposal(reader: User) -> QuerySet[Visit]:
    """Visits whose package must be disposed of by decision: their time is out (L-35)."""
    rows = open_to(reader, finished()).filter(dispose_after__lt=timezone.localdate(), disposed_at=None)
    return rows.select_related("organisation").order_by("dispose_after", "pk")


def open_to(reader: User, rows: QuerySet[Visit]) -> QuerySet[Visit]:
    """All but those about organisations in whose cases the reader has a conflict of interest (L-17)."""
    return rows.exclude(organisation__in=closed_organisations(reader))


def waiting_statements() -> QuerySet[FoundStatement]:
    """Statements that a person must still read: no verdict on the same words, or *cannot tell*."""
    words = StatementJudgement.objects.filter(
        statement__key=OuterRef("key"),
        statement__visit__organisation=OuterRef("visit__organisation"),
    )
    rows = FoundStatement.objects.annotate(said=words.order_by("-pk").values("verdict")[:1])
    return rows.filter((Q(said=None) & ~Q(label__in=ASIDE)) | Q(said=StatementVerdict.CANNOT_TELL))


def doubtful() -> Q:
    """The condition on visits whose website nobody has said whose it is, though the signs don't tell."""
    said = BelongingJudgement.objects.filter(
        visit__organisation=OuterRef("organisation"), visit__whose_key=OuterRef("whose_key")
    )
    return Q(outcome=VisitOutcome.VISITED, whose__in=(Whose.D, Whose.X)) & ~Q(Exists(said))


def _doubt() -> Case:
    return Case(When(doubtful(), then=Value(True)), default=Value(False), output_field=BooleanField())


def _counted() -> Coalesce:
    rows = waiting_statements().filter(visit=OuterRef("pk")).order_by().values("visit")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
