"""Invented contacts, messages and papers for the tests of a member's own file, made through the services."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.people import person
from tests.web.members import register

from pakten.accounts.models import Role, User
from pakten.members.models import Membership, Message, MessageKind
from pakten.members.services.messages import Written, ask_organisation, write_to_city
from pakten.organisations import services
from pakten.organisations.facts import ContactFacts
from pakten.organisations.models import ContactPerson


def contact(membership: Membership, name: str = "Kim Kontaktsson", **facts: Any) -> ContactPerson:
    """A contact who can't sign in yet."""
    values = {"email": f"{uuid4().hex[:8]}@example.se"} | facts
    return services.add_contact(
        membership.organisation,
        ContactFacts(name, **values),
        actor=person(Role.CASE_OFFICER),
        source=register.source(),
    )


def contact_as(user: User, membership: Membership | None = None, **facts: Any) -> ContactPerson:
    """A contact whom this account belongs to."""
    row = contact(membership or register.member(), **facts)
    ContactPerson.objects.filter(pk=row.pk).update(user=user)
    row.user = user
    return row


def written(text: str = "När är nästa möte?", **more: Any) -> Written:
    return Written(text, more.pop("submission", uuid4()), **more)


def incoming(row: ContactPerson | None = None, text: str = "När är nästa möte?", **more: Any) -> Message:
    """What Kim writes to the city."""
    row = row or contact_as(person(Role.MEMBER_CONTACT))
    assert row.user is not None
    reply_to = more.pop("reply_to", None)
    return write_to_city(row.organisation, written(text, **more), actor=row.user, reply_to=reply_to)


def correction(row: ContactPerson | None = None, fact: str = "legal_name", **more: Any) -> Message:
    values = {"proposed": "Norrskenets Åkeri i Kiruna AB", "kind": MessageKind.CORRECTION} | more
    return incoming(row, "Vi bytte namn i mars.", fact=fact, **values)


def question(row: ContactPerson, text: str = "Hur många arbetar hos er?") -> Message:
    asked = written(text, kind=MessageKind.QUESTION)
    return ask_organisation(row.organisation, asked, actor=person(Role.CASE_OFFICER))
