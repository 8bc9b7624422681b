"""Who may change memberships, and whether a change may happen now."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from pakten.accounts.models import Role, User
from pakten.accounts.policies import STAFF, check_role, has_role
from pakten.members.models import (
    IMPORT_TRANSITIONS,
    TRANSITIONS,
    ImportState,
    Membership,
    RegisterImport,
    State,
)
from pakten.organisations.refusals import Refused

WRITERS = (Role.CASE_OFFICER, Role.MANAGER, Role.ADMINISTRATOR)
READERS = STAFF


def check_may_write(user: User | None) -> None:
    """Raise PermissionDenied unless the user may change memberships."""
    check_role(user, *WRITERS)


def may_write(user: User | AnonymousUser | None) -> bool:
    return has_role(user, *WRITERS)


_IS_NOW: dict[State, str] = {
    State.ACTIVE: "Medlemskapet gäller redan.",
    State.DORMANT: "Medlemskapet vilar redan.",
    State.ENDED: "Medlemskapet är avslutat.",
}
_TRIED: dict[State, str] = {
    State.ACTIVE: "Organisationen kan ansöka igen.",
    State.DORMANT: "Bara ett medlemskap som gäller kan vila.",
}


def check_transition(membership: Membership, state: State) -> None:
    """Raise Refused unless the membership may go from its state to ``state``."""
    now = State(membership.state)
    if state not in TRANSITIONS[now]:
        raise Refused(f"{_IS_NOW[now]} {_TRIED[state]}" if now is not state else _IS_NOW[now])


def check_import_transition(register_import: RegisterImport, state: ImportState) -> None:
    """Raise Refused unless the import may go from its state to ``state``."""
    now = ImportState(register_import.state)
    if state not in IMPORT_TRANSITIONS[now]:
        raise Refused(f"Det går inte, för importen är {now.label}.")
    if register_import.fault:
        raise Refused(register_import.fault)
