"""Controlling the members of a run: each member is compared, stored in one transaction, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.checks.hooks import tell_standing
from pakten.checks.models import Control, ControlRun, RunState
from pakten.checks.refusals import ChecksRefused
from pakten.checks.results import member_result
from pakten.checks.services import runs
from pakten.checks.services.comparison import Comparison
from pakten.checks.services.likenesses import keep
from pakten.checks.services.outcome import items_of, recompute, verdicts_among
from pakten.checks.services.receipts import receipt_of, seal
from pakten.checks.subjects import Member, member_of
from pakten.members.models import Membership
from pakten.organisations.queries import subjects

CHUNK = 20
ENDED = "Kontrollen avbröts innan den blev klar. Starta en ny."


def execute(
    run_id: int, *, tell: Callable[[int, int], None], comparison: Comparison | None = None
) -> ControlRun:
    """Control every member of the run that is not controlled yet, then close the run.

    May be called again after an interruption: what is stored stays, the rest is done. ``tell`` gets done and
    total outside transactions and may raise to stop the work. ``comparison``: one on the run's own ground
    that is made already.
    """
    run = runs.resume(run_id)
    if run.state == RunState.FINISHED:
        return run
    done = set(Control.objects.filter(run=run).values_list("membership_id", flat=True))
    left = [pk for pk in run.members if pk not in done]
    total, count = len(run.members), len(done)
    tell(count, total)
    comparison = comparison or Comparison(run)
    for chunk in _chunks(left):
        for membership, member in _members(chunk):
            try:
                _control(run, comparison, membership=membership, member=member)
            except IntegrityError:
                # A worker that was taken for dead may still be writing: what it has stored stands.
                if not _is_settled(run, membership):
                    raise
        count += len(chunk)
        tell(count, total)
    finished = runs.finish(run_id)
    if finished.state != RunState.FINISHED:
        raise ChecksRefused(ENDED)
    return finished


def _is_settled(run: ControlRun, membership: Membership) -> bool:
    """Whether the member is controlled, or gone from the register: nobody else is left out without a word."""
    controlled = Control.objects.filter(run=run, membership=membership).exists()
    return controlled or not Membership.objects.filter(pk=membership.pk).exists()


def _chunks(keys: Sequence[int]) -> Iterator[list[int]]:
    remaining = iter(keys)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk


def _members(keys: Sequence[int]) -> Iterator[tuple[Membership, Member]]:
    """What is known today of these members. A membership that is gone from the register is left out."""
    memberships = Membership.objects.filter(pk__in=keys).select_related("organisation").order_by("pk")
    known = subjects([row.organisation_id for row in memberships], as_of=timezone.localdate())
    for membership in memberships:
        yield membership, member_of(known[membership.organisation_id])


def _hold(run: ControlRun) -> None:
    """Keep the run from being ended until this member is stored. Raises ChecksRefused when it has been."""
    if not ControlRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(state=RunState.RUNNING):
        raise ChecksRefused(ENDED)


def _control(run: ControlRun, comparison: Comparison, *, membership: Membership, member: Member) -> None:
    now = timezone.now()
    compared = comparison.of(member, now)
    with transaction.atomic():
        _hold(run)
        keys = {
            key: keep(run, membership.organisation_id, found=found, now=now)
            for key, found in compared.found.items()
        }
        # A likeness that was opened again leaves the member's earlier result without its ground.
        recompute(keys.values())
        tell_standing(keys.values())
        items = compared.items(keys)
        # Read after the likenesses are locked by having been written: a judgement made meanwhile is seen.
        result = member_result(items_of(items), verdicts_among(keys.values()))
        receipt = receipt_of(run, membership.organisation, compared=compared, items=items, result=result)
        control = Control.objects.create(
            run=run,
            membership=membership,
            made_at=now,
            result=result,
            result_at_run=result,
            items=items,
            receipt=receipt,
            receipt_sha256=seal(receipt),
        )
        control.likenesses.set(keys.values())
