"""From a finished control to a decision: proposed by an officer, decided by a person (KL 6:38, L-01)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.decisions.models import Decision, DecisionKind
from pakten.decisions.phrases import standard_text
from pakten.decisions.services import DecisionFacts, decide
from pakten.members.deadlines import deadlines, due
from pakten.members.models import Application, ApplicationOutcome, ApplicationState
from pakten.members.policies import applications as policies
from pakten.members.services.application_states import move
from pakten.members.services.applications_effects import APPLICATION_EFFECTS, SUBJECT
from pakten.members.services.applications_handling import LONGEST, finish_control, hold
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.records.words import several_lines


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an officer proposes. ``reasons`` may be empty only for an acceptance where nothing deviates."""

    outcome: ApplicationOutcome
    reasons: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the control showed."""

    has_deviation: bool
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided; empty texts are those of the proposal, and ``text`` our own sentence."""

    outcome: ApplicationOutcome
    text: str = ""
    reasons: str = ""
    note: str = ""


@transaction.atomic
def propose(application: Application, proposal: Proposal, *, actor: User, expected_version: int) -> None:
    """Put a decision forward. It is a working paper until somebody has decided (L-04).

    Raises PermissionDenied, Refused without reasons or note where they are needed, ChangedMeanwhile.
    """
    policies.check_may_handle(actor, application)
    reasons, note = (several_lines(text)[:LONGEST] for text in (proposal.reasons, proposal.note))
    check_words(application, proposal.outcome, reasons=reasons, note=note)
    cleaned = Proposal(proposal.outcome, reasons, note)
    _put_forward(application, cleaned, actor=actor, expected_version=expected_version)


@transaction.atomic
def finish_and_propose(
    application: Application, found: Found, *, proposal: Proposal, actor: User, expected_version: int
) -> None:
    """End the control and propose, in one step. Raises as each does; nothing is stored unless both are."""
    hold(application)
    finish_control(
        application,
        has_deviation=found.has_deviation,
        summary=found.summary,
        actor=actor,
        expected_version=expected_version,
    )
    propose(application, proposal, actor=actor, expected_version=application.version)


def decide_application(
    application: Application, ruling: Ruling, *, actor: User, submission: UUID, expected_version: int
) -> Decision:
    """Decide what was proposed, or something else; straight after a control where nothing deviates.

    In force at once, or when a second person has agreed: then the organisation is told and, if accepted,
    a member. The same ``submission`` again gives the same decision. Raises PermissionDenied for the engine
    (None) and for whom the delegation order does not name, Refused, RecordsRefused, ChangedMeanwhile.
    """
    policies.check_may_decide(actor, application)
    known = Decision.objects.filter(submission=submission, decided_by=actor.pk).first()
    return known or _decide(application, ruling, actor=actor, submission=submission, version=expected_version)


@transaction.atomic
def _decide(
    application: Application, ruling: Ruling, *, actor: User, submission: UUID, version: int
) -> Decision:
    hold(application)
    now = Application.objects.get(pk=application.pk)
    if known := Decision.objects.filter(submission=submission, decided_by=actor.pk).first():
        return known  # the same form, sent twice at the same moment
    if now.version != version:
        raise ChangedMeanwhile(str(application))
    if now.state not in (ApplicationState.CONTROL_DONE, ApplicationState.PROPOSED):
        raise Refused(f"Ansökan är {now.get_state_display()}. Den ska vara kontrollerad innan beslutet.")
    if now.state == ApplicationState.CONTROL_DONE and now.has_deviation:
        raise Refused("Något avviker. En handläggare ska först föreslå ett beslut med skäl.")
    policies.check_not_proposer(now, actor)
    reasons = ruling.reasons or (now.proposal_reasons if ruling.outcome == now.proposed else "")
    note = ruling.note or (now.proposal_note if ruling.outcome == now.proposed else "")
    check_words(now, ruling.outcome, reasons=reasons, note=note)
    if now.state == ApplicationState.CONTROL_DONE:
        # Who decides straight after a clean control puts the decision forward by that.
        words = Proposal(ApplicationOutcome(ruling.outcome), reasons, note)
        _put_forward(now, words, actor=actor, expected_version=version)
    return decide(_facts(now, ruling, reasons=reasons, note=note), actor=actor, submission=submission)


def _put_forward(application: Application, proposal: Proposal, *, actor: User, expected_version: int) -> None:
    columns = {
        "proposed": proposal.outcome,
        "proposed_by": actor,
        "proposed_at": timezone.now(),
        "proposal_reasons": proposal.reasons,
        "proposal_note": proposal.note,
        "due_on": due(deadlines().decision),
    }
    move(
        application,
        ApplicationState.PROPOSED,
        actor=actor,
        expected_version=expected_version,
        columns=columns,
    )


def check_words(application: Application, outcome: str, *, reasons: str, note: str) -> None:
    """Raise Refused without the reasons and the note that the outcome needs."""
    if outcome not in ApplicationOutcome.values:
        raise Refused("Välj vad du föreslår.")
    if outcome == ApplicationOutcome.ACCEPT and application.has_deviation and not note.strip():
        raise Refused("Något avviker. Välj ”ta emot med anmärkning” och skriv anmärkningen.")
    clean = outcome == ApplicationOutcome.ACCEPT and not application.has_deviation
    if not clean and not reasons.strip():
        raise Refused("Skriv skälen. Organisationen får läsa dem.")
    if outcome == ApplicationOutcome.ACCEPT_WITH_NOTE and not note.strip():
        raise Refused("Skriv anmärkningen.")


def _facts(application: Application, ruling: Ruling, *, reasons: str, note: str) -> DecisionFacts:
    effect = APPLICATION_EFFECTS[ApplicationOutcome(ruling.outcome)]
    assert application.controlled_by is not None and application.has_deviation is not None
    return DecisionFacts(
        case=application.case,
        kind=effect.kind,
        subject_type=SUBJECT,
        subject_id=application.public_id,
        subject_label=subject_label(application),
        text=ruling.text.strip() or _sentence(application, effect.kind),
        reasons=reasons,
        prepared_by=application.controlled_by,
        has_deviation=application.has_deviation,
        note=note,
    )


def subject_label(application: Application) -> str:
    """What the diary says that the decision is about: a sole trader's name is a person's."""
    if application.organisation.sole_trader:
        return f"ansökan {application.case.registry_no}"
    return application.organisation_name


def _sentence(application: Application, kind: DecisionKind) -> str:
    board = application.case.series.authority
    return standard_text(kind, application.organisation_name, board=board)
