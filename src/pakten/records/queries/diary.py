"""The staff's diary. One query object serves page, export and counts. Drafts are never in it (L-04)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from pakten.records.models import Case, CaseState, MarkState, Record, RecordType, SecrecyMark, State
from pakten.records.models.record import REGISTERED
from pakten.records.policies import OLD_DRAFT
from pakten.records.words import search_key

PAGE_SIZE = 50
# Ids of the cases in which the reader has a conflict of interest.
Closed = frozenset[Any]


class Sort(StrEnum):
    """How the diary may be ordered; a leading minus is latest or last first."""

    DATE = "datum"
    DATE_DESC = "-datum"
    NUMBER = "nummer"
    NUMBER_DESC = "-nummer"


_RECORD_ORDER = {
    Sort.DATE: ("received_or_drawn_up_at", "pk"),
    Sort.DATE_DESC: ("-received_or_drawn_up_at", "-pk"),
    Sort.NUMBER: ("case__year", "case__serial", "case__registry_no", "record_no"),
    Sort.NUMBER_DESC: ("-case__year", "-case__serial", "-case__registry_no", "-record_no"),
}
_CASE_ORDER = {
    Sort.DATE: ("opened_at", "pk"),
    Sort.DATE_DESC: ("-opened_at", "-pk"),
    Sort.NUMBER: ("year", "serial", "registry_no"),
    Sort.NUMBER_DESC: ("-year", "-serial", "-registry_no"),
}


@dataclass(frozen=True, slots=True)
class DiaryFilters:
    """What to show; empty = no limit. ``state`` is a case's; both days are included.

    ``marked`` = with a secrecy mark in force, ``due`` = to be disposed of now, ``old_drafts`` = cases with
    a draft that has lain too long.
    """

    search: str = ""
    direction: str = ""
    type_code: str = ""
    state: str = ""
    first_day: date | None = None
    last_day: date | None = None
    marked: bool = False
    due: bool = False
    old_drafts: bool = False
    sort: Sort = Sort.DATE_DESC

    @property
    def looks_inside(self) -> bool:
        """Does it ask for what only those who work with a case may know?"""
        return self.marked or self.due or self.old_drafts


def records(filters: DiaryFilters, *, closed: Closed = frozenset()) -> QuerySet[Record]:
    """The records that ``filters`` describe, with their cases and types, and whether they are marked.

    Those of ``closed`` cases are found by what everybody may read of them, and by nothing else (L-17).
    """
    found = registered().filter(*_span("received_or_drawn_up_at", filters))
    for word in search_key(filters.search).split():
        told = Q(search_key__contains=word) | Q(case__search_key__contains=word)
        if closed:
            told = told & ~Q(case__in=closed) | Q(case__in=closed, public_entry__search_key__contains=word)
        found = found.filter(told)
    if filters.direction:
        found = found.filter(direction=filters.direction)
    if filters.type_code:
        found = found.filter(record_type__code=filters.type_code)
    if filters.state:
        found = found.filter(case__state=filters.state)
    if filters.marked:
        found = found.filter(_is_marked())
    if filters.due:
        found = found.filter(_due())
    if filters.old_drafts:
        found = found.filter(case__in=_with_old_drafts())
    if filters.looks_inside:
        found = found.exclude(case__in=closed)
    return found.order_by(*_RECORD_ORDER[filters.sort])


def with_public(found: QuerySet[Record]) -> QuerySet[Record]:
    """The same records with their public rows: all that somebody with a conflict of interest sees."""
    return found.select_related("public_entry")


def cases(filters: DiaryFilters, *, closed: Closed = frozenset()) -> QuerySet[Case]:
    """The cases that ``filters`` describe: those that have such records, or that the words are about.

    Each has ``record_count`` and ``latest``, the time of its last record. ``closed`` cases as in
    :func:`records`; none is found by words, since everybody may read only those of its records.
    """
    found = Case.objects.select_related("responsible").filter(*_span("opened_at", filters))
    for word in search_key(filters.search).split():
        found = found.filter(search_key__contains=word)
    if filters.state:
        found = found.filter(state=filters.state)
    if filters.old_drafts:
        found = found.filter(pk__in=_with_old_drafts())
    if filters.direction or filters.type_code or filters.marked or filters.due:
        inside = DiaryFilters(
            direction=filters.direction, type_code=filters.type_code, marked=filters.marked, due=filters.due
        )
        found = found.filter(pk__in=records(inside).order_by().values("case"))
    if filters.search or filters.looks_inside:
        found = found.exclude(pk__in=closed)
    is_record = Q(records__state__in=REGISTERED)
    counted = found.annotate(
        record_count=Count("records", filter=is_record),
        latest=Max("records__received_or_drawn_up_at", filter=is_record),
    )
    return counted.order_by(*_CASE_ORDER[filters.sort])


def registered() -> QuerySet[Record]:
    """All records, drafts never; ``is_marked`` tells of a secrecy mark in force."""
    return (
        Record.objects.filter(state__in=REGISTERED)
        .select_related("case", "record_type")
        .annotate(is_marked=_is_marked())
    )


def due_for_disposal() -> QuerySet[Record]:
    """Records whose time is out: they must be disposed of, by decision (L-35)."""
    return registered().filter(_due())


def old_drafts() -> QuerySet[Record]:
    """Drafts that have lain too long, oldest first."""
    before = timezone.now() - OLD_DRAFT
    return Record.objects.filter(state=State.DRAFT, created_at__lt=before).order_by("created_at")


def came_in_on(day: date) -> QuerySet[Record]:
    """What was received on that day."""
    return records(DiaryFilters(direction="in", first_day=day, last_day=day))


def types() -> QuerySet[RecordType]:
    """The record types, by title."""
    return RecordType.objects.all()


def counts_by_state() -> dict[CaseState, int]:
    """How many cases there are in each state, zero included."""
    found = dict(Case.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state.value, 0) for state in CaseState}


def _with_old_drafts() -> QuerySet[Record]:
    return old_drafts().order_by().values("case")  # type: ignore[return-value]


def _is_marked() -> Exists:
    return Exists(SecrecyMark.objects.filter(record=OuterRef("pk"), state=MarkState.IN_FORCE))


def _due() -> Q:
    return Q(state=State.RECORD, dispose_after__isnull=False, dispose_after__lt=timezone.localdate())


def _span(column: str, filters: DiaryFilters) -> list[Q]:
    wanted = []
    if filters.first_day:
        wanted.append(Q(**{f"{column}__gte": _midnight(filters.first_day)}))
    if filters.last_day:
        wanted.append(Q(**{f"{column}__lt": _midnight(filters.last_day + timedelta(days=1))}))
    return wanted


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
