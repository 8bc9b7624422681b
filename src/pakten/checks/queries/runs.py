"""Reads: runs and what they gave, by the four words. Unknown always stands beside the others.

``reader`` is who asks: members in whose cases they have a conflict of interest are in no list and no count,
since a count that is one more than its list would tell (L-17). None: the system itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from pakten.accounts.models import User
from pakten.checks.models import Control, ControlResult, ControlRun, Extent, LikenessState, RunState
from pakten.checks.scope import scope_of
from pakten.checks.words import reason_in_words
from pakten.members.models import Membership, State
from pakten.members.queries import memberships
from pakten.members.queries.conflicts import closed_organisations
from pakten.organisations.keys import search_key
from pakten.organisations.models import Sector

OPEN_STATES = (LikenessState.WAITING, LikenessState.PROPOSED)
LONG_AGO = timedelta(days=365)
NO_PERSONS, NO_OWNERS = "inga-personer", "inga-agare"
UNTOLD = {
    NO_PERSONS: ("Personer", "Vi känner inte till några personer i organisationen."),
    NO_OWNERS: ("Ägare", "Vi känner inte till några ägare till företaget."),
}
_ORDER = (ControlResult.NOT_MET, ControlResult.UNKNOWN, ControlResult.MET, ControlResult.NOT_APPLICABLE)
_NEEDS_A_PERSON = Case(*(When(result=result, then=Value(place)) for place, result in enumerate(_ORDER)))


@dataclass(frozen=True, slots=True)
class ControlFilters:
    """Which members of a run to list; empty = all."""

    result: str = ""
    search: str = ""
    waiting: bool = False
    unchecked: str = ""  # the key of an Unchecked


@dataclass(frozen=True, slots=True)
class Unchecked:
    """One reason why something could not be compared, and how many members it touches."""

    key: str
    list_title: str
    reason: str
    members: int


def runs() -> QuerySet[ControlRun]:
    """All runs over the whole network, newest first."""
    return every_run().filter(extent=Extent.NETWORK)


def every_run() -> QuerySet[ControlRun]:
    """All runs, those over only the members that a change touched included, newest first."""
    return ControlRun.objects.select_related("started_by", "job")


def runs_with(edition_id: str) -> list[ControlRun]:
    """The runs that used this edition, newest first: which controls a wrong edition touched."""
    return [run for run in every_run() if any(used["edition_id"] == edition_id for used in run.editions)]


def uses_of_editions() -> Counter[str]:
    """How many runs used each edition, by the edition's id."""
    used = ControlRun.objects.order_by().values_list("editions", flat=True)
    return Counter(edition["edition_id"] for editions in used for edition in editions)


def latest_finished() -> ControlRun | None:
    """The newest run that went through."""
    return runs().filter(state=RunState.FINISHED).first()


def finished_since(moment: datetime) -> int:
    """How many runs went through after ``moment``."""
    return runs().filter(state=RunState.FINISHED, finished_at__gte=moment).count()


def running() -> ControlRun | None:
    """The run under way, if any."""
    return runs().filter(state=RunState.RUNNING).first()


def controls_of(run: ControlRun, filters: ControlFilters, *, reader: User | None = None) -> QuerySet[Control]:
    """The members of a run that ``filters`` describe, those that need a person first, then by name.

    ``alike`` is the number of likenesses, ``waiting`` those of them to judge or to confirm.

    What a run found before it finished is never handed out.
    """
    if run.state != RunState.FINISHED:
        return Control.objects.none()
    rows = (
        _seen_in(run, reader)
        .select_related("membership__organisation")
        .annotate(
            waiting=Count(
                "likenesses",
                filter=Q(likenesses__state__in=OPEN_STATES, likenesses__binds=True),
                distinct=True,
            ),
            alike=Count("likenesses", distinct=True),
        )
        .order_by(_NEEDS_A_PERSON, "membership__organisation__sort_key", "membership_id")
    )
    if filters.result in ControlResult.values:
        rows = rows.filter(result=filters.result)
    for word in search_key(filters.search).split():
        rows = rows.filter(membership__organisation__search_key__contains=word)
    if filters.unchecked:
        touched = _untold(run, reader) if filters.unchecked in UNTOLD else _touched(run, reader)
        rows = rows.filter(pk__in=touched.get(filters.unchecked, ()))
    return rows.filter(waiting__gt=0) if filters.waiting else rows


def _seen_in(run: ControlRun, reader: User | None) -> QuerySet[Control]:
    rows = Control.objects.filter(run=run)
    if reader is None:
        return rows
    return rows.exclude(membership__organisation__in=closed_organisations(reader))


def counts_now(run: ControlRun, reader: User | None = None) -> dict[str, int]:
    """Members per result as they stand now, judgements included, zero too."""
    found = dict(_seen_in(run, reader).order_by().values_list("result").annotate(Count("pk")))
    return {result: found.get(result, 0) for result in ControlResult.values}


def unchecked(run: ControlRun, reader: User | None = None) -> list[Unchecked]:
    """What the run could not compare, with what, and how many members it touches; the most common first."""
    words = {
        _key(item): item for items in _items(run, reader).values() for item in items if _not_compared(item)
    }
    found = [
        Unchecked(key, words[key]["list_title"], reason_in_words(words[key]), len(members))
        for key, members in _touched(run, reader).items()
    ]
    return sorted(found, key=lambda one: (-one.members, one.key))


def untold(run: ControlRun, reader: User | None = None) -> list[Unchecked]:
    """Whom the run could not compare because nobody has told us of them: what *met* says nothing about."""
    found = _untold(run, reader)
    return [Unchecked(key, *UNTOLD[key], len(found[key])) for key in UNTOLD if found[key]]


def waiting_members(run: ControlRun, reader: User | None = None) -> int:
    """How many members of the run have a likeness that waits for a person."""
    rows = _seen_in(run, reader).filter(likenesses__state__in=OPEN_STATES, likenesses__binds=True)
    return rows.values("pk").distinct().count()


def _untold(run: ControlRun, reader: User | None) -> dict[str, set[int]]:
    """The controls where no person, or in the private sector no owner, is known, by the keys of UNTOLD."""
    found: dict[str, set[int]] = {key: set() for key in UNTOLD}
    rows = _seen_in(run, reader).exclude(result=ControlResult.NOT_APPLICABLE).order_by()
    for control in rows.select_related("membership__organisation").only(
        "items", "membership__organisation__sector", "membership__organisation__org_nr"
    ):
        scope, organisation = scope_of(control.items), control.membership.organisation
        if not scope.persons:
            found[NO_PERSONS].add(control.pk)
        # A sole trader is the owner; associations have none.
        if not scope.owners and organisation.sector == Sector.PRIVATE and not organisation.sole_trader:
            found[NO_OWNERS].add(control.pk)
    return found


def _items(run: ControlRun, reader: User | None) -> dict[int, list[dict[str, Any]]]:
    return dict(_seen_in(run, reader).order_by().values_list("pk", "items"))


def _touched(run: ControlRun, reader: User | None) -> dict[str, set[int]]:
    """The controls that each hindrance touches."""
    touched: dict[str, set[int]] = defaultdict(set)
    for control, items in _items(run, reader).items():
        for item in items:
            if _not_compared(item):
                touched[_key(item)].add(control)
    return touched


def _key(item: dict[str, Any]) -> str:
    return f"{item['list_id']}.{item['reason']}"


def _not_compared(item: dict[str, Any]) -> bool:
    return bool(item["result"] == ControlResult.UNKNOWN and not item["likenesses"])


def latest_control(membership: Membership) -> Control | None:
    """The member's newest control in a run that went through."""
    return (
        Control.objects.filter(membership=membership, run__state=RunState.FINISHED)
        .select_related("run__started_by", "membership__organisation")
        .first()
    )


def controls_of_member(membership: Membership) -> QuerySet[Control]:
    """All controls of a member in runs that went through, newest first."""
    return Control.objects.filter(membership=membership, run__state=RunState.FINISHED).select_related("run")


def latest_controls(memberships: Iterable[int]) -> dict[int, Control]:
    """Each membership's newest control in a run that went through, without receipt and items."""
    found = Control.objects.filter(membership__in=list(memberships), run__state=RunState.FINISHED)
    newest_last = found.defer("receipt", "items").order_by("run_id", "pk")
    return {control.membership_id: control for control in newest_last}


def never_controlled(reader: User | None = None) -> QuerySet[Membership]:
    """Active members without any finished control."""
    return _active(reader).filter(~Exists(_finished_controls()))


def controlled_long_ago(reader: User | None = None) -> QuerySet[Membership]:
    """Active members whose last finished control is older than twelve months."""
    recent = _finished_controls().filter(made_at__gte=timezone.now() - LONG_AGO)
    return _active(reader).filter(Exists(_finished_controls()), ~Exists(recent))


@dataclass(frozen=True, slots=True)
class Overdue:
    """How many active members were never controlled, and how many not for twelve months."""

    never: int
    long_ago: int


def overdue(reader: User | None = None) -> Overdue:
    """The lengths of :func:`never_controlled` and :func:`controlled_long_ago`, in one query."""
    latest = _finished_controls().order_by("-made_at").values("made_at")[:1]
    old = Q(latest_at__lt=timezone.now() - LONG_AGO)
    rows = _active(reader).order_by().annotate(latest_at=Subquery(latest))
    return Overdue(
        **rows.aggregate(never=Count("pk", filter=Q(latest_at=None)), long_ago=Count("pk", filter=old))
    )


def dormant(_reader: User | None = None) -> QuerySet[Membership]:
    """Members that a control leaves out, because they are dormant. It tells nothing of a control."""
    return memberships().filter(state=State.DORMANT).order_by("organisation__sort_key")


def _active(reader: User | None) -> QuerySet[Membership]:
    rows = memberships().filter(state=State.ACTIVE).order_by("organisation__sort_key")
    return rows if reader is None else rows.exclude(organisation__in=closed_organisations(reader))


def _finished_controls() -> QuerySet[Control]:
    return Control.objects.filter(membership=OuterRef("pk"), run__state=RunState.FINISHED)
