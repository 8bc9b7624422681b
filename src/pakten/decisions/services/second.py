"""The second look: another person agrees, or sends the matter back to be prepared again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions import policies
from pakten.decisions.models import EVENTS, Decision, State
from pakten.decisions.refusals import DecisionRefused
from pakten.decisions.registry import RETURNS
from pakten.decisions.services.forcing import carry_out, register, told
from pakten.records.models import Case
from pakten.records.policies import check_open
from pakten.records.services.versions import update_versioned
from pakten.records.words import several_lines


@transaction.atomic
def agree(decision: Decision, *, actor: User, expected_version: int) -> None:
    """Let the decision apply: registered and carried out now.

    Raises PermissionDenied without the role or with a conflict of interest, DecisionRefused for who decided
    or prepared it, or where it is settled already, ChangedMeanwhile when somebody was first.
    """
    second = policies.check_may_look(actor, decision)
    policies.check_transition(decision, State.IN_FORCE)
    check_open(decision.case)
    policies.check_no_conflict_since(
        decision.case, prepared_by=decision.prepared_by, decided_by=decision.decided_by
    )
    decision.second_by, decision.second_at = second, timezone.now()
    record = register(decision, actor=second)
    update_versioned(
        decision,
        expected_version,
        state=State.IN_FORCE,
        second_by=second,
        second_at=decision.second_at,
        record=record,
    )
    carry_out(decision, actor=second)


@transaction.atomic
def send_back(decision: Decision, reason: str, *, actor: User, expected_version: int) -> None:
    """Don't agree: back to preparation, with a reason. Raises as :func:`agree`."""
    second = policies.check_may_look(actor, decision)
    policies.check_transition(decision, State.RETURNED)
    reason = several_lines(reason)[:5000]
    if not reason:
        raise DecisionRefused("Skriv varför du skickar tillbaka beslutet.")
    # The case's row first, as where somebody agrees: else the two could wait for each other.
    Case.objects.select_for_update(no_key=True).get(pk=decision.case_id)
    update_versioned(
        decision,
        expected_version,
        state=State.RETURNED,
        second_by=second,
        second_at=timezone.now(),
        second_reason=reason,
    )
    if told_back := RETURNS.get(decision.kind):
        told_back(decision, second)
    log(EVENTS[State.RETURNED], decision, actor=second, after=told(decision), reason=reason)
