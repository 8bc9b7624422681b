"""Who may do what: the question "has this person one of these roles?", in its two forms."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from pakten.accounts.models import Role, User

# Member contacts and receiving units are outsiders, board members are politicians.
STAFF: tuple[Role, ...] = (
    Role.CASE_OFFICER,
    Role.MANAGER,
    Role.DIRECTOR,
    Role.REGISTRAR,
    Role.BOARD_SECRETARY,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
EVERYBODY: tuple[Role, ...] = tuple(Role)


def roles_of(user: User | AnonymousUser | None) -> frozenset[str]:
    """The roles that this user has now; none for a visitor or for an account that is switched off."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    found = user.__dict__.get("_roles")
    if found is None:
        # One query per request: the user object lives as long as the request.
        found = user.__dict__["_roles"] = frozenset(user.role_assignments.values_list("role", flat=True))
    return frozenset(found)


def has_role(user: User | AnonymousUser | None, *roles: str) -> bool:
    """Does this user have at least one of these roles? A superuser without the role has not."""
    return not roles_of(user).isdisjoint(roles)


def check_role(user: User | AnonymousUser | None, *roles: str) -> None:
    """Raise PermissionDenied, with a sentence for people, unless the user has one of these roles."""
    if not has_role(user, *roles):
        wanted = _either(str(Role(role).label) for role in roles)
        raise PermissionDenied(f"Du har inte behörighet att göra det här. Det kräver rollen {wanted}.")


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} eller {last}" if first else last
