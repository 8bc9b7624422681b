"""Who may end, pause and resume memberships, and on what ground a membership's state may change."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.accounts.policies import check_role
from pakten.decisions.models import Decision, DecisionKind
from pakten.decisions.models import State as DecisionState
from pakten.members.models import (
    MATTER_TRANSITIONS,
    LeavingReason,
    MatterKind,
    MatterState,
    Membership,
    MembershipMatter,
    State,
)
from pakten.organisations.refusals import Refused
from pakten.records.policies import check_no_conflict

PROPOSERS = (Role.CASE_OFFICER, Role.MANAGER)
DECIDERS = (Role.MANAGER, Role.DIRECTOR)
MATTER_READERS = (Role.CASE_OFFICER, Role.MANAGER, Role.DIRECTOR)
SUBJECT = "members.membershipmatter"

# What each kind of matter makes of a membership, and by which kind of decision.
LEADS_TO: dict[MatterKind, tuple[State, DecisionKind]] = {
    MatterKind.END: (State.ENDED, DecisionKind.MEMBERSHIP_END),
    MatterKind.PAUSE: (State.DORMANT, DecisionKind.MEMBERSHIP_PAUSE),
    MatterKind.RESUME: (State.ACTIVE, DecisionKind.MEMBERSHIP_RESUME),
}


def check_may_propose(user: User | None, *matters: MembershipMatter) -> None:
    """Raise PermissionDenied without the role, or with a conflict of interest in the matter's case."""
    check_role(user, *PROPOSERS)
    check_no_conflict(user, *(matter.case for matter in matters))


def check_matter_transition(matter: MembershipMatter, state: MatterState) -> None:
    """Raise Refused unless the matter may go from its state to ``state``."""
    now = MatterState(matter.state)
    if state not in MATTER_TRANSITIONS[now]:
        raise Refused(f"Förslaget är redan {now.label}.")


def check_ground(
    membership: Membership, state: State, *, decision: Decision | None, leaving_reason: str
) -> None:
    """Raise PermissionDenied unless a person with the right has decided this (KL 6:38, L-01).

    Without decision a membership can only end, and only by the member's own wish: that is execution.
    """
    if decision is None:
        if state is State.ENDED and leaving_reason == LeavingReason.OWN_WISH:
            return
        raise PermissionDenied("Det beslutas av en person som har rätt till det, aldrig av systemet.")
    stored = Decision.objects.filter(pk=decision.pk, subject_type=SUBJECT).first()
    about = stored and MembershipMatter.objects.filter(pk=stored.subject_id, membership=membership).first()
    if stored is None or about is None or stored.state != DecisionState.IN_FORCE:
        raise PermissionDenied("Beslutet gäller inte, eller handlar om något annat än medlemskapet.")
    if LEADS_TO[MatterKind(about.kind)] != (state, DecisionKind(stored.kind)):
        raise PermissionDenied("Beslutet säger något annat om medlemskapet.")


def check_last_day(membership: Membership, day: date) -> None:
    """Raise Refused for a last day that is still to come; the dates' order is the period's own check."""
    if day > timezone.localdate():
        raise Refused("Sista dagen kan inte ligga framåt i tiden. Registrera utträdet den dagen.")
    if membership.joined_on and day < membership.joined_on:
        raise Refused(f"Medlemskapet började {membership.joined_on}. Sista dagen kan inte vara tidigare.")
