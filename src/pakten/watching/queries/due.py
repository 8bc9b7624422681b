"""Reads: who is to be gone through, when, and why; the longest overdue first.

``reader`` is who asks: members in whose cases they have a conflict of interest are left out of lists and
counts (L-17). None: the system itself, which has none.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from pakten.accounts.models import User
from pakten.checks.models import BasicControl, BasicState
from pakten.members.models import Membership, State
from pakten.members.queries import active_memberships
from pakten.members.queries.conflicts import closed_organisations
from pakten.watching.models import Watched

SOON = timedelta(days=30)


def calendar(reader: User | None = None) -> QuerySet[Watched]:
    """Active members by the day when they are to be gone through; ``under_way``: somebody has begun."""
    rows = Watched.objects.filter(membership__state=State.ACTIVE, membership__organisation__merged_into=None)
    if reader is not None:
        rows = rows.exclude(membership__organisation__in=closed_organisations(reader))
    rows = rows.exclude(next_on=None).annotate(under_way=_has(BasicState.OPEN))
    return rows.select_related("membership__organisation").order_by(
        "next_on", "membership__organisation__sort_key"
    )


def due(reader: User | None = None) -> QuerySet[Watched]:
    """Those whose day has come."""
    return calendar(reader).filter(next_on__lte=timezone.localdate())


def due_to_order() -> QuerySet[Watched]:
    """Those whose day has come and whom nobody has begun with."""
    return due().filter(~_has(BasicState.OPEN))


def due_soon(reader: User | None = None) -> QuerySet[Watched]:
    """Those whose day comes within thirty days."""
    today = timezone.localdate()
    return calendar(reader).filter(next_on__gt=today, next_on__lte=today + SOON)


def never(reader: User | None = None) -> QuerySet[Watched]:
    """Those whose check list nobody has ever gone through: due since they became members."""
    return calendar(reader).filter(~_has(BasicState.DONE))


# What a list may be asked for by name, in the words of the address.
LISTS: dict[str, tuple[str, Callable[[User | None], QuerySet[Watched]]]] = {
    "dags": ("De vars dag har kommit", due),
    "snart": ("De närmaste trettio dagarna", due_soon),
    "aldrig": ("Aldrig kontrollerade", never),
}


def not_met() -> QuerySet[Membership]:
    """Active members who have no place in the order yet: new ones, until the clock has looked."""
    reckoned = Watched.objects.filter(~Q(next_on=None), membership=OuterRef("pk"))
    return active_memberships().filter(~Exists(reckoned))


def anyone_new() -> bool:
    """Whether there is any such member."""
    return not_met().exists()


def _has(state: BasicState) -> Exists:
    rows = BasicControl.objects.filter(organisation=OuterRef("membership__organisation"), state=state)
    return Exists(rows)
