"""A re-control: what waits is taken up, those whom it touches are compared anew, all get their proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone

from pakten.audit.services import record
from pakten.checks.ground import ListsInForce, lists_in_force
from pakten.checks.models import ControlRun
from pakten.checks.refusals import ChecksRefused
from pakten.checks.services import control, touched
from pakten.core.sentences import in_swedish
from pakten.jobs.models import Job
from pakten.members.queries import active_memberships
from pakten.watching.models import Cause, Recontrol, RecontrolReceipt, RecontrolState, Trigger
from pakten.watching.queries.halts import check_running
from pakten.watching.queries.waiting import waiting
from pakten.watching.services.calendar import reckon
from pakten.watching.services.hearing import with_those_below
from pakten.watching.services.plans import Plan, Tell, active, plan
from pakten.watching.services.receipts import carry, receipt_of, seal
from pakten.watching.services.standing import follow
from pakten.watching.services.wanting import after_recontrol
from vandel.errors import InputError

NO_LISTS = "Det finns ingen lista i kraft som går att använda. Ändringen väntar tills det finns."
AN_OWNER = "Något har ändrats hos en ägare."
LEFT = "Arbetet stannade innan det var klart. Det tas upp igen."
# These say only that something may have changed: each member is asked. The others are compared whatever.
_ASKING = (Cause.MEMBER, Cause.LIST, Cause.DAILY)
_SENTENCES = 3


def recontrol(job: Job | None, *, tell: Tell) -> Recontrol | None:
    """Take up the oldest change that waits, with all others of its kind; None when nothing waits.

    May be called again after an interruption: what was not finished waits again, and comparing twice gives
    the same. ``tell`` gets done and total outside transactions, and may raise to stop the work. Raises
    Stopped while the stop button is pressed.
    """
    check_running()
    made = _take()
    if made is None:
        return None
    try:
        return _carry_out(made, job, tell=tell)
    except (ChecksRefused, InputError) as error:
        return _fail(made, error.sentence if isinstance(error, ChecksRefused) else in_swedish(error))
    except BaseException:
        _fail(made, LEFT)
        raise


@transaction.atomic
def _take() -> Recontrol | None:
    """The triggers of the oldest kind, tied to a new re-control; what a dead worker left waits again."""
    for left in Recontrol.objects.filter(state=RecontrolState.RUNNING):
        _fail(left, LEFT)
    rows = list(waiting().select_for_update())
    if not rows:
        return None
    mine = [row for row in rows if row.kind == rows[0].kind]
    made = Recontrol.objects.create(kind=rows[0].kind, because=_in_words(mine))
    Trigger.objects.filter(pk__in=[row.pk for row in mine]).update(recontrol=made)
    return made


def _in_words(rows: Sequence[Trigger]) -> str:
    sentences = list(dict.fromkeys(row.because.strip() for row in rows))
    more = len(sentences) - _SENTENCES
    return " ".join([*sentences[:_SENTENCES], *([f"Och {more} ändringar till."] if more > 0 else [])])


def _carry_out(made: Recontrol, job: Job | None, *, tell: Tell) -> Recontrol:
    ground = lists_in_force()
    if not any(edition["binds"] for edition in ground.editions):
        return _fail(made, NO_LISTS)
    organisations = _named(made)
    scope = active(organisations)
    follow(scope)
    asked = {} if made.kind in _ASKING else _reasons(made, scope)
    found = plan(ground, scope, asked=asked, tell=_stopping(tell))
    run = _compare(made, found, ground=ground, job=job, tell=_stopping(tell))
    return _finish(made, found, ground=ground, run=run, asked=asked)


def _named(made: Recontrol) -> set[int] | None:
    """The organisations that the triggers name and those that they own; None = all."""
    named: set[int] = set()
    for trigger in made.triggers.all():
        if trigger.organisation_ids is None:
            return None
        named.update(trigger.organisation_ids)
    return with_those_below(named)


def _reasons(made: Recontrol, scope: Sequence[int]) -> dict[int, str]:
    """By organisation, what was told of it: nobody bears what was seen of somebody else."""
    wanted = set(scope)
    rows = active_memberships().values_list("pk", "organisation_id")
    told: dict[int, list[Trigger]] = {organisation_id: [] for pk, organisation_id in rows if pk in wanted}
    for trigger in made.triggers.all():
        named = told if trigger.organisation_ids is None else trigger.organisation_ids
        for organisation_id in told.keys() & set(named):
            told[organisation_id].append(trigger)
    return {key: _in_words(mine) if mine else AN_OWNER for key, mine in told.items()}


def _stopping(tell: Tell) -> Tell:
    def told(done: int, total: int) -> None:
        check_running()
        tell(done, total)

    return told


def _compare(
    made: Recontrol, found: Plan, *, ground: ListsInForce, job: Job | None, tell: Tell
) -> ControlRun | None:
    if not found.anew:
        return None
    run = touched.begin(ground, sorted(found.anew), because=made.because, job=job)
    return control.execute(run.pk, tell=tell)


def _finish(
    made: Recontrol,
    found: Plan,
    *,
    ground: ListsInForce,
    run: ControlRun | None,
    asked: Mapping[int, str],
) -> Recontrol:
    anew = sorted(found.anew)
    follow(anew)
    content = receipt_of(made, found, ground=ground, run=run)
    with transaction.atomic():
        carry(found.untouched, ground)
        receipt = RecontrolReceipt.objects.create(recontrol=made, content=content, sha256=seal(content))
        Recontrol.objects.filter(pk=made.pk).update(
            state=RecontrolState.DONE,
            run=run,
            looked_at=found.looked_at,
            touched=len(found.anew),
            finished_at=timezone.now(),
        )
        made.refresh_from_db()
        after_recontrol(made, anew, reasons=asked)
        after = {"looked_at": made.looked_at, "touched": made.touched, "sha256": receipt.sha256}
        record("watching.recontrol.finished", made, actor=None, after=after, reason=made.because)
    reckon(anew)
    return made


@transaction.atomic
def _fail(made: Recontrol, fault: str) -> Recontrol:
    """Nothing came of it: what it had taken waits again."""
    Trigger.objects.filter(recontrol=made).update(recontrol=None)
    Recontrol.objects.filter(pk=made.pk).update(
        state=RecontrolState.FAILED, fault=fault, finished_at=timezone.now()
    )
    made.refresh_from_db()
    record("watching.recontrol.failed", made, actor=None, reason=fault)
    return made
