"""What follows from a decision about an application, in the same transaction: the letter and the membership.

Registered with the decisions in ``AppConfig.ready`` (:func:`register`): nothing else leads an application
out of a proposal (L-01).
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions.models import Decision, DecisionKind
from pakten.decisions.refusals import DecisionRefused
from pakten.decisions.registry import register_effect, register_return, register_subject
from pakten.letters.refusals import LettersRefused
from pakten.members.application_facts import agreement_of
from pakten.members.deadlines import deadlines
from pakten.members.models import (
    Application,
    ApplicationOutcome,
    ApplicationState,
    Membership,
    State,
)
from pakten.members.services.application_states import move
from pakten.members.services.applications_handling import go_back, hold
from pakten.members.services.applications_letters import send_answer
from pakten.members.services.public_list import refresh
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import Refused
from pakten.records.models import Case, CaseState
from pakten.records.refusals import RecordsRefused
from pakten.records.services import close_case

SUBJECT = "members.application"
_Kind = DecisionKind


class Effect(NamedTuple):
    """What an outcome leads to. ``admits``: a membership begins. ``ends``: the diary's case is closed."""

    kind: DecisionKind
    admits: bool
    ends: bool


APPLICATION_EFFECTS: dict[ApplicationOutcome, Effect] = {
    ApplicationOutcome.ACCEPT: Effect(_Kind.MEMBERSHIP_ACCEPT, admits=True, ends=True),
    ApplicationOutcome.ACCEPT_WITH_NOTE: Effect(_Kind.MEMBERSHIP_ACCEPT_WITH_NOTE, admits=True, ends=True),
    ApplicationOutcome.REFUSE: Effect(_Kind.MEMBERSHIP_REFUSE, admits=False, ends=True),
    ApplicationOutcome.PAUSE: Effect(_Kind.APPLICATION_PAUSE, admits=False, ends=False),
}
_OUTCOMES = {effect.kind: outcome for outcome, effect in APPLICATION_EFFECTS.items()}


def register() -> None:
    """Tell the decisions what to call. Safe to call twice."""
    for effect in APPLICATION_EFFECTS.values():
        register_effect(effect.kind, carry_out)
        register_return(effect.kind, returned)
    register_subject(SUBJECT, lambda public_id: reverse("members:application", args=[public_id]))


def carry_out(decision: Decision, actor: User) -> None:
    """The decision is in force: decided, told, and where it says so a member. Raises DecisionRefused."""
    if decision.subject_type != SUBJECT:
        return
    try:
        _carry_out(decision, actor=actor)
    except (Refused, LettersRefused) as refusal:
        raise DecisionRefused(refusal.sentence) from refusal


def returned(decision: Decision, actor: User) -> None:
    """A second person did not agree: the proposal is taken back, for the officer to go on with."""
    if decision.subject_type != SUBJECT:
        return
    application = _of(decision)
    if application.state == ApplicationState.PROPOSED:
        go_back(
            application,
            actor=actor,
            expected_version=application.version,
            reason=decision.second_reason,
        )


def _carry_out(decision: Decision, *, actor: User) -> None:
    application = _of(decision)
    if decision.second_by_id and decision.second_by_id == application.proposed_by_id:
        raise Refused("Den som föreslog beslutet kan inte vara den andra personen.")
    outcome = _OUTCOMES[DecisionKind(decision.kind)]
    given = {"outcome": outcome, "decision": decision, "due_on": timezone.localdate()}
    _step(application, ApplicationState.DECIDED, actor=actor, columns=given)
    effect = APPLICATION_EFFECTS[outcome]
    membership = admit_by(decision, application, actor=actor) if effect.admits else None
    notify(application, decision, actor=actor)
    if membership is not None:
        _step(application, ApplicationState.ACTIVE, actor=actor, columns={"membership": membership})
    if effect.ends:
        close(application.case)


def notify(application: Application, decision: Decision, *, actor: User) -> None:
    """Send the answer, with the decision as a letter; after a pause somebody looks again on its day."""
    send_answer(application, decision, actor=actor)
    is_pause = application.outcome == ApplicationOutcome.PAUSE
    again = timezone.localdate() + timedelta(days=deadlines().pause) if is_pause else None
    _step(application, ApplicationState.NOTIFIED, actor=actor, columns={"due_on": again})


def admit_by(decision: Decision, application: Application, *, actor: User) -> Membership:
    """Begin a membership period today, by a decision: whoever may decide need not be in the office's roles.

    Raises Refused where the organisation is a member already.
    """
    organisation = application.organisation
    facts = {"joined_on": timezone.localdate(), "collective_agreement": agreement_of(application)}
    try:
        with transaction.atomic():
            membership = Membership.objects.create(organisation=organisation, state=State.ACTIVE, **facts)
    except IntegrityError as error:
        raise Refused(f"{organisation} är redan medlem.") from error
    refresh(organisation)
    after = {**facts, "state": membership.state}
    reason = f"Beslut {decision.record}"
    log("members.membership.admitted", membership, actor=actor, after=after, reason=reason)
    return membership


def close(case: Case, *, reason: str = "Ansökan är avgjord") -> None:
    """Close the diary's case. While somebody waits for a paper in it, the registrar does that later."""
    now = Case.objects.get(pk=case.pk)
    if now.state != CaseState.OPEN:
        return
    try:
        with transaction.atomic():
            close_case(now, actor=None, expected_version=now.version, reason=reason)
    except RecordsRefused:
        return


def _step(
    application: Application,
    state: ApplicationState,
    *,
    actor: User,
    columns: dict[str, object] | None = None,
) -> None:
    version = application.version
    move(application, state, actor=actor, expected_version=version, columns=columns)


def _of(decision: Decision) -> Application:
    rows = Application.objects.select_related("organisation", "case", "handler", "proposed_by")
    application = rows.get(public_id=decision.subject_id)
    hold(application)
    Organisation.objects.select_for_update(no_key=True).get(pk=application.organisation_id)
    return rows.get(pk=application.pk)
