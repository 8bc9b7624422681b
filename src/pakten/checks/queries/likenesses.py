"""Reads: the inbox of likenesses, and what is known around one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from pakten.accounts.models import User
from pakten.checks.models import Act, Likeness, LikenessJudgement, LikenessState, ListEdition
from pakten.members.queries.conflicts import closed_organisations
from pakten.organisations.keys import search_key
from vandel.lists import catalogue

# So many earlier judgements stand beside one that is to be made.
EARLIER = 20

# What each tab of the inbox shows.
TABS = {
    "vantar": LikenessState.WAITING,
    "bekrafta": LikenessState.PROPOSED,
    "bedomda": LikenessState.JUDGED,
    "borta": LikenessState.GONE,
}


@dataclass(frozen=True, slots=True)
class LikenessFilters:
    """Which likenesses to list. Lists that don't bind are shown only when asked for (``information``)."""

    tab: str = "vantar"
    search: str = ""
    list_id: str = ""
    kind: str = ""
    verdict: str = ""
    mine: bool = False
    information: bool = False


def likenesses(filters: LikenessFilters, person: User) -> QuerySet[Likeness]:
    """The likenesses that ``filters`` describe, oldest first; judged ones newest first."""
    rows = open_to(person).filter(state=TABS[filters.tab], binds=not filters.information)
    rows = rows.select_related("organisation", "judgement__by", "judgement__confirmed_by", "proposal__by")
    for field in ("list_id", "kind", "verdict"):
        value = getattr(filters, field)
        if value:
            rows = rows.filter(**{"subject_kind" if field == "kind" else field: value})
    for word in search_key(filters.search).split():
        rows = rows.filter(organisation__search_key__contains=word)
    if filters.mine:
        rows = rows.filter(
            Q(judgement__by=person) | Q(proposal__by=person) | Q(judgement__confirmed_by=person)
        )
    if filters.tab in {"bedomda", "borta"}:
        return rows.order_by("-last_seen_at", "-pk")
    return rows.order_by("waiting_since", "pk")


def open_to(person: User) -> QuerySet[Likeness]:
    """All but those about organisations in whose cases the person has a conflict of interest (L-17)."""
    return Likeness.objects.exclude(organisation__in=closed_organisations(person))


def tab_counts(person: User, *, information: bool = False) -> dict[str, int]:
    """How many there are under each tab."""
    rows = open_to(person).filter(binds=not information).order_by()
    found = dict(rows.values_list("state").annotate(Count("pk")))
    return {tab: found.get(state, 0) for tab, state in TABS.items()}


def lists_seen() -> list[tuple[str, str]]:
    """The lists that any likeness is about: id and title."""
    seen = set(Likeness.objects.order_by().values_list("list_id", flat=True).distinct())
    return [(source.id, source.title_sv) for source in catalogue().values() if source.id in seen]


def next_waiting(after: Likeness, person: User) -> Likeness | None:
    """The next one for the person to judge when this one is done."""
    rows = open_to(person).filter(state=LikenessState.WAITING, binds=True).exclude(pk=after.pk)
    return rows.order_by("waiting_since", "pk").first()


def judged_since(moment: datetime, person: User) -> int:
    """How many likenesses that are open to the person got a judgement that counts after ``moment``."""
    rows = LikenessJudgement.objects.filter(act=Act.JUDGED, likeness__in=open_to(person))
    final = Q(needs_second=False, at__gte=moment) | Q(confirmed_at__gte=moment)
    return rows.filter(final).values("likeness_id").distinct().count()


def history(likeness: Likeness) -> QuerySet[LikenessJudgement]:
    """Every step on this likeness, oldest first."""
    return LikenessJudgement.objects.filter(likeness=likeness).select_related("by", "confirmed_by")


@dataclass(frozen=True, slots=True)
class Carried:
    """A judgement that still holds, and the editions (their ids) that it was made on and last seen in."""

    judgement: LikenessJudgement
    made_on: str
    seen_in: str


def carried_over(likeness: Likeness) -> Carried | None:
    """The judgement that counts, where it was made on another edition of the list than the last one seen."""
    judgement = likeness.judgement
    if judgement is None or likeness.state != LikenessState.JUDGED:
        return None
    if not judgement.edition or judgement.edition == likeness.last_edition:
        return None
    return Carried(judgement, judgement.edition, likeness.last_edition)


@dataclass(frozen=True, slots=True)
class About:
    """Whom or what earlier judgements are asked for; empty parts are not asked about."""

    organisation_id: int | None = None
    name: str = ""
    list_id: str = ""
    target_id: str = ""
    besides: int = 0  # the likeness that is being judged


@dataclass(frozen=True, slots=True)
class Earlier:
    """What people judged before: other names of the member, the same name elsewhere, the same entry."""

    on_member: list[Likeness]
    on_name: list[Likeness]
    on_entry: list[Likeness]

    def __bool__(self) -> bool:
        return bool(self.on_member or self.on_name or self.on_entry)


def earlier(about: About, person: User) -> Earlier:
    """Judgements by anyone on the member, on the person or owner, and on the list's entry, newest first.

    None of applicants in whose cases ``person`` has a conflict of interest.
    """
    rows = open_to(person).exclude(verdict="").exclude(pk=about.besides).order_by("-judgement__at", "-pk")
    rows = rows.select_related("judgement__by", "judgement__confirmed_by", "organisation")
    same_name = Q(subject_name__iexact=about.name) if about.name else Q(pk__in=[])
    same_entry = Q(list_id=about.list_id, target_id=about.target_id) if about.target_id else Q(pk__in=[])
    # Each is told once, for the first of the three reasons.
    on_member = Q(organisation=about.organisation_id) if about.organisation_id else Q(pk__in=[])
    return Earlier(
        list(rows.filter(on_member)[:EARLIER]),
        list(rows.filter(same_name & ~on_member)[:EARLIER]),
        list(rows.filter(same_entry & ~same_name & ~on_member)[:EARLIER]),
    )


def about(likeness: Likeness) -> About:
    """What earlier judgements are of interest beside this likeness."""
    return About(
        likeness.organisation_id,
        likeness.subject_name,
        likeness.list_id,
        likeness.target_id,
        besides=likeness.pk,
    )


def undecided(person: User) -> QuerySet[Likeness]:
    """Those open to the person that somebody judged as *cannot tell*."""
    return open_to(person).filter(state=LikenessState.JUDGED, verdict="cannot_tell", binds=True)


def edition_of(likeness: Likeness) -> ListEdition | None:
    """The edition in which the likeness was last seen."""
    return ListEdition.objects.filter(list_id=likeness.list_id, edition_id=likeness.last_edition).first()
