"""Telling a member's contacts by e-mail that something waits for them. What it is, they read signed in."""

from __future__ import annotations

from django.utils import timezone

from pakten.accounts.models import User
from pakten.letters.refusals import LettersRefused
from pakten.letters.services import Mail, post
from pakten.members.models import Message, MessageKind
from pakten.organisations.models import ContactPerson
from pakten.organisations.queries import current_contacts

_BODY = (
    "Hej {name}!\n\n"
    "Staden har skrivit till {organisation}{what}. Logga in för att läsa och svara: välj ”Få en kod via "
    "e-post” på inloggningssidan och skriv {email}.\n\n"
    "Hälsningar\nNätverkskontoret"
)


def tell_contacts(message: Message, *, actor: User) -> int:
    """Queue a notice to everybody who may read the message signed in; how many. In the caller's transaction.

    The notice holds nothing of the message, so it is no record of its own. An address that can't be sent to
    stops nothing: the message stands in the organisation's file all the same.
    """
    contacts = current_contacts(message.organisation, as_of=timezone.localdate())
    readers = [each for each in contacts if each.user and each.user.is_active and each.user.email]
    return sum(_tell(each, message, actor=actor) for each in readers)


def _tell(contact: ContactPerson, message: Message, *, actor: User) -> bool:
    assert contact.user is not None
    what = " med en fråga" if message.kind == MessageKind.QUESTION else ""
    body = _BODY.format(
        name=contact.name, organisation=message.organisation, what=what, email=contact.user.email
    )
    subject = "Du har en fråga från staden" if what else "Du har ett meddelande från staden"
    mail = Mail(
        contact.user.email,
        subject,
        body,
        to_name=contact.name,
        about=f"members.message:{message.pk}",
        to_person=True,
    )
    try:
        post(mail, actor=actor)
    except LettersRefused:
        return False
    return True
