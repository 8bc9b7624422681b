"""Reads: who the members are. One query object serves page, export and figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.utils import timezone

from pakten.members.models import Membership, Pledge, RegisterImport, State
from pakten.members.queries.texts import texts_in_force
from pakten.organisations.keys import search_key, sort_key
from pakten.organisations.models import Organisation, Sector

PAGE_SIZE = 50


class Sort(StrEnum):
    """How the member list may be ordered; a leading minus turns it round."""

    NAME = "namn"
    NAME_DESC = "-namn"
    PLACE = "ort"
    PLACE_DESC = "-ort"
    SECTOR = "sektor"
    SECTOR_DESC = "-sektor"
    STATE = "status"
    STATE_DESC = "-status"
    JOINED = "medlem_sedan"
    JOINED_DESC = "-medlem_sedan"


_SORT_FIELDS = {
    Sort.NAME: "organisation__sort_key",
    Sort.PLACE: "organisation__place",
    Sort.SECTOR: "organisation__sector",
    Sort.STATE: "state",
    Sort.JOINED: "joined_on",
}


@dataclass(frozen=True, slots=True)
class MemberFilters:
    """What to list. Empty = no limit; ``search`` looks in all names, whatever their accents.

    ``not_pledged``: who has not pledged every text in force today. ``added_from``: put into the register on
    that day or later, whenever the membership began.
    """

    search: str = ""
    sectors: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    without_number: bool = False
    not_pledged: bool = False
    added_from: date | None = None
    sort: Sort = Sort.NAME


WITHOUT_NUMBER = Q(organisation__org_nr=None)


def memberships() -> QuerySet[Membership]:
    """Each organisation's membership of today, else its newest period, with its organisation.

    A record that was merged into another is no organisation of its own, and is in no list.
    """
    others = Membership.objects.filter(organisation=OuterRef("organisation"))
    lasting = others.exclude(state=State.ENDED)
    newest = ~Exists(lasting) & ~Exists(others.filter(pk__gt=OuterRef("pk")))
    rows = counted().filter(~Q(state=State.ENDED) | newest)
    return rows.select_related("organisation")


def counted() -> QuerySet[Membership]:
    """All membership periods but those of records that were merged into another."""
    return Membership.objects.filter(organisation__merged_into=None)


def member_list(filters: MemberFilters) -> QuerySet[Membership]:
    """The memberships that ``filters`` describe, in its order."""
    rows = memberships()
    for word in search_key(filters.search).split():
        rows = rows.filter(organisation__search_key__contains=word)
    for field, values in (
        ("organisation__sector", filters.sectors),
        ("state", filters.states),
        ("organisation__place", filters.places),
        ("collective_agreement", filters.agreements),
    ):
        if values:
            rows = rows.filter(**{f"{field}__in": values})
    if filters.without_number:
        rows = rows.filter(WITHOUT_NUMBER)
    if filters.not_pledged:
        rows = rows.filter(_lacks_a_pledge())
    if filters.added_from:
        rows = rows.filter(added_from(filters.added_from))
    return rows.order_by(*_ordering(filters.sort))


def added_from(day: date) -> Q:
    """Those put into the register on that day or later."""
    return Q(created_at__date__gte=day)


def _lacks_a_pledge() -> Q:
    """Some text in force today has no pledge of the organisation."""
    lacking = Q(pk__in=[])
    for text in texts_in_force(as_of=timezone.localdate()).values():
        lacking |= Q(~Exists(Pledge.objects.filter(organisation=OuterRef("organisation"), text=text)))
    return lacking


def active_memberships() -> QuerySet[Membership]:
    """Those that a control of the network is about."""
    return counted().filter(state=State.ACTIVE).select_related("organisation").order_by("pk")


def counts_by_sector(rows: QuerySet[Membership]) -> dict[Sector, int]:
    """How many of ``rows`` there are in each sector, zero included."""
    found = dict(rows.order_by().values_list("organisation__sector").annotate(Count("pk")))
    return {sector: found.get(sector.value, 0) for sector in Sector}


def counts_by_state() -> dict[State, int]:
    """How many members there are in each state, zero included."""
    found = dict(memberships().order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state.value, 0) for state in State}


def places() -> list[str]:
    """Every place that a member has, for the filter, in Swedish order on every database."""
    found = Organisation.objects.filter(memberships__isnull=False, merged_into=None).exclude(place="")
    return sorted(found.order_by().values_list("place", flat=True).distinct(), key=sort_key)


def membership_of(public_id: str) -> Membership:
    """The newest membership of the organisation in an address. Raises Membership.DoesNotExist."""
    return memberships().get(organisation__public_id=public_id)


def is_member(organisation: Organisation) -> bool:
    """Whether the organisation has a membership that lasts, active or dormant."""
    return Membership.objects.filter(organisation=organisation).exclude(state=State.ENDED).exists()


def periods_of(organisation: Organisation) -> QuerySet[Membership]:
    """All membership periods of an organisation, newest first."""
    return Membership.objects.filter(organisation=organisation).order_by("-pk")


def register_imports() -> QuerySet[RegisterImport]:
    """All imports of a register, latest first."""
    return RegisterImport.objects.select_related("created_by", "job")


def _ordering(sort: Sort) -> tuple[str | OrderBy, ...]:
    descending = sort.value.startswith("-")
    field = F(_SORT_FIELDS[Sort(sort.value.removeprefix("-"))])
    first = field.desc(nulls_last=True) if descending else field.asc(nulls_last=True)
    return (first, "organisation__sort_key", "pk")
