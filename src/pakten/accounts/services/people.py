"""Accounts and the roles that people have."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from pakten.accounts.demo_people import DEMO_PASSWORD, DEMO_SIGN_INS
from pakten.accounts.models import Role, RoleAssignment, User
from pakten.accounts.policies import check_keeps_accounts, may_sign_in_by_mail
from pakten.audit.services import record


@dataclass(frozen=True)
class NewPerson:
    """Whom an account is made for."""

    username: str
    first_name: str
    last_name: str
    title: str = ""
    email: str = ""


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
    """Make an account for a named person (first and last name) with roles and a password.

    ``actor`` is an administrator, or None where an operator does it on the server. Raises ValidationError for
    a weak password or a username that is taken, PermissionDenied for any other actor.
    """
    check_keeps_accounts(actor)
    user = User(username=username, first_name=name[0], last_name=name[1], title=title)
    validate_password(password, user)
    user.set_password(password)
    return add_account(user, roles, actor=actor)


@transaction.atomic
def invite(person: NewPerson, roles: Iterable[Role], *, actor: User, reason: str) -> User:
    """Make an account without password; the person gets in by a link, or by codes to the e-mail address.

    Raises ValidationError where a member's contact has no address, or shares it with another contact.
    """
    check_keeps_accounts(actor)
    given = [Role(role) for role in roles]
    user = User(
        username=person.username,
        first_name=person.first_name,
        last_name=person.last_name,
        title=person.title,
        email=person.email.lower(),
    )
    user.set_unusable_password()
    if Role.MEMBER_CONTACT in given:
        check_contact_address(user)
    return add_account(user, given, actor=actor, reason=reason)


@transaction.atomic
def add_from_identity(save: Callable[[], User], *, provider: str) -> User:
    """Keep an account that an identity provider vouches for: no role until somebody gives one."""
    user = save()
    record(
        "accounts.user.added",
        user,
        actor=None,
        after={"username": user.username, "roles": [], "provider": provider},
    )
    return user


@transaction.atomic
def set_roles(user: User, roles: Iterable[Role], *, actor: User | None, reason: str = "") -> None:
    """Give the user exactly these roles. Nobody changes their own. Raises PermissionDenied."""
    check_keeps_accounts(actor, user)
    # Two administrators at once: the second waits, and sees what the first did.
    # Not the key: entries in the log name the person, and whoever writes one must not wait for us.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    before = set(user.role_assignments.values_list("role", flat=True))
    wanted = {Role(role) for role in roles}
    if Role.MEMBER_CONTACT in wanted - before:
        check_contact_address(user)
    user.role_assignments.exclude(role__in=wanted).delete()
    RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role) for role in wanted - before)
    user.roles_read = None
    record(
        "accounts.roles.changed",
        user,
        actor=actor,
        before={"roles": sorted(before)},
        after={"roles": sorted(wanted)},
        reason=reason,
    )


@transaction.atomic
def close(user: User, *, actor: User, reason: str) -> None:
    """Switch the account off: nobody signs in to it, and open sessions end at once. Its history stays."""
    check_keeps_accounts(actor, user)
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        record("accounts.user.closed", user, actor=actor, reason=reason)


@transaction.atomic
def open_again(user: User, *, actor: User, reason: str) -> None:
    """Switch the account on again, with the roles that it had."""
    check_keeps_accounts(actor, user)
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        record("accounts.user.opened", user, actor=actor, reason=reason)


@transaction.atomic
def make_password_link(user: User, *, actor: User) -> str:
    """The path of a page where the person chooses a password; it works once, and for three days."""
    check_keeps_accounts(actor, user)
    if may_sign_in_by_mail(user):
        raise PermissionDenied("En kontaktperson loggar in med kod via e-post och behöver inget lösenord.")
    record("accounts.password.link_made", user, actor=actor)
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    token = default_token_generator.make_token(user)
    return reverse("accounts:choose_password", kwargs={"uidb64": uid, "token": token})


@transaction.atomic
def choose_password(user: User, password: str) -> None:
    """Keep the password that the person chose for the own account. Raises ValidationError for a weak one."""
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    record("accounts.password.chosen", user, actor=user)


@transaction.atomic
def add_demo_people() -> list[User]:
    """Make the demo's people where they are missing. Safe to call twice."""
    for person in DEMO_SIGN_INS:
        if not User.objects.filter(username=person.username).exists():
            user = add_user(
                person.username,
                (person.first_name, person.last_name),
                roles=[person.role],
                password=DEMO_PASSWORD,
                actor=None,
                title=person.role.label,
            )
            User.objects.filter(pk=user.pk).update(email=person.email)
    return list(User.objects.filter(username__in=[person.username for person in DEMO_SIGN_INS]))


def add_account(user: User, roles: Iterable[Role], *, actor: User | None, reason: str = "") -> User:
    """Store the account with its roles, in the caller's transaction; the caller has asked who may."""
    user.full_clean()
    user.save()
    given = [Role(role) for role in roles]
    RoleAssignment.objects.bulk_create(RoleAssignment(user=user, role=role) for role in given)
    after = {"username": user.username, "roles": given}
    record("accounts.user.added", user, actor=actor, after=after, reason=reason)
    return user


def check_contact_address(user: User) -> None:
    """Raise ValidationError unless the address is there and one contact's only: contacts sign in by it."""
    if not user.email:
        raise ValidationError({"email": "En kontaktperson loggar in med kod via e-post. Fyll i adressen."})
    others = User.objects.filter(email__iexact=user.email, role_assignments__role=Role.MEMBER_CONTACT)
    if others.exclude(pk=user.pk).exists():
        raise ValidationError({"email": "En annan kontaktperson har redan den här e-postadressen."})
