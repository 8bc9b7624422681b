"""A decision that waits for its second person is taken back, or falls away: it never applied."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions import policies
from pakten.decisions.models import EVENTS, Decision, State
from pakten.decisions.refusals import DecisionRefused
from pakten.decisions.registry import RETURNS
from pakten.decisions.services.forcing import told
from pakten.records.models import Case
from pakten.records.services.versions import update_versioned
from pakten.records.words import several_lines


@transaction.atomic
def take_back(decision: Decision, reason: str, *, actor: User, expected_version: int) -> None:
    """Let who decided take it back before anybody has agreed; the matter goes back to preparation.

    Raises PermissionDenied for anybody else, DecisionRefused without a reason or where it is settled, and
    ChangedMeanwhile when the second person was first.
    """
    person = policies.check_may_take_back(actor, decision)
    policies.check_transition(decision, State.WITHDRAWN)
    # The case's row first, as where somebody agrees: else the two could wait for each other.
    Case.objects.select_for_update(no_key=True).get(pk=decision.case_id)
    _withdraw(decision, reason, expected_version=expected_version)
    if told_back := RETURNS.get(decision.kind):
        told_back(decision, person)
    _tell(decision, actor=person)


@transaction.atomic
def fall_away(decision: Decision, reason: str, *, actor: User | None) -> None:
    """What it was to decide is settled otherwise, so nobody agrees any more. The caller has asked its policy.

    ``actor`` None: the organisation itself settled it, by withdrawing what it had asked for.

    Raises DecisionRefused where it is settled already, and ChangedMeanwhile.
    """
    policies.check_transition(decision, State.WITHDRAWN)
    _withdraw(decision, reason, expected_version=decision.version)
    _tell(decision, actor=actor)


def _withdraw(decision: Decision, reason: str, *, expected_version: int) -> None:
    words = several_lines(reason)[:5000]
    if not words:
        raise DecisionRefused("Skriv varför beslutet tas tillbaka.")
    update_versioned(
        decision, expected_version, state=State.WITHDRAWN, second_at=timezone.now(), second_reason=words
    )


def _tell(decision: Decision, *, actor: User | None) -> None:
    action = EVENTS[State.WITHDRAWN]
    log(action, decision, actor=actor, after=told(decision), reason=decision.second_reason)
