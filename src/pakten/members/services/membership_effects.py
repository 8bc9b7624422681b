"""What follows from a decision that a membership shall end, rest or hold again."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions.models import Decision
from pakten.decisions.refusals import DecisionRefused
from pakten.decisions.registry import register_effect, register_subject
from pakten.letters.refusals import LettersRefused
from pakten.members.models import MATTER_EVENTS, MatterKind, MatterState, MembershipMatter
from pakten.members.policies import ending as policies
from pakten.members.services.membership import StateChange, change_state
from pakten.members.services.membership_letters import send_decided
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned


def register() -> None:
    """Tell the decisions what to call, and where the matter is shown. Safe to call twice."""
    for _state, kind in policies.LEADS_TO.values():
        register_effect(kind, carry_out)
    register_subject(policies.SUBJECT, lambda subject_id: reverse("members:matter", args=[int(subject_id)]))


def carry_out(decision: Decision, actor: User) -> None:
    """In force: the membership changes today, and the member is told. Raises DecisionRefused."""
    if decision.subject_type != policies.SUBJECT:
        return
    rows = MembershipMatter.objects.select_related("membership__organisation", "case")
    matter = rows.get(pk=int(decision.subject_id))
    try:
        _carry_out(matter, decision, actor=actor)
    except (Refused, LettersRefused) as refusal:
        raise DecisionRefused(refusal.sentence) from refusal


def _carry_out(matter: MembershipMatter, decision: Decision, *, actor: User) -> None:
    policies.check_matter_transition(matter, MatterState.IN_FORCE)
    # Rows before the log, which holds up all others from its first entry to the end.
    update_versioned(matter, matter.version, state=MatterState.IN_FORCE, settled_at=timezone.now())
    state, _kind = policies.LEADS_TO[MatterKind(matter.kind)]
    change = StateChange(
        state,
        timezone.localdate(),
        decision=decision,
        leaving_reason=matter.leaving_reason,
        leaving_note=matter.leaving_note,
    )
    change_state(
        matter.membership,
        change,
        actor=actor,
        reason=f"Beslut {decision.record}",
        expected_version=matter.membership.version,
    )
    send_decided(matter, decision, actor=actor)
    log(MATTER_EVENTS[MatterState.IN_FORCE], matter, actor=actor, after={"decision": str(decision.record)})
