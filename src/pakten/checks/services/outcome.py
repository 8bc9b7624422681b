"""Bring the stored results of members in line with the judgements that count."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from pakten.checks.models import Control, Likeness, RunState
from pakten.checks.results import Item, member_result
from vandel.model import Result


def items_of(stored: Sequence[dict[str, Any]]) -> list[Item]:
    """The stored items of a control as the values that the result is computed from."""
    return [Item(item["binds"], Result(item["result"]), tuple(item["likenesses"])) for item in stored]


def recompute(likeness_ids: Iterable[int]) -> None:
    """Recompute the newest control of each member that these likenesses touch; older ones stay as they were.

    Call inside the transaction of the change. The rows are locked first, so that two judgements on the same
    member see each other on PostgreSQL; SQLite lets one writer in at a time anyway.
    """
    touched = Control.objects.filter(likenesses__in=list(likeness_ids)).order_by().values("membership_id")
    current = Control.objects.filter(current_controls(), membership_id__in=touched)
    # Not the rows of the runs: one that is being closed has its own locked, and waits for our likeness.
    for control in current.order_by("pk").select_for_update(of=("self",)):
        result = member_result(items_of(control.items), verdicts_of(control))
        if result != control.result:
            Control.objects.filter(pk=control.pk).update(result=result)


def current_controls() -> Q:
    """Controls that still follow judgements: each member's newest finished one, and any that is not finished.

    A run that was interrupted may go on, and then shows what it stored before.
    """
    newer = Control.objects.filter(
        membership=OuterRef("membership"), run__state=RunState.FINISHED, pk__gt=OuterRef("pk")
    )
    return ~Q(run__state=RunState.FINISHED) | ~Q(Exists(newer))


def verdicts_of(control: Control) -> dict[int, str]:
    """The judgements that count for the likenesses of one control."""
    return dict(Likeness.objects.filter(controls=control).values_list("pk", "verdict"))


def verdicts_among(likeness_ids: Iterable[int]) -> dict[int, str]:
    """The judgements that count for these likenesses."""
    return dict(Likeness.objects.filter(pk__in=list(likeness_ids)).values_list("pk", "verdict"))
