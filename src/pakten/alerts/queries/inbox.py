"""Reads: what needs a person. One query object behind page, export, counts and the home page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from pakten.accounts.models import User
from pakten.alerts import policies
from pakten.alerts.models import Alert, AlertKind, AlertState
from pakten.members.queries.conflicts import closed_organisations
from pakten.organisations.keys import search_key

PAGE_SIZE = 50
MINE, NOBODY, OTHERS = "jag", "ingen", "andra"
# The second value is what older addresses and kept filters have.
FIRST, SECOND = "nej", "on"
NO_LIKENESS = "utom-namnlikheter"
TODO, WAITS, SNOOZED, DONE = "att-gora", "vantar", "pausade", "klara"
_OPEN = ~Q(state=AlertState.CLOSED)
TABS: dict[str, Q] = {
    TODO: Q(state__in=(AlertState.OPEN, AlertState.PROPOSED), snoozed_until=None),
    WAITS: Q(state=AlertState.NEEDS, snoozed_until=None),
    SNOOZED: _OPEN & ~Q(snoozed_until=None),
    DONE: Q(state=AlertState.CLOSED),
}


@dataclass(frozen=True, slots=True)
class InboxFilters:
    """What to list; empty = no limit. ``who``: :data:`MINE`, :data:`NOBODY`, :data:`OTHERS` or somebody's id.

    ``kind``: one kind, or :data:`NO_LIKENESS` for all others than likenesses. ``step``: :data:`FIRST` or
    :data:`SECOND`. ``answerable``: only what the person may judge.
    """

    tab: str = TODO
    search: str = ""
    kind: str = ""
    sector: str = ""
    who: str = ""
    late: bool = False
    step: str = ""
    answerable: bool = False
    outcome: str = ""


def inbox(filters: InboxFilters, person: User) -> QuerySet[Alert]:
    """The alerts that ``filters`` describe: what was brought to the top first, then by date."""
    rows = shown_to(person).filter(TABS[filters.tab])
    rows = rows.select_related("organisation", "likeness", "assigned_to", "proposed_by", "closed_by")
    for word in search_key(filters.search).split():
        rows = rows.filter(organisation__search_key__contains=word)
    if filters.kind == NO_LIKENESS:
        rows = rows.exclude(kind=AlertKind.LIKENESS)
    elif filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.sector:
        rows = rows.filter(organisation__sector=filters.sector)
    if filters.who:
        rows = rows.filter(held_by(filters.who, person))
    if filters.late:
        rows = rows.filter(_OPEN, due_on__lt=timezone.localdate())
    if filters.step:
        rows = rows.filter(step(filters.step))
    if filters.answerable:
        rows = rows.filter(answerable_by(person))
    if filters.outcome:
        rows = rows.filter(outcome=filters.outcome)
    if filters.tab == DONE:
        return rows.order_by("-closed_at", "-pk")
    return rows.order_by(F("boosted_at").desc(nulls_last=True), "due_on", "pk")


def shown_to(person: User) -> QuerySet[Alert]:
    """All but those about organisations in whose cases the person has a conflict of interest (L-17)."""
    closed = closed_organisations(person)
    # Written out, since NOT IN leaves out what is about no organisation.
    return Alert.objects.filter(Q(organisation=None) | ~Q(organisation__in=closed))


def tab_counts(person: User) -> dict[str, int]:
    """How many there are under each tab."""
    rows = shown_to(person).order_by()
    return rows.aggregate(**{_name(tab): Count("pk", filter=which) for tab, which in TABS.items()})


def count_of(counts: dict[str, int], tab: str) -> int:
    """How many there are under one tab."""
    return counts[_name(tab)]


def alert_shown_to(person: User, alert_id: int) -> Alert:
    """The alert with all that its page shows. Raises Alert.DoesNotExist, PermissionDenied for a conflict."""
    rows = Alert.objects.select_related(
        "organisation",
        "likeness",
        "assigned_to",
        "proposed_by",
        "closed_by",
        "confirmed_by",
        "first_reader",
    )
    found = rows.get(pk=alert_id)
    policies.check_no_conflict_in(person, found)
    return found


def open_alert_of(likeness_id: int) -> Alert | None:
    """The open alert of a likeness, or None where nobody needs to judge it."""
    rows = Alert.objects.filter(_OPEN, likeness=likeness_id).select_related("assigned_to", "organisation")
    return rows.first()


def chosen(person: User, keys: Iterable[int]) -> list[Alert]:
    """These alerts, as far as they are shown to the person."""
    return list(shown_to(person).filter(pk__in=list(keys)).select_related("organisation", "likeness"))


def handlers() -> QuerySet[User]:
    """Whom an alert may be given to, by name."""
    found = User.objects.filter(is_active=True, role_assignments__role__in=policies.HANDLE).distinct()
    return found.order_by("last_name", "first_name", "pk")


def earlier_alerts(alert: Alert, person: User, *, most: int = 20) -> QuerySet[Alert]:
    """What people answered before about the same organisation, newest first."""
    rows = shown_to(person).filter(state=AlertState.CLOSED, likeness=None).exclude(closed_by=None)
    rows = rows.filter(organisation=alert.organisation_id).exclude(organisation=None).exclude(pk=alert.pk)
    return rows.select_related("closed_by", "confirmed_by").order_by("-closed_at", "-pk")[:most]


def held_by(who: str, person: User) -> Q:
    """The condition on who has it: the person, nobody, somebody else, or whoever has this id."""
    if who == MINE:
        return Q(assigned_to=person)
    if who == OTHERS:
        return Q(assigned_to__isnull=False) & ~Q(assigned_to=person)
    return Q(assigned_to=None) if who == NOBODY else Q(assigned_to=int(who))


def step(which: str) -> Q:
    """The condition on what it waits for: a first judgement, or a second person's word on it."""
    return Q(state=AlertState.PROPOSED) if which == SECOND else ~Q(state=AlertState.PROPOSED)


def answerable_by(person: User) -> Q:
    """All but one's own: samples of what one made oneself, and proposals that wait for another's word."""
    # Written out, since a column without a value is neither the person nor another.
    mine = Q(first_reader=person, first_reader__isnull=False)
    proposed = Q(state=AlertState.PROPOSED)
    own = Q(proposed_by=person, proposed_by__isnull=False)
    alike = Q(likeness__proposal__by=person, likeness__proposal__isnull=False)
    return ~mine & ~(proposed & own) & ~(proposed & alike)


def _name(tab: str) -> str:
    return tab.replace("-", "_")
