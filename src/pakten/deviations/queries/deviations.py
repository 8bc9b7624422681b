"""The list of deviations and one of them. One query object serves page, export and counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import (
    Case,
    F,
    IntegerField,
    OrderBy,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from pakten.accounts.models import User
from pakten.deviations.models import CLOSED, OPEN, Comment, Deviation, Hearing, HistoryRow, Level
from pakten.deviations.queries.waiting import Waits, waiting_for
from pakten.members.queries.conflicts import closed_organisations
from pakten.organisations.keys import search_key
from pakten.organisations.models import Organisation

PAGE_SIZE = 50
# Beside the levels themselves.
ALL_OPEN, ALL_CLOSED, EVERYTHING = "oppna", "avslutade", "alla"


class Sort(StrEnum):
    """In which order."""

    SEEN = "sedd"
    SEEN_DESC = "-sedd"
    FOLLOW_UP = "foljs_upp"
    FOLLOW_UP_DESC = "-foljs_upp"
    NAME = "namn"
    NAME_DESC = "-namn"


_BY: dict[Sort, tuple[str | OrderBy, str]] = {
    Sort.SEEN: ("seen_at", "pk"),
    Sort.SEEN_DESC: ("-seen_at", "-pk"),
    # The databases disagree on where nothing stands.
    Sort.FOLLOW_UP: (F("follow_up_on").asc(nulls_last=True), "pk"),
    Sort.FOLLOW_UP_DESC: (F("follow_up_on").desc(nulls_last=True), "-pk"),
    Sort.NAME: ("organisation__sort_key", "pk"),
    Sort.NAME_DESC: ("-organisation__sort_key", "-pk"),
}


@dataclass(frozen=True, slots=True)
class DeviationFilters:
    """What to show; empty = no limit. ``level`` is a level, or one of the words for several.

    ``waits`` is a :class:`Waits`; ``search`` looks in the organisation's names and in what was found.
    """

    search: str = ""
    level: str = EVERYTHING
    seriousness: str = ""
    sector: str = ""
    origin: str = ""
    waits: str = ""
    sort: Sort = Sort.SEEN_DESC


def readable_by(user: User) -> QuerySet[Deviation]:
    """All but those about an organisation in whose cases the user has a conflict of interest (L-17)."""
    return Deviation.objects.exclude(organisation__in=closed_organisations(user))


def deviation_list(filters: DeviationFilters, *, reader: User) -> QuerySet[Deviation]:
    """The deviations that ``filters`` describe, as far as the reader may see them."""
    found = readable_by(reader).filter(_levels(filters.level))
    wanted = {
        "seriousness": filters.seriousness,
        "organisation__sector": filters.sector,
        "origin": filters.origin,
    }
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if filters.waits in set(Waits):
        found = found.filter(waiting_for(Waits(filters.waits)))
    for word in search_key(filters.search).split():
        named = Organisation.objects.filter(search_key__contains=word)
        found = found.filter(Q(organisation__in=named) | Q(search_key__contains=word))
    rows = found.select_related("organisation", "record__case", "confirmed_by")
    newest = Hearing.objects.filter(deviation=OuterRef("pk")).order_by("-pk")
    rows = rows.annotate(hearing_state=Subquery(newest.values("state")[:1]))
    return rows.order_by(*_BY[filters.sort])


def deviation(public_id: str) -> Deviation:
    """The deviation with what its page shows. Raises Deviation.DoesNotExist."""
    found = Deviation.objects.select_related(
        "organisation", "application__case", "case__series", "record__case", "decision__record__case",
        "confirmed_by", "created_by",
    )  # fmt: skip
    history = HistoryRow.objects.select_related("by", "decision__record__case")
    comments = Comment.objects.select_related("record__case", "by")
    return found.prefetch_related(
        "evidence__paper__case",
        "evidence__paper__files",
        "evidence__by",
        Prefetch("hearings", queryset=Hearing.objects.select_related("record_out__case", "told_by")),
        Prefetch("comments", queryset=comments),
        Prefetch("history", queryset=history),
    ).get(public_id=public_id)


def of_organisation(organisation: Organisation) -> QuerySet[Deviation]:
    """All of one organisation, the open ones first, then latest first: for its page and control sheet."""
    closed_last = Case(When(level__in=CLOSED, then=Value(1)), default=Value(0), output_field=IntegerField())
    found = Deviation.objects.filter(organisation=organisation).select_related("record__case", "decision")
    return found.order_by(closed_last, "-seen_at", "-pk")


def seen_by_organisation(organisation: Organisation) -> QuerySet[Deviation]:
    """What the organisation itself sees: what a person has confirmed or written to it about (L-40).

    What nobody has confirmed is a working note (L-04).
    """
    told = Hearing.objects.filter(deviation__organisation=organisation).order_by().values("deviation")
    found = of_organisation(organisation).filter(Q(confirmed_at__isnull=False) | Q(pk__in=told))
    return found.prefetch_related("evidence", "hearings", "comments__record__case")


def _levels(word: str) -> Q:
    if word in set(Level):
        return Q(level=word)
    return {ALL_OPEN: Q(level__in=OPEN), ALL_CLOSED: Q(level__in=CLOSED)}.get(word, Q())
