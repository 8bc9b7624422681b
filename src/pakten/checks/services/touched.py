"""A run over only the members that a change touches, ordered by a change and not by a person."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from pakten.audit.services import record
from pakten.checks.ground import ListsInForce
from pakten.checks.models import ControlRun, Extent, RunState
from pakten.checks.refusals import ChecksRefused
from pakten.checks.services.runs import digests_of, interrupt
from pakten.jobs.models import Job


@transaction.atomic
def begin(ground: ListsInForce, members: Sequence[int], *, because: str, job: Job | None) -> ControlRun:
    """A run over these memberships on this ground, to be executed by the caller.

    It counts for the members in it as any control does, and is never shown as a control of the network. One
    that was left running is interrupted first. Raises ChecksRefused without a binding list to compare with,
    or when another one was begun at the same moment.
    """
    if not any(edition["binds"] for edition in ground.editions):
        raise ChecksRefused("Det finns ingen lista i kraft som går att använda.")
    for left in ControlRun.objects.filter(state=RunState.RUNNING, extent=Extent.TOUCHED):
        interrupt(left.pk, "Arbetet stannade innan alla medlemmar var kontrollerade.")
    try:
        with transaction.atomic():
            run = ControlRun.objects.create(
                extent=Extent.TOUCHED,
                because=because,
                job=job,
                editions=ground.editions,
                gaps=ground.gaps,
                engine_version=ground.engine_version,
                rule_version=ground.rule_version,
                threshold=ground.threshold,
                members=list(members),
            )
    except IntegrityError as error:
        raise ChecksRefused("En annan omkontroll har just börjat.") from error
    after = {"editions": digests_of(run), "members": len(members), "threshold": run.threshold}
    record("checks.run.started", run, actor=None, after=after, reason=because)
    return run
