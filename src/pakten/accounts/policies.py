"""Who may do what: the question "has this person one of these roles?", in its two forms.

Also how each role may sign in:

==================  ==================================================================
kontaktperson       code by e-mail, or a passkey of one's own; no second factor asked
every other role    password, passkey or the city's identity provider; second factor
no role             as whoever the person becomes; opens only the person's own pages
==================  ==================================================================
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
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

# Whom the accounts page is for.
KEEPS_ACCOUNTS = Role.ADMINISTRATOR
# Who may let a member's contact sign in: those who keep the members' cards.
INVITES_CONTACTS: tuple[Role, ...] = (Role.CASE_OFFICER, Role.MANAGER, Role.ADMINISTRATOR)


def roles_of(user: User | AnonymousUser | None) -> frozenset[str]:
    """The roles that this user has now; none for a visitor or for an account that is switched off."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if user.roles_read is None:
        # One query per request: the user object lives as long as the request.
        user.roles_read = frozenset(user.role_assignments.values_list("role", flat=True))
    return user.roles_read


def has_role(user: User | AnonymousUser | None, *roles: str) -> bool:
    """Does this user have at least one of these roles? A superuser without the role has not."""
    return not roles_of(user).isdisjoint(roles)


def check_role(user: User | AnonymousUser | None, *roles: str) -> None:
    """Raise PermissionDenied, with a sentence for people, unless the user has one of these roles."""
    if not has_role(user, *roles):
        wanted = _either(str(Role(role).label) for role in roles)
        raise PermissionDenied(f"Du har inte behörighet att göra det här. Det kräver rollen {wanted}.")


def may_sign_in_by_mail(user: User) -> bool:
    """Only those who are nothing but a member's contact: a mailbox is too weak a key for anything else."""
    return user.is_active and roles_of(user) == {Role.MEMBER_CONTACT}


def needs_second_factor(user: User | AnonymousUser) -> bool:
    """Must this person have a second factor before opening anything else?"""
    return bool(settings.SECOND_FACTOR_REQUIRED and roles_of(user) - {Role.MEMBER_CONTACT})


def check_keeps_accounts(actor: User | None, user: User | None = None) -> None:
    """Raise PermissionDenied unless the actor may change this account; None is an operator on the server.

    Nobody changes their own rights or locks themselves out.
    """
    if actor is None:
        return
    check_role(actor, KEEPS_ACCOUNTS)
    if user is not None and actor.pk == user.pk:
        raise PermissionDenied("Du kan inte ändra dina egna roller eller ditt eget konto. Be en kollega.")


def check_invites_contacts(actor: User | None) -> None:
    """Raise PermissionDenied unless the actor may make an account that is a member's contact and no more."""
    check_role(actor, *INVITES_CONTACTS)


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} eller {last}" if first else last
