"""Steps that two people take: one proposes, another decides in the board's name (L-01, L-02)."""

from __future__ import annotations

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions.models import Decision
from pakten.decisions.models import State as DecisionState
from pakten.decisions.phrases import standard_text
from pakten.decisions.services import DecisionFacts, decide
from pakten.deviations import policies
from pakten.deviations.models import AGAINST, DECIDED_AS, Act, Deviation, Level, Proposal, ProposalState
from pakten.deviations.services.cases import open_case_of
from pakten.deviations.services.writing import claim, keep, words
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned

DID_NOT_WAIT = "Beslutet väntar inte på organisationens synpunkter. Skälet är:"


@transaction.atomic
def propose_step(
    deviation: Deviation,
    level: Level,
    *,
    actor: User | None,
    reasons: str,
    expected_version: int,
    urgent: str = "",
) -> Proposal:
    """Put forward that the deviation shall go to ``level``. Nothing changes until it is decided.

    ``urgent``: why a step against the organisation can't wait for its answer. Raises PermissionDenied for the
    system, without the role or with a conflict of interest, Refused without reasons, without an assessment,
    before the organisation's time to answer is out, or where one is put forward already, ChangedMeanwhile.
    """
    person = policies.check_may_handle(actor, deviation.organisation)
    policies.check_decided(deviation, level)
    if not deviation.seriousness:
        raise Refused("Bedöm först hur allvarlig avvikelsen är.")
    reasons = words(reasons, missing="Skriv skälen för beslutet.")
    claim(deviation, expected_version)
    urgent = _urgent(deviation, level, said=urgent)
    try:
        with transaction.atomic():
            levels = {"level_from": deviation.level, "level_to": level}
            proposal = Proposal.objects.create(
                deviation=deviation, **levels, reasons=reasons, urgent=urgent, proposed_by=person
            )
    except IntegrityError as error:
        raise Refused("Det finns redan ett förslag som väntar på beslut.") from error
    # A decision is made in an open case.
    case = open_case_of(deviation, actor=person)
    facts = {"to": str(level.label)} | ({"urgent": urgent} if urgent else {})
    keep(deviation, Act.PROPOSED, by=person, reason=reasons, facts=facts)
    after = {"proposed": level.label, "number": case.registry_no, "urgent": urgent}
    log("deviations.proposal.made", deviation, actor=person, after=after, reason=reasons)
    return proposal


def _urgent(deviation: Deviation, level: Level, *, said: str) -> str:
    """Why the step can't wait; empty where it could have, for the decision must not say otherwise.

    Raises Refused where it should wait.
    """
    needed = level in AGAINST and bool(policies.unheard(deviation))
    urgent = words(said, missing="") if needed else ""
    policies.check_heard(deviation, level, urgent=urgent)
    return urgent


@transaction.atomic
def withdraw_step(proposal: Proposal, *, actor: User, reason: str, expected_version: int) -> None:
    """Take a proposal back before anybody has decided. Raises as :func:`propose_step`."""
    deviation = proposal.deviation
    policies.check_may_handle(actor, deviation.organisation)
    policies.check_proposal_transition(proposal, ProposalState.WITHDRAWN)
    if decisions_about(proposal, DecisionState.AWAITING_SECOND):
        raise Refused("Beslutet är fattat och väntar på en andra person.")
    reason = words(reason, missing="Skriv varför förslaget tas tillbaka.")
    update_versioned(proposal, expected_version, state=ProposalState.WITHDRAWN, settled_at=timezone.now())
    keep(deviation, Act.WITHDREW, by=actor, reason=reason, facts={"to": str(proposal.get_level_to_display())})
    log("deviations.proposal.withdrawn", deviation, actor=actor, reason=reason)


def decide_step(proposal: Proposal, *, actor: User, submission: UUID | None = None) -> Decision:
    """Decide as proposed. In force at once, or when a second person has agreed.

    Raises PermissionDenied without the right, for whoever proposed it or with a conflict of interest,
    Refused, also where the organisation has time left to answer and nothing says why that can't wait, and
    what :func:`pakten.decisions.services.decide` raises.
    """
    deviation = proposal.deviation
    policies.check_waits(proposal)
    policies.check_open_to(actor, deviation.organisation)
    policies.check_not_proposer(proposal, actor)
    policies.check_heard(deviation, Level(proposal.level_to), urgent=proposal.urgent)
    kind = DECIDED_AS[Level(proposal.level_from), Level(proposal.level_to)]
    assert deviation.case is not None
    facts = DecisionFacts(
        case=deviation.case,
        kind=kind,
        subject_type=policies.SUBJECT,
        subject_id=str(proposal.pk),
        subject_label=str(deviation.organisation),
        text=f"{standard_text(kind, str(deviation.organisation), board=deviation.case.series.authority)}\n"
        f"Avvikelsen: {deviation.title} ({deviation.record}).",
        reasons=_reasons(proposal),
        prepared_by=proposal.proposed_by,
        has_deviation=True,
    )
    return decide(facts, actor=actor, submission=submission)


def _reasons(proposal: Proposal) -> str:
    """The reasons as they stand in the decision, with why it did not wait for the organisation's answer."""
    return f"{proposal.reasons}\n{DID_NOT_WAIT} {proposal.urgent}" if proposal.urgent else proposal.reasons


def decisions_about(proposal: Proposal, state: DecisionState) -> list[Decision]:
    """The decisions about a proposal that are in this state."""
    found = Decision.objects.filter(subject_type=policies.SUBJECT, subject_id=str(proposal.pk), state=state)
    return list(found)
