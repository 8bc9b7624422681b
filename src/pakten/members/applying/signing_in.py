"""How whoever is the contact of a new member gets in, said on the application's own page."""

from __future__ import annotations

from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.queries import contact_with_address
from pakten.members.models import Application
from pakten.organisations.queries import current_contacts

BY_CODE = (
    "{name} loggar in med en kod. Välj ”Få en kod via e-post” på inloggningssidan och skriv {email}, så "
    "mejlar vi koden. Det behövs inget lösenord."
)
INVITED_LATER = (
    "Vi mejlar {email} när inloggningen är klar. Sedan loggar {name} in med en kod som kommer med e-post. "
    "Det behövs inget lösenord."
)
WE_TELL = "Vi hör av oss om inloggning."


def way_in(application: Application) -> str:
    """By a code where the contact has an account; later where one can be made; else that we will tell."""
    email, name = application.contact_email, application.contact_name
    if not email:
        return WE_TELL
    account = contact_with_address(email)
    if account is not None and _speaks_for(application, account):
        return BY_CODE.format(name=name, email=email)
    in_the_way = account is None and User.objects.filter(email__iexact=email).exists()
    return WE_TELL if in_the_way else INVITED_LATER.format(name=name, email=email)


def _speaks_for(application: Application, account: User) -> bool:
    contacts = current_contacts(application.organisation, as_of=timezone.localdate())
    return any(each.user_id == account.pk for each in contacts)
