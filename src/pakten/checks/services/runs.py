"""The life of a run: started by a person against one frozen set of editions, then finished or interrupted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

import vandel
from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.audit.services import record
from pakten.checks import policies
from pakten.checks.hooks import tell_finished, tell_standing
from pakten.checks.models import (
    Control,
    ControlResult,
    ControlRun,
    Extent,
    Likeness,
    LikenessState,
    RunState,
)
from pakten.checks.queries.lists import ListLine, list_lines
from pakten.checks.refusals import ChecksRefused, ListsTooOld
from pakten.jobs import services as jobs
from pakten.members.queries import active_memberships
from vandel.screening import DEFAULT_THRESHOLD, RULE_VERSION

KIND = "checks.run"
# As long as a list is fresh: what a person accepted at the start holds no longer.
RESUME_WITHIN = timedelta(hours=24)


@transaction.atomic
def start(*, actor: User | None, stale_reason: str = "") -> ControlRun:
    """Start a control of all active members; a run that is under way is returned instead.

    The editions in force are read once, here, and frozen in the run. Raises PermissionDenied, ListsTooOld
    when a list in use is older than allowed and no reason is given, ChecksRefused with nothing to compare.
    """
    check_role(actor, *policies.RUN)
    assert actor is not None
    if running := _alive_or_interrupted():
        return running
    lines = [line for line in list_lines() if line.in_use]
    _check_lists(lines, stale_reason)
    members = list(active_memberships().values_list("pk", flat=True))
    if not members:
        raise ChecksRefused("Det finns inga aktiva medlemmar att kontrollera.")
    try:
        with transaction.atomic():
            run = _create(actor, lines, members=members, stale_reason=stale_reason)
    except IntegrityError:
        return ControlRun.objects.get(state=RunState.RUNNING, extent=Extent.NETWORK)
    _order(run, actor)
    return run


def _create(actor: User, lines: list[ListLine], *, members: list[int], stale_reason: str) -> ControlRun:
    return ControlRun.objects.create(
        started_by=actor,
        editions=[line.frozen() for line in lines if line.edition],
        gaps=[_gap(line) for line in lines if not line.edition],
        engine_version=vandel.__version__,
        rule_version=RULE_VERSION,
        threshold=DEFAULT_THRESHOLD,
        stale_accepted_reason=stale_reason.strip(),
        members=members,
    )


def _order(run: ControlRun, actor: User) -> None:
    from pakten.checks.tasks import control_network  # the task calls the services, which order the task

    run.job = jobs.start(
        KIND,
        f"Kontroll av {len(run.members)} medlemmar",
        actor=actor,
        task=control_network,
        arguments={"run_id": run.pk},
    )
    ControlRun.objects.filter(pk=run.pk).update(job=run.job)
    record(
        "checks.run.started",
        run,
        actor=actor,
        after={"editions": digests_of(run), "members": len(run.members), "threshold": run.threshold},
        reason=run.stale_accepted_reason,
    )


def digests_of(run: ControlRun) -> dict[str, str]:
    """Which bytes of which list the run uses."""
    return {edition["list_id"]: edition["sha256"] for edition in run.editions}


def _check_lists(lines: list[ListLine], stale_reason: str) -> None:
    if not any(line.edition and line.binds for line in lines):
        raise ChecksRefused("Det finns ingen lista att kontrollera mot. Hämta eller läs in en lista först.")
    old = [line.title for line in lines if line.edition and line.is_red]
    if old and not stale_reason.strip():
        raise ListsTooOld(
            f"För gammal: {', '.join(old)}. Hämta en ny utgåva, eller skriv varför kontrollen ska göras ändå."
        )


def _gap(line: ListLine) -> dict[str, Any]:
    return {
        "list_id": line.list_id,
        "title": line.title,
        "binds": line.binds,
        "why": f"{line.title} är inte hämtad",
    }


def _alive_or_interrupted() -> ControlRun | None:
    """The run under way; one whose job has died is marked as interrupted, so that a new one may start."""
    running = ControlRun.objects.filter(state=RunState.RUNNING, extent=Extent.NETWORK)
    run = running.select_related("job").first()
    if run is None:
        return None
    if run.job and run.job.is_active and not run.job.is_interrupted:
        return run
    interrupt(run.pk, "Arbetet stannade innan alla medlemmar var kontrollerade.")
    return None


@transaction.atomic
def interrupt(run_id: int, because: str) -> None:
    """Mark a run as interrupted; what it had found is kept but never shown as a finished control."""
    changed = ControlRun.objects.filter(pk=run_id, state=RunState.RUNNING).update(
        state=RunState.INTERRUPTED, interrupted_because=because
    )
    if changed:
        run = ControlRun.objects.get(pk=run_id)
        record(
            "checks.run.interrupted",
            run,
            actor=None,
            after={"controlled": run.controls.count()},
            reason=because,
        )


def resume(run_id: int) -> ControlRun:
    """The run, running again when it was interrupted.

    Raises ChecksRefused when another one is under way or was started later, or when the run has lain so long
    that nobody has accepted how old its lists are by now: such a run is interrupted for good.
    """
    run = ControlRun.objects.get(pk=run_id)
    if run.state == RunState.FINISHED:
        return run
    if refusal := _too_late(run):
        interrupt(run_id, refusal)
        raise ChecksRefused(refusal)
    try:
        with transaction.atomic():
            ControlRun.objects.filter(pk=run_id, state=RunState.INTERRUPTED).update(
                state=RunState.RUNNING, interrupted_because=""
            )
    except IntegrityError as error:
        raise ChecksRefused("En annan kontroll pågår redan.") from error
    return ControlRun.objects.get(pk=run_id)


def _too_late(run: ControlRun) -> str:
    later = ControlRun.objects.filter(pk__gt=run.pk, state=RunState.FINISHED, extent=Extent.NETWORK)
    if later.exists():
        return "En nyare kontroll är redan klar. Den gäller."
    if timezone.now() - run.started_at > RESUME_WITHIN:
        return "Kontrollen startade för mer än ett dygn sedan, och listorna kan ha ändrats. Starta en ny."
    return ""


def leave(run_id: int) -> None:
    """A worker lost the job: the run is interrupted, unless another worker has taken over and goes on."""
    run = ControlRun.objects.select_related("job").get(pk=run_id)
    if run.job is None or not run.job.is_active:
        interrupt(run_id, "Arbetet stoppades innan alla medlemmar var kontrollerade.")


@transaction.atomic
def finish(run_id: int) -> ControlRun:
    """Close a run whose members are all controlled; likenesses that it no longer found are marked as gone."""
    run = ControlRun.objects.get(pk=run_id)
    closed = ControlRun.objects.filter(pk=run_id, state=RunState.RUNNING).update(
        counts=_counts(run), finished_at=timezone.now(), state=RunState.FINISHED
    )
    run.refresh_from_db()
    if closed:
        _mark_gone(run)
        after = {"counts": run.counts, "editions": digests_of(run)}
        tell_finished(run)
        record("checks.run.finished", run, actor=None, after=after)
    return run


def _counts(run: ControlRun) -> dict[str, Any]:
    found = dict(Control.objects.filter(run=run).order_by().values_list("result").annotate(Count("pk")))
    return {result: found.get(result, 0) for result in ControlResult.values}


def _mark_gone(run: ControlRun) -> None:
    """Only for lists and members that this run did look at: not looking is not the same as not finding.

    What another control has seen since this run froze its editions stays: that one knew more.
    """
    controlled = Control.objects.filter(run=run).values("membership__organisation_id")
    looked_at = Likeness.objects.filter(
        organisation_id__in=controlled,
        list_id__in=[edition["list_id"] for edition in run.editions],
        last_seen_at__lt=run.started_at,
    )
    gone = looked_at.exclude(controls__run=run).exclude(state=LikenessState.GONE).select_for_update()
    keys = list(gone.order_by("pk").values_list("pk", flat=True))
    Likeness.objects.filter(pk__in=keys).update(state=LikenessState.GONE)
    tell_standing(keys)
