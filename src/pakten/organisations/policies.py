"""Who may write about organisations, and which facts may be stored."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db.models import Field, Model
from django.utils import timezone
from django.utils.text import capfirst

from pakten.accounts.models import Role, User
from pakten.accounts.policies import check_role, has_role
from pakten.audit.redaction import without_personal_numbers
from pakten.organisations.facts import ContactFacts, PersonFacts, StakeFacts, is_birth_date
from pakten.organisations.models import (
    ContactPerson,
    Employees,
    KnownPerson,
    Organisation,
    OrganisationName,
    OwnershipStake,
    OwnerType,
)
from pakten.organisations.queries import current_contacts_of_user
from pakten.organisations.refusals import Refused
from vandel.ids import orgnr

WRITERS = (Role.CASE_OFFICER, Role.MANAGER, Role.ADMINISTRATOR)

NO_PERSONAL_NUMBERS = "Personnummer får inte registreras. Ta bort det och försök igen."


def check_may_write(user: User | None) -> None:
    """Raise PermissionDenied unless the user may write about organisations."""
    check_role(user, *WRITERS)


def may_write(user: User | AnonymousUser | None) -> bool:
    return has_role(user, *WRITERS)


def check_speaks_for(user: User | None, organisation: Organisation) -> None:
    """Raise PermissionDenied unless the user is a contact of this organisation today."""
    check_role(user, Role.MEMBER_CONTACT)
    assert user is not None
    contacts = current_contacts_of_user(user, as_of=timezone.localdate())
    if not contacts.filter(organisation=organisation).exists():
        raise PermissionDenied("Du är inte kontaktperson för den här organisationen.")


def check_text(text: str) -> None:
    """Raise Refused when a text holds what looks like a personal identity number."""
    if without_personal_numbers(text) != text:
        raise Refused(NO_PERSONAL_NUMBERS)


def check_length(model: type[Model], column: str, *, text: str) -> None:
    """Raise Refused when a text is longer than its column: not every database would."""
    field = model._meta.get_field(column)
    assert isinstance(field, Field)
    longest = getattr(field, "max_length", None)
    if longest and len(text) > longest:
        raise Refused(
            f"{capfirst(field.verbose_name)}: texten är för lång. Högst {longest} tecken får plats."
        )


def check_columns(values: dict[str, object]) -> None:
    """Raise Refused unless the values may stand in an organisation's columns."""
    if "legal_name" in values and not values["legal_name"]:
        raise Refused("Fyll i organisationens namn.")
    number = values.get("org_nr")
    if number is not None and orgnr.normalize(str(number)) != number:
        raise Refused("Organisationsnumret stämmer inte. Kontrollera att alla siffror är rätt.")
    for column in ("legal_name", "place", "legal_form", "address", "description"):
        check_text(str(values.get(column) or ""))
    if values.get("employees") and values["employees"] not in Employees.values:
        raise Refused("Välj hur många som arbetar i organisationen.")
    for column, value in values.items():
        check_length(Organisation, column, text=str(value or ""))
    check_addresses(str(values.get("website") or ""), str(values.get("email") or ""))


def check_addresses(website: str, email: str) -> None:
    """Raise Refused unless each address is empty or well formed."""
    try:
        if website:
            URLValidator(schemes=["http", "https"])(website)
    except ValidationError as error:
        raise Refused("Webbplatsen ser inte ut som en webbadress, till exempel www.exempel.se.") from error
    try:
        if email:
            EmailValidator()(email)
    except ValidationError as error:
        raise Refused("E-postadressen ser inte rätt ut. Den ska ha formen namn@exempel.se.") from error


def check_name(name: str) -> None:
    """Raise Refused unless the text may stand as another name of an organisation."""
    check_text(name)
    if not name.strip():
        raise Refused("Fyll i namnet.")
    check_length(OrganisationName, "name", text=name)


def check_person(person: PersonFacts) -> None:
    """Raise Refused unless the person's facts may be stored."""
    check_text(person.name)
    if not person.name.strip():
        raise Refused("Fyll i personens namn.")
    check_length(KnownPerson, "name", text=person.name)
    check_birth_date(person.birth_date)


def check_stake(stake: StakeFacts) -> None:
    """Raise Refused unless the stake's facts may be stored."""
    check_text(stake.owner_name)
    if not stake.owner_name.strip():
        raise Refused("Fyll i ägarens namn.")
    check_length(OwnershipStake, "owner_name", text=stake.owner_name)
    if stake.percentage is not None and not 0 <= stake.percentage <= 100:
        raise Refused("Andelen ska vara mellan 0 och 100 procent.")
    if stake.owner_type == OwnerType.PERSON and (stake.owner_org_nr or stake.owner_country or stake.owner):
        raise Refused("En person har varken organisationsnummer eller registreringsland.")
    if stake.owner_org_nr and orgnr.normalize(stake.owner_org_nr) != stake.owner_org_nr:
        raise Refused("Ägarens organisationsnummer stämmer inte. Kontrollera att alla siffror är rätt.")
    check_birth_date(stake.owner_birth_date)


def check_contact(facts: ContactFacts) -> None:
    """Raise Refused unless the contact's facts may be stored."""
    for text in (facts.name, facts.title):
        check_text(text)
    if not facts.name.strip():
        raise Refused("Fyll i kontaktpersonens namn.")
    for column in ("name", "title", "email", "phone"):
        check_length(ContactPerson, column, text=str(getattr(facts, column)))
    check_addresses("", facts.email)


def check_may_change_contact(user: User | None, contact: ContactPerson, *, facts: ContactFacts) -> None:
    """Raise PermissionDenied unless the user writes about organisations, or changes the own details.

    Nobody changes the own e-mail address, which is the key that the person signs in by, or makes
    themselves the main contact.
    """
    own = user is not None and contact.user_id == user.pk and has_role(user, Role.MEMBER_CONTACT)
    if own and (facts.email, facts.is_main) == (contact.email, contact.is_main):
        return
    check_may_write(user)


def check_birth_date(text: str) -> None:
    """Raise Refused unless ``text`` is empty or an ISO date of reduced precision."""
    if text and not is_birth_date(text):
        raise Refused("Skriv födelsetiden som år, år-månad eller år-månad-dag, till exempel 1960-08.")
