"""What an organisation itself states in a form, stored by the system: it adds, and never writes over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from pakten.audit.services import record
from pakten.organisations.facts import FactSource
from pakten.organisations.models import ContactPerson, Organisation, OwnershipStake, OwnerType, Sector
from pakten.organisations.policies import check_columns, check_text
from pakten.organisations.queries import by_number
from pakten.organisations.services.organisation import keys_for, logged, number_still_free


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """An organisation as it describes itself; the columns of Organisation with the same names."""

    org_nr: str
    legal_name: str
    sector: Sector
    legal_form: str = ""
    address: str = ""
    place: str = ""
    website: str = ""
    employees: str = ""
    branch_code: str = ""
    group_parent: Organisation | None = None


@dataclass(frozen=True, slots=True)
class StatedContact:
    """Whom to write to, as stated."""

    name: str
    title: str
    email: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class StatedOwner:
    """An owner as stated; ``percentage`` None = not said."""

    name: str
    owner_type: OwnerType
    percentage: Decimal | None = None


@transaction.atomic
def receive_organisation(
    facts: StatedFacts, *, source: FactSource, owners: Sequence[StatedOwner] = ()
) -> tuple[Organisation, bool]:
    """The organisation with this number, made if we have none; True = made now, with its owners.

    One that we have stays as it is: differences are for an officer to look at. Raises Refused for facts that
    can't stand, or where somebody else stored the number at this moment.
    """
    if (known := _known(facts.org_nr)) is not None:
        return known, False
    columns = {field.name: getattr(facts, field.name) for field in fields(facts)}
    check_columns({name: value for name, value in columns.items() if name != "group_parent"})
    with number_still_free(facts.org_nr):
        made = Organisation.objects.create(**columns, **keys_for(facts.legal_name), **source.columns())
    OwnershipStake.objects.bulk_create(
        OwnershipStake(
            asset=made,
            owner_type=owner.owner_type,
            owner_name=owner.name,
            percentage=owner.percentage,
            **source.columns(),
        )
        for owner in owners
    )
    after = logged(columns) | {
        "group_parent": facts.group_parent.public_id if facts.group_parent else None,
        "owners": [f"{owner.name}: {owner.percentage}" for owner in owners],
    }
    record("organisations.organisation.received", made, actor=None, after=after, reason=source.what)
    return made, True


@transaction.atomic
def receive_contact(
    organisation: Organisation, contact: StatedContact, *, source: FactSource, is_main: bool
) -> ContactPerson:
    """The contact with this address at the organisation, added if it has none. A known one stays as it is."""
    check_text(contact.name)
    now = timezone.now()
    row, added = ContactPerson.objects.get_or_create(
        organisation=organisation,
        email=contact.email,
        valid_to=None,
        defaults={
            "name": contact.name,
            "title": contact.title,
            "phone": contact.phone,
            "is_main": is_main,
            # The form told what happens with what is sent.
            "informed_at": now,
            "valid_from": timezone.localdate(now),
            **source.columns(),
        },
    )
    if added:
        after = {"name": row.name, "title": row.title, "is_main": row.is_main}
        record("organisations.contact.received", row, actor=None, after=after, reason=source.what)
    return row


def _known(org_nr: str) -> Organisation | None:
    found = by_number(org_nr)
    if found is None:
        return None
    # Held until the caller's transaction ends: two applications of one organisation come one after the other.
    return Organisation.objects.select_for_update().get(pk=found.pk)
