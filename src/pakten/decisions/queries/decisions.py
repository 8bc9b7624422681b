"""The list of decisions and one of them. One query object serves page, export and counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from pakten.accounts.models import User
from pakten.decisions.models import Decision, State
from pakten.records.queries.conflicts import in_conflict

PAGE_SIZE = 50
OLDEST_FIRST, LATEST_FIRST = "datum", "-datum"


@dataclass(frozen=True, slots=True)
class DecisionFilters:
    """What to show; empty = no limit, both days are included.

    ``decider`` is a user's id. ``reported``: ``yes``, ``no`` or ``execution``. ``for_person`` = waits for
    that second person.
    """

    state: str = ""
    kind: str = ""
    decider: int | None = None
    reported: str = ""
    first_day: date | None = None
    last_day: date | None = None
    for_person: User | None = None
    oldest_first: bool = False


_REPORTED = {
    "yes": Q(reported__isnull=False),
    "no": Q(reported=None, is_execution=False, state=State.IN_FORCE),
    "execution": Q(is_execution=True, state=State.IN_FORCE),
}


def decision_list(
    filters: DecisionFilters, *, drafts: bool, closed: frozenset[int] = frozenset()
) -> QuerySet[Decision]:
    """The decisions that ``filters`` describe; without ``drafts`` only those in force, which are records.

    ``closed`` are ids of cases in which the reader has a conflict of interest: of those only what is in
    force is listed, and by nothing but its day, which is all that the row shows (L-17).
    """
    found = Decision.objects.select_related(
        "item", "decided_by", "second_by", "record__case", "case", "reported__report__record__case"
    )
    if not drafts:
        found = found.filter(state=State.IN_FORCE)
    wanted = {"state": filters.state, "kind": filters.kind, "decided_by": filters.decider}
    found = found.filter(**{name: value for name, value in wanted.items() if value})
    if any(wanted.values()) or filters.reported:
        found = found.exclude(case__in=closed)
    found = found.exclude(~Q(state=State.IN_FORCE), case__in=closed)
    found = found.filter(*_span(filters), _REPORTED.get(filters.reported, Q()))
    if filters.for_person is not None:
        found = _waiting_for(found, filters.for_person)
    order = "decided_at" if filters.oldest_first else "-decided_at"
    return found.order_by(order, "pk" if filters.oldest_first else "-pk")


def waiting_for(person: User) -> QuerySet[Decision]:
    """Decisions that wait for a second person and can be this one, oldest first."""
    return decision_list(DecisionFilters(for_person=person, oldest_first=True), drafts=True)


def decision(public_id: str) -> Decision:
    """The decision with what its page shows. Raises Decision.DoesNotExist."""
    found = Decision.objects.select_related(
        "case__series", "item", "decided_by", "prepared_by", "second_by", "record__case",
        "reported__report__record__case",
    )  # fmt: skip
    return found.get(public_id=public_id)


def decisions_about(subject_type: str, subject_id: str) -> QuerySet[Decision]:
    """What was decided about something, latest first: for the page that shows it."""
    return decision_list(DecisionFilters(), drafts=True).filter(
        subject_type=subject_type, subject_id=subject_id
    )


def deciders() -> QuerySet[User]:
    """Those who have decided something, by name."""
    who = Decision.objects.order_by().values("decided_by")
    return User.objects.filter(pk__in=who).order_by("last_name", "first_name", "pk")


def _waiting_for(found: QuerySet[Decision], person: User) -> QuerySet[Decision]:
    others = found.filter(state=State.AWAITING_SECOND).exclude(case__in=in_conflict(person))
    return others.exclude(decided_by=person).exclude(prepared_by=person)


def _span(filters: DecisionFilters) -> list[Q]:
    wanted = []
    if filters.first_day:
        wanted.append(Q(decided_at__gte=_midnight(filters.first_day)))
    if filters.last_day:
        wanted.append(Q(decided_at__lt=_midnight(filters.last_day + timedelta(days=1))))
    return wanted


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
