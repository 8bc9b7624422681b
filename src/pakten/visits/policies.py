"""Who may see visits, make them, and say what they mean."""

from __future__ import annotations

from pakten.accounts.models import Role, User
from pakten.accounts.policies import check_role
from pakten.members.queries.conflicts import cases_about
from pakten.organisations.models import Organisation
from pakten.records.policies import check_no_conflict

SEE = (Role.CASE_OFFICER, Role.MANAGER, Role.AUDITOR)
ACT = (Role.CASE_OFFICER, Role.MANAGER)
# Whoever keeps the archive: disposal is a duty when the time is out, by a decision's number (L-35).
DISPOSE = (Role.MANAGER, Role.REGISTRAR)
SEE_DISPOSAL = (Role.CASE_OFFICER, Role.MANAGER, Role.REGISTRAR, Role.AUDITOR)


def check_order(actor: User | None) -> None:
    """The system may order a visit (``actor`` None); a person needs the role. Raises PermissionDenied."""
    if actor is not None:
        check_role(actor, *ACT)


def check_open_to(actor: User | None, organisation: Organisation) -> None:
    """Raise PermissionDenied where the actor has a conflict of interest about the organisation (L-17)."""
    check_no_conflict(actor, *cases_about(organisation))


def check_judge(actor: User | None) -> User:
    """The person who judges. The engine has no user, so it is refused. Raises PermissionDenied."""
    check_role(actor, *ACT)
    assert actor is not None
    return actor
