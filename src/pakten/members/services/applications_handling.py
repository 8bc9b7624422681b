"""The officer's steps with an application: given to somebody, controlled, taken back a step."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.members.deadlines import deadlines, due
from pakten.members.models import Application, ApplicationState, CompletionRequest, CompletionState
from pakten.members.policies import applications as policies
from pakten.members.queries.applications import waiting_decision
from pakten.members.services.application_states import move
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from pakten.records.models import Case, Conflict
from pakten.records.policies import may_write
from pakten.records.services import assign as assign_case
from pakten.records.words import several_lines

LONGEST = 10_000
_NOT_CONTROLLED: dict[str, Any] = {
    "controlled_by": None,
    "controlled_at": None,
    "has_deviation": None,
    "control_summary": "",
}
_NOT_PROPOSED: dict[str, Any] = {
    "proposed": "",
    "proposed_by": None,
    "proposed_at": None,
    "proposal_reasons": "",
    "proposal_note": "",
}


@transaction.atomic
def assign(
    application: Application, handler: User | None, *, actor: User, expected_version: int, reason: str = ""
) -> None:
    """Give the application to somebody, or (None) to nobody.

    Raises PermissionDenied, Refused for who can't have it or where it has ended, ChangedMeanwhile.
    """
    policies.check_may_handle(actor, application)
    policies.check_open_application(application)
    if handler is not None:
        policies.check_may_be_handler(handler, application)
    hold(application)
    before = {"handler": str(application.handler or "")}
    update_versioned(application, expected_version, handler=handler)
    after = {"handler": str(handler or "")}
    if handler is not None:
        follow(application, handler, actor=actor)
    log("members.application.assigned", application, actor=actor, before=before, after=after, reason=reason)


def follow(application: Application, handler: User, *, actor: User) -> None:
    """Let the handler be responsible for the diary's case too, where handler and actor may write there.

    The caller holds the case, and has asked for conflicts of interest.
    """
    case = Case.objects.get(pk=application.case_id)
    if case.responsible_id != handler.pk and may_write(handler) and may_write(actor):
        assign_case(case, handler, actor=actor, expected_version=case.version)


def free_for_conflict(conflict: Conflict, actor: User) -> None:
    """Take the application of the case from a handler who has a conflict of interest: nobody has it then.

    Called in the transaction in which the conflict is declared, whoever declares it.
    """
    for application in Application.objects.filter(case=conflict.case_id).order_by("pk"):
        hold(application)
        application.refresh_from_db()
        if application.handler_id != conflict.user_id or policies.has_ended(application):
            continue
        update_versioned(application, application.version, handler=None)
        log(
            "members.application.assigned",
            application,
            actor=actor,
            before={"handler": str(conflict.user)},
            after={"handler": ""},
            reason="Handläggaren är anmäld som jävig",
        )


def take(application: Application, *, actor: User, expected_version: int) -> None:
    """Take the application oneself. Raises as :func:`assign`."""
    assign(application, actor, actor=actor, expected_version=expected_version)


@transaction.atomic
def start_control(application: Application, *, actor: User, expected_version: int) -> None:
    """Begin, or after a pause take up, the control; an application without handler becomes the actor's.

    Raises PermissionDenied, Refused where the control can't begin, ChangedMeanwhile.
    """
    policies.check_may_handle(actor, application)
    policies.check_can_be_controlled(application)
    hold(application)
    take_back_completion(application)
    if application.handler is None:
        follow(application, actor, actor=actor)
    columns = {
        "handler": application.handler or actor,
        "due_on": due(deadlines().control),
        "outcome": "",
        "decision": None,
        **_NOT_CONTROLLED,
        **_NOT_PROPOSED,
    }
    move(
        application,
        ApplicationState.IN_CONTROL,
        actor=actor,
        expected_version=expected_version,
        columns=columns,
    )


@transaction.atomic
def finish_control(
    application: Application, *, has_deviation: bool, summary: str, actor: User, expected_version: int
) -> None:
    """End the control with its result; a deviation is described in ``summary``.

    Raises PermissionDenied, Refused without a description of a deviation, ChangedMeanwhile.
    """
    policies.check_may_handle(actor, application)
    text = several_lines(summary)[:LONGEST]
    if has_deviation and not text:
        raise Refused("Beskriv avvikelsen: vad du såg, var och när.")
    if application.handler is None:
        hold(application)
        follow(application, actor, actor=actor)
    columns = {
        "handler": application.handler or actor,
        "controlled_by": actor,
        "controlled_at": timezone.now(),
        "has_deviation": has_deviation,
        "control_summary": text,
        "due_on": due(deadlines().proposal),
    }
    move(
        application,
        ApplicationState.CONTROL_DONE,
        actor=actor,
        expected_version=expected_version,
        columns=columns,
    )


@transaction.atomic
def return_to_control(
    application: Application, *, actor: User | None, expected_version: int, reason: str
) -> None:
    """Go back one step: a proposal is withdrawn, or a finished control is opened again.

    ``actor`` None is refused. Raises PermissionDenied, Refused without a reason or while the decision waits
    for a second person, ChangedMeanwhile.
    """
    policies.check_may_handle(actor, application)
    check_no_decision_waits(application)
    text = several_lines(reason)[:LONGEST]
    if not text:
        raise Refused("Skriv varför ärendet går tillbaka.")
    go_back(application, actor=actor, expected_version=expected_version, reason=text)


def go_back(application: Application, *, actor: User | None, expected_version: int, reason: str) -> None:
    """One step back, for services that have asked who may."""
    was_proposed = application.state == ApplicationState.PROPOSED
    state = ApplicationState.CONTROL_DONE if was_proposed else ApplicationState.IN_CONTROL
    columns = _NOT_PROPOSED if was_proposed else _NOT_CONTROLLED
    limit = deadlines().proposal if was_proposed else deadlines().control
    move(
        application,
        state,
        actor=actor,
        expected_version=expected_version,
        reason=reason,
        columns={**columns, "due_on": due(limit)},
    )


@transaction.atomic
def take_up_lapsed(application: Application, *, actor: User, expected_version: int, reason: str) -> None:
    """Take up an application that lapsed: its answer came after all. Raises as :func:`return_to_control`."""
    policies.check_may_handle(actor, application)
    text = several_lines(reason)[:LONGEST]
    if not text:
        raise Refused("Skriv varför ansökan tas upp igen.")
    move(
        application,
        ApplicationState.REGISTERED,
        actor=actor,
        expected_version=expected_version,
        reason=text,
        columns={"due_on": due(deadlines().begin)},
    )


def take_back_completion(application: Application) -> None:
    """A request for more facts that nobody waits for any longer."""
    waiting = CompletionRequest.objects.filter(application=application, state=CompletionState.WAITING)
    waiting.update(state=CompletionState.WITHDRAWN)


def check_no_decision_waits(application: Application) -> None:
    """Raise Refused while a decision about the application waits for its second person."""
    if waiting_decision(application) is not None:
        raise Refused(
            "Ett beslut väntar på en andra person, som kan skicka tillbaka det. "
            "Den som fattade beslutet kan också ta tillbaka det."
        )


def begin_clock(application: Application, _actor: User | None) -> None:
    """A new or completed application waits for us from now on: called whenever one is registered."""
    if application.due_on is None:
        application.due_on = due(deadlines().begin)
        Application.objects.filter(pk=application.pk).update(due_on=application.due_on)


def hold(application: Application) -> None:
    """Keep others from case and application until the transaction ends; the case first, as decisions do.

    For services that write more than one entry in the log: rows are locked before the log is.
    """
    Case.objects.select_for_update(no_key=True).filter(pk=application.case_id).first()
    Application.objects.select_for_update(no_key=True).filter(pk=application.pk).first()
