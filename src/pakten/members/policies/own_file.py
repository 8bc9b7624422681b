"""What a member's contact may open: the files of those organisations whose contact they are today."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.accounts.policies import has_role
from pakten.organisations.models import ContactPerson
from pakten.organisations.queries import current_contacts_of_user

CONTACTS = (Role.MEMBER_CONTACT,)


def contacts_held_by(user: User | AnonymousUser) -> list[ContactPerson]:
    """The person's standing as contact today, one row for each organisation; none for anybody else."""
    if not isinstance(user, User) or not has_role(user, *CONTACTS):
        return []
    return list(current_contacts_of_user(user, as_of=timezone.localdate()))


def contact_in(user: User | AnonymousUser, public_id: str) -> ContactPerson | None:
    """The person's standing as contact of the organisation in an address; None closes its file to them."""
    held = contacts_held_by(user)
    return next((each for each in held if each.organisation.public_id == public_id), None)
