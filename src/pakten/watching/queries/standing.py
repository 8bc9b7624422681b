"""Reads: how the active members stand now, each by its newest control, and the lists behind the counts.

``reader``: as in :mod:`pakten.watching.queries.due`.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from pakten.accounts.models import User
from pakten.checks.models import Control, ControlResult, RunState
from pakten.members.models import Membership
from pakten.members.queries import active_memberships
from pakten.members.queries.conflicts import closed_organisations

NEVER = "aldrig"


def standing(reader: User | None = None) -> dict[str, int]:
    """Active members by how their newest control stands now, and ``never`` controlled."""
    rows = _standing(reader).order_by()
    found = dict(rows.values_list("stands").annotate(Count("pk")))
    return {result: found.get(result, 0) for result in ControlResult.values} | {"never": found.get(None, 0)}


def members_at(which: str, reader: User | None = None) -> QuerySet[Membership]:
    """The members behind one of the counts: a result, or ``NEVER``; all of them for anything else."""
    rows = _standing(reader).order_by("organisation__sort_key", "pk")
    if which in ControlResult.values:
        rows = rows.filter(stands=which)
    elif which == NEVER:
        rows = rows.filter(stands=None)
    found: QuerySet[Membership] = rows
    return found


def _standing(reader: User | None) -> Any:
    # Any: what is annotated is no field that the types know.
    finished = Control.objects.filter(membership=OuterRef("pk"), run__state=RunState.FINISHED)
    newest = finished.order_by("-run_id")
    rows = active_memberships().annotate(
        stands=Subquery(newest.values("result")[:1]), stood_at=Subquery(newest.values("made_at")[:1])
    )
    return rows if reader is None else rows.exclude(organisation__in=closed_organisations(reader))
