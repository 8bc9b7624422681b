"""Writes about people: accounts, roles, signing in and out."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied
from django.db import transaction

from pakten.accounts.demo_people import DEMO_PASSWORD, DEMO_SIGN_INS
from pakten.accounts.models import Role, RoleAssignment, User
from pakten.accounts.policies import check_role
from pakten.audit.services import record


@transaction.atomic
def add_user(
    username: str,
    name: tuple[str, str],
    *,
    roles: Iterable[Role],
    password: str,
    actor: User | None,
    title: str = "",
) -> User:
    """Make an account for a named person (first and last name) with roles.

    ``actor`` is an administrator, or None where an operator does it on the server. Raises ValidationError for
    a weak password or a username that is taken, PermissionDenied for any other actor.
    """
    if actor is not None:
        check_role(actor, Role.ADMINISTRATOR)
    user = User(username=username, first_name=name[0], last_name=name[1], title=title)
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    given = [Role(role) for role in roles]
    RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role) for role in given)
    record("accounts.user.added", user, actor=actor, after={"username": username, "roles": given})
    return user


@transaction.atomic
def set_roles(user: User, roles: Iterable[Role], *, actor: User | None, reason: str = "") -> None:
    """Give the user exactly these roles. Nobody changes their own. Raises PermissionDenied."""
    if actor is not None:
        check_role(actor, Role.ADMINISTRATOR)
        if actor.pk == user.pk:
            raise PermissionDenied("Du kan inte ändra dina egna roller. Be en annan administratör.")
    before = set(user.role_assignments.values_list("role", flat=True))
    wanted = {Role(role) for role in roles}
    user.role_assignments.exclude(role__in=wanted).delete()
    RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role) for role in wanted - before)
    user.__dict__.pop("_roles", None)
    record(
        "accounts.roles.changed",
        user,
        actor=actor,
        before={"roles": sorted(before)},
        after={"roles": sorted(wanted)},
        reason=reason,
    )


@transaction.atomic
def add_demo_people() -> list[User]:
    """Make the demo's people where they are missing. Safe to call twice."""
    for person in DEMO_SIGN_INS:
        if not User.objects.filter(username=person.username).exists():
            add_user(
                person.username,
                (person.first_name, person.last_name),
                roles=[person.role],
                password=DEMO_PASSWORD,
                actor=None,
                title=person.role.label,
            )
    return list(User.objects.filter(username__in=[person.username for person in DEMO_SIGN_INS]))


@transaction.atomic
def note_signed_in(user: User) -> None:
    """Write to the log that the user signed in."""
    record("accounts.session.opened", user, actor=user)


@transaction.atomic
def note_signed_out(user: User) -> None:
    """Write to the log that the user signed out."""
    record("accounts.session.closed", user, actor=user)


@transaction.atomic
def note_refused(username: str, *, throttled: bool) -> None:
    """Write to the log that a sign-in to an existing account failed.

    A name without account is not written: it may be a password typed in the wrong field.
    """
    if user := User.objects.filter(username__iexact=username.strip()).first():
        record("accounts.session.refused", user, actor=None, after={"throttled": throttled})
