"""Who may see, draw up and register control sheets: those who may see the controls themselves."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from pakten.accounts.models import Role, User
from pakten.accounts.policies import STAFF, check_role, has_role
from pakten.checks.models import BasicControl, Control
from pakten.checks.policies import SEE_CONTROL
from pakten.members.queries.conflicts import cases_about
from pakten.records.policies import WRITERS, check_no_conflict
from pakten.sheets.queries import organisation_of

SEE = SEE_CONTROL
REGISTER = tuple(role for role in SEE if role in WRITERS)
# Whoever is handed a sheet may ask whether it is ours; the answer tells what stands on it anyway.
VERIFY = (*STAFF, Role.BOARD_MEMBER)


def check_see(actor: User | None, subject: Control | BasicControl) -> None:
    """Raise PermissionDenied without the role, or with a conflict about the organisation (L-17)."""
    check_role(actor, *SEE)
    check_no_conflict(actor, *cases_about(organisation_of(subject)))


def may_see(actor: User, subject: Control | BasicControl) -> bool:
    """The same question, answered."""
    try:
        check_see(actor, subject)
    except PermissionDenied:
        return False
    return True


def may_register(actor: User) -> bool:
    return has_role(actor, *REGISTER)
