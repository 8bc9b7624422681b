"""What follows from a decision about a deviation: its level changes. It never ends a membership by itself."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions.models import Decision
from pakten.decisions.refusals import DecisionRefused
from pakten.decisions.registry import register_effect, register_subject
from pakten.deviations import policies
from pakten.deviations.models import CLOSED, DECIDED_AS, EVENTS, Act, Level, Proposal, ProposalState
from pakten.deviations.services.decision_letters import send_decided
from pakten.deviations.services.writing import claim, keep, move
from pakten.letters.refusals import LettersRefused
from pakten.members.services.messages import show_letter
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned


def register() -> None:
    """Tell the decisions what to call, and where their subject is shown. Safe to call twice."""
    for kind in set(DECIDED_AS.values()):
        register_effect(kind, carry_out)
    register_subject(policies.SUBJECT, address)


def address(subject_id: str) -> str:
    """The page of the deviation that a decision is about; empty where there is none."""
    found = Proposal.objects.filter(pk=int(subject_id)).select_related("deviation").first()
    return reverse("deviations:deviation", args=[found.deviation.public_id]) if found else ""


def carry_out(decision: Decision, actor: User) -> None:
    """In force: the deviation goes to the level that was proposed. Raises DecisionRefused."""
    if decision.subject_type != policies.SUBJECT:
        return
    rows = Proposal.objects.select_related(
        "deviation__organisation", "deviation__record__case", "deviation__case", "deviation__application"
    )
    proposal = rows.get(pk=int(decision.subject_id))
    try:
        _carry_out(proposal, decision, actor=actor)
    except (Refused, LettersRefused) as refusal:
        raise DecisionRefused(refusal.sentence) from refusal


def _carry_out(proposal: Proposal, decision: Decision, *, actor: User) -> None:
    policies.check_waits(proposal)
    deviation, level = proposal.deviation, Level(proposal.level_to)
    if DECIDED_AS.get((Level(deviation.level), level)) != decision.kind:
        raise Refused("Beslutet säger något annat om avvikelsen.")
    policies.check_heard(deviation, level, urgent=proposal.urgent)
    # Rows before the log, which holds up all others from its first entry to the end.
    claim(deviation, deviation.version)
    update_versioned(proposal, proposal.version, state=ProposalState.IN_FORCE, settled_at=timezone.now())
    more = {"follow_up_on": None} if level in CLOSED else {}
    before = move(deviation, level, decision=decision, **more)
    letter = send_decided(deviation, decision, before=Level(before), actor=actor)
    if letter is not None and letter.record is not None and deviation.application is None:
        show_letter(deviation.organisation, letter.record, text=decision.text, actor=decision.decided_by)
    keep(deviation, Act.MOVED, by=decision.decided_by, reason=decision.reasons, before=before)
    after = {"decision": str(decision.record), "level": level.value}
    log(EVENTS[level], deviation, actor=actor, before={"level": before}, after=after)
