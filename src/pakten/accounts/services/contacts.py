"""Accounts of members' contacts: made by those who keep the members' cards, and good for nothing else."""

from __future__ import annotations

import secrets

from django.core.exceptions import ValidationError
from django.db import transaction

from pakten.accounts.models import Role, User
from pakten.accounts.policies import check_invites_contacts
from pakten.accounts.queries import contact_with_address
from pakten.accounts.services.people import add_account, check_contact_address

_NAME_LIMIT = 150


@transaction.atomic
def invite_contact(name: str, email: str, *, actor: User, reason: str) -> User:
    """The account by which a member's contact signs in: the one that has the address already, or a new one.

    Raises PermissionDenied, and ValidationError with a sentence where the address belongs to an account that
    is more than a contact's, is closed, or is shared by several.
    """
    check_invites_contacts(actor)
    if known := contact_with_address(email):
        return known
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError(
            "E-postadressen hör till ett annat konto hos oss. Be administratören se över det kontot först."
        )
    first, _, last = name.strip().partition(" ")
    user = User(
        username=f"kontakt-{secrets.token_hex(6)}",
        first_name=first[:_NAME_LIMIT],
        last_name=last.strip()[:_NAME_LIMIT],
        email=email.lower(),
    )
    user.set_unusable_password()
    added = add_account(user, [Role.MEMBER_CONTACT], actor=actor, reason=reason)
    # Asked after the log has been written: its lock lets only one of two who invite at once come this far.
    check_contact_address(added)
    return added
