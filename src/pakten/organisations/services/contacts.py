"""Contact persons: whom the city writes to, and who may open the organisation's own file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.services import invite_contact as invite_account
from pakten.audit.services import record
from pakten.letters.services import Mail, post
from pakten.organisations import letters
from pakten.organisations.facts import ContactFacts, FactSource
from pakten.organisations.models import ContactPerson, Organisation
from pakten.organisations.policies import check_contact, check_may_change_contact, check_may_write
from pakten.organisations.refusals import Refused
from pakten.organisations.services.versions import update_versioned
from pakten.records.words import one_line

_TAKEN = "Organisationen har redan en kontaktperson med den e-postadressen."


@transaction.atomic
def add_contact(
    organisation: Organisation, facts: ContactFacts, *, actor: User, source: FactSource
) -> ContactPerson:
    """Store a contact from today on. A new main contact takes the place of the old one.

    Raises PermissionDenied, and Refused for facts that can't stand or an address that a contact has already.
    """
    check_may_write(actor)
    check_contact(facts)
    check_contact(facts := _clean(facts))
    if facts.is_main:
        _make_room_for_main(organisation)
    with _address_still_free():
        contact = ContactPerson.objects.create(
            organisation=organisation, **asdict(facts), valid_from=timezone.localdate(), **source.columns()
        )
    record("organisations.contact.added", organisation, actor=actor, after=_told(facts), reason=source.what)
    return contact


@transaction.atomic
def change_contact(
    contact: ContactPerson, facts: ContactFacts, *, actor: User, source: FactSource, expected_version: int
) -> None:
    """Make the contact's details these. Contacts may change their own, but not the address they sign in by.

    Raises PermissionDenied, Refused, or ChangedMeanwhile when the version is no longer the expected one.
    """
    check_may_change_contact(actor, contact, facts=facts)
    check_contact(facts)
    check_contact(facts := _clean(facts))
    _check_still_contact(contact)
    _check_address_of_account(contact, facts)
    before = _facts_of(contact)
    if facts.is_main and not contact.is_main:
        _make_room_for_main(contact.organisation)
    with _address_still_free():
        update_versioned(contact, expected_version, **asdict(facts), **source.columns())
    record(
        "organisations.contact.changed",
        contact.organisation,
        actor=actor,
        before=_told(before),
        after=_told(facts),
        reason=source.what,
    )


@transaction.atomic
def end_contact(contact: ContactPerson, *, on: date, actor: User, reason: str, expected_version: int) -> None:
    """Note that the person is no longer a contact from ``on``: the organisation's file closes to the account.

    The row stays as history. Raises PermissionDenied, Refused when it is ended already, or ChangedMeanwhile.
    """
    check_may_write(actor)
    _check_still_contact(contact)
    update_versioned(contact, expected_version, valid_to=on)
    after = {"name": contact.name, "valid_to": on}
    record("organisations.contact.ended", contact.organisation, actor=actor, after=after, reason=reason)


@transaction.atomic
def invite_contact(contact: ContactPerson, *, actor: User, expected_version: int) -> User:
    """Let the contact sign in by codes to the own address, and mail how. Doing it again mails it again.

    The same person may be a contact of several organisations, with one account. Raises PermissionDenied,
    ChangedMeanwhile, and Refused without address or where another account stands in the way.
    """
    check_may_write(actor)
    _check_still_contact(contact)
    if not contact.email:
        raise Refused("Fyll i kontaktpersonens e-postadress först. Den behövs för att logga in.")
    user = _account_for(contact, actor=actor)
    now = timezone.now()
    update_versioned(contact, expected_version, user=user, informed_at=contact.informed_at or now)
    post(_mail(contact, letters.invitation(contact)), actor=actor)
    after = {"name": contact.name, "email": contact.email}
    record("organisations.contact.invited", contact.organisation, actor=actor, after=after)
    return user


@transaction.atomic
def inform_contact(contact: ContactPerson, *, actor: User, expected_version: int) -> None:
    """Mail the contact that we keep these details, and why. Raises as :func:`invite_contact`."""
    check_may_write(actor)
    _check_still_contact(contact)
    if not contact.email:
        raise Refused("Kontaktpersonen har ingen e-postadress. Informera på annat sätt.")
    update_versioned(contact, expected_version, informed_at=timezone.now())
    post(_mail(contact, letters.information(contact)), actor=actor)
    after = {"name": contact.name}
    record("organisations.contact.informed", contact.organisation, actor=actor, after=after)


def _account_for(contact: ContactPerson, *, actor: User) -> User:
    if contact.user is not None and contact.user.is_active:
        return contact.user
    reason = f"Kontaktperson för {contact.organisation}"
    try:
        return invite_account(contact.name, contact.email, actor=actor, reason=reason)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def _mail(contact: ContactPerson, letter: tuple[str, str]) -> Mail:
    subject, body = letter
    about = f"organisations.contactperson:{contact.pk}"
    return Mail(contact.email, subject, body, to_name=contact.name, about=about, to_person=True)


def _make_room_for_main(organisation: Organisation) -> None:
    """The organisation's row is locked, so that of two new main contacts the later one stands alone."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    for other in organisation.contact_persons.filter(is_main=True, valid_to=None):
        update_versioned(other, other.version, is_main=False)


@contextmanager
def _address_still_free() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise Refused(_TAKEN) from error


def _check_still_contact(contact: ContactPerson) -> None:
    if contact.valid_to is not None:
        raise Refused(f"{contact.name} är inte längre kontaktperson. Lägg till personen igen om det är fel.")


def _check_address_of_account(contact: ContactPerson, facts: ContactFacts) -> None:
    """An address is what a contact signs in by: another address is another person until we know better."""
    if contact.user_id is not None and facts.email.lower() != contact.email.lower():
        raise Refused(
            f"{contact.name} loggar in med {contact.email}. Notera att kontakten har slutat och lägg till "
            "personen med den nya adressen."
        )


def _clean(facts: ContactFacts) -> ContactFacts:
    """Without line breaks and signs that nobody sees, which a name could hide behind."""
    limit = 300
    return replace(
        facts,
        name=one_line(facts.name, limit),
        title=one_line(facts.title, limit),
        phone=one_line(facts.phone, limit),
    )


def _facts_of(contact: ContactPerson) -> ContactFacts:
    return ContactFacts(contact.name, contact.title, contact.email, contact.phone, contact.is_main)


def _told(facts: ContactFacts) -> dict[str, object]:
    return {"name": facts.name, "title": facts.title, "email": facts.email, "is_main": facts.is_main}
