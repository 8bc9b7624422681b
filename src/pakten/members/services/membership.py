"""Memberships: admitted, changed, ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from pakten.accounts.models import Role, User
from pakten.accounts.policies import check_role
from pakten.audit.services import record
from pakten.decisions.models import Decision
from pakten.members.models import STATE_EVENTS, CollectiveAgreement, Membership, State
from pakten.members.policies import WRITERS, check_may_write, check_transition
from pakten.members.policies.ending import check_ground
from pakten.members.services.public_list import refresh
from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """A period as it begins; ``joined_on`` None = not known. A leaving reason is for one that has ended."""

    joined_on: date | None = None
    state: State = State.ACTIVE
    ended_on: date | None = None
    collective_agreement: CollectiveAgreement = CollectiveAgreement.UNKNOWN
    leaving_reason: str = ""


@transaction.atomic
def admit(organisation: Organisation, facts: MembershipFacts, *, actor: User, reason: str) -> Membership:
    """Begin a membership period.

    Raises PermissionDenied, and Refused when the organisation is a member already or the dates don't fit.
    """
    check_may_write(actor)
    check_period(facts.joined_on, facts.ended_on, state=facts.state)
    try:
        with transaction.atomic():
            membership = Membership.objects.create(organisation=organisation, **asdict(facts))
    except IntegrityError as error:
        raise Refused(f"{organisation} är redan medlem.") from error
    refresh(organisation)
    _tell(organisation, f"{organisation} har blivit medlem.")
    record("members.membership.admitted", membership, actor=actor, after=asdict(facts), reason=reason)
    return membership


def _tell(organisation: Organisation, because: str) -> None:
    announce(Change(ChangeKind.MEMBER, because, frozenset({organisation.pk})))


@dataclass(frozen=True, slots=True)
class StateChange:
    """What a membership becomes. ``on`` is its last day when it ends.

    ``decision`` is the ground; None only where the member itself wishes to leave (L-01).
    """

    state: State
    on: date
    decision: Decision | None = None
    leaving_reason: str = ""
    leaving_note: str = ""


@transaction.atomic
def change_state(
    membership: Membership, change: StateChange, *, actor: User, reason: str, expected_version: int
) -> None:
    """Move the membership to another state, on the ground of a decision or of the member's own wish.

    Raises PermissionDenied without right or ground, Refused for a move that TRANSITIONS lacks, or
    ChangedMeanwhile.
    """
    check_role(actor, *WRITERS, Role.DIRECTOR)
    state, ends = change.state, change.state is State.ENDED
    check_ground(membership, state, decision=change.decision, leaving_reason=change.leaving_reason)
    check_transition(membership, state)
    columns: dict[str, Any] = {"state": state, "ended_on": change.on if ends else None}
    columns |= {"leaving_reason": change.leaving_reason, "leaving_note": change.leaving_note} if ends else {}
    check_period(membership.joined_on, columns["ended_on"], state=state)
    before = {name: getattr(membership, name) for name in columns}
    update_versioned(membership, expected_version, **columns)
    refresh(membership.organisation)
    _tell(membership.organisation, f"Medlemskapet för {membership.organisation} har ny status.")
    after = columns | {"on": change.on, "decision": str(change.decision.record) if change.decision else None}
    record(STATE_EVENTS[state], membership, actor=actor, before=before, after=after, reason=reason)


def change_agreement(
    membership: Membership,
    agreement: CollectiveAgreement,
    *,
    actor: User,
    reason: str,
    expected_version: int,
) -> None:
    """Note what is known of the collective agreement. Raises PermissionDenied or ChangedMeanwhile."""
    _change(
        membership, {"collective_agreement": agreement}, actor=actor, reason=reason, version=expected_version
    )


def correct_joined_on(
    membership: Membership, joined_on: date | None, *, actor: User, reason: str, expected_version: int
) -> None:
    """Correct the day on which the membership began. Raises PermissionDenied, Refused or ChangedMeanwhile."""
    check_period(joined_on, membership.ended_on, state=State(membership.state))
    _change(membership, {"joined_on": joined_on}, actor=actor, reason=reason, version=expected_version)


@transaction.atomic
def restore_membership(
    membership: Membership,
    columns: Mapping[str, Any],
    *,
    actor: User,
    reason: str,
    expected_version: int,
) -> None:
    """Make the membership as it was before an import. Raises PermissionDenied or ChangedMeanwhile."""
    check_may_write(actor)
    before = {name: getattr(membership, name) for name in columns}
    update_versioned(membership, expected_version, **columns)
    refresh(membership.organisation)
    record(
        "members.membership.restored",
        membership,
        actor=actor,
        before=before,
        after=dict(columns),
        reason=reason,
    )


@transaction.atomic
def withdraw_admission(membership: Membership, *, actor: User, reason: str, expected_version: int) -> None:
    """Take away a membership that should never have been stored.

    Raises ProtectedError when a control holds on to it, ChangedMeanwhile when it was changed.
    """
    check_may_write(actor)
    update_versioned(membership, expected_version)
    before = {"state": membership.state, "joined_on": membership.joined_on}
    record("members.membership.withdrawn", membership, actor=actor, before=before, reason=reason)
    membership.delete()


def check_period(joined_on: date | None, ended_on: date | None, *, state: State) -> None:
    """Raise Refused unless the dates fit each other and the state."""
    if (state is State.ENDED) != (ended_on is not None):
        raise Refused("Ange sista dagen för ett medlemskap som är avslutat, och bara för ett sådant.")
    if joined_on and ended_on and ended_on < joined_on:
        raise Refused("Medlemskapet kan inte sluta före dagen då det började.")


@transaction.atomic
def _change(
    membership: Membership, columns: dict[str, Any], *, actor: User, reason: str, version: int
) -> None:
    check_may_write(actor)
    before = {name: getattr(membership, name) for name in columns}
    if before == columns:
        return
    update_versioned(membership, version, **columns)
    record("members.membership.changed", membership, actor=actor, before=before, after=columns, reason=reason)
