"""Who may change memberships, and whether a change may happen now."""

from __future__ import annotations

from pakten.accounts.models import Role, User
from pakten.accounts.policies import STAFF, check_role, has_role
from pakten.members.models import TRANSITIONS, Membership, State
from pakten.organisations.refusals import Refused

WRITERS = (Role.CASE_OFFICER, Role.MANAGER, Role.ADMINISTRATOR)
READERS = STAFF


def check_may_write(user: User | None) -> None:
    """Raise PermissionDenied unless the user may change memberships."""
    check_role(user, *WRITERS)


def may_write(user: User | None) -> bool:
    return has_role(user, *WRITERS)


def check_transition(membership: Membership, state: State) -> None:
    """Raise Refused unless the membership may go from its state to ``state``."""
    now = State(membership.state)
    if state not in TRANSITIONS[now]:
        raise Refused(f"Ett medlemskap som är {now.label} kan inte bli {state.label}.")
