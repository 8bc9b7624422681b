"""Invented contact persons, and one who signs in: Kim, with a question, a thread and a correction."""

from __future__ import annotations

from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from pakten.accounts.models import Role, User
from pakten.demo.dice import Dice
from pakten.demo.people import invented_name
from pakten.members.models import Membership, Message, MessageKind, State
from pakten.members.queries.campaigns import open_questions
from pakten.members.services.messages import Written, answer, ask_organisation, write_to_city
from pakten.organisations.facts import ContactFacts, FactSource
from pakten.organisations.models import ContactPerson, Sector
from pakten.organisations.services import add_contact, invite_contact

SEED = "kontaktpersoner"
HOW_MANY = 60
SOURCE = "Påhittat mejl från organisationen"
_TITLES = ("vd", "ordförande", "verksamhetschef", "personalchef", "samordnare", "kanslichef")


@transaction.atomic
def seed_contacts(people: list[User], *, now: datetime) -> int:
    """Give each sixth member a main contact, once; gives back how many contacts there are."""
    if not ContactPerson.objects.exists():
        dice, officer = Dice(SEED), _with(people, Role.CASE_OFFICER)
        source = FactSource(SOURCE, now)
        rows = Membership.objects.filter(state=State.ACTIVE).select_related("organisation").order_by("pk")
        for membership in list(rows)[: HOW_MANY * 6 : 6][:HOW_MANY]:
            facts = _facts(dice, membership)
            add_contact(membership.organisation, facts, actor=officer, source=source)
    return ContactPerson.objects.count()


@transaction.atomic
def seed_correspondence(people: list[User], *, now: datetime) -> int:
    """Let Kim be the contact of a member that has a question to answer, and write a little, once."""
    officer, kim = _with(people, Role.CASE_OFFICER), _with(people, Role.MEMBER_CONTACT)
    if not ContactPerson.objects.filter(email=kim.email).exists():
        contact = _invited(kim, officer=officer, now=now)
        _write(contact, kim=kim, officer=officer)
    return Message.objects.count()


def _invited(kim: User, *, officer: User, now: datetime) -> ContactPerson:
    rows = Membership.objects.filter(
        state=State.ACTIVE, organisation__sector=Sector.PRIVATE, organisation__contact_persons=None
    )
    wanted = rows.exclude(joined_on=None).exclude(organisation__org_nr=None).select_related("organisation")
    candidates = list(wanted.order_by("pk")[:40])
    asked = (
        row for row in candidates if not row.organisation.sole_trader and open_questions(row.organisation)
    )
    membership = next(asked, candidates[0])
    facts = ContactFacts(str(kim), "verksamhetschef", kim.email, "070-000 00 00", is_main=True)
    source = FactSource(SOURCE, now)
    contact = add_contact(membership.organisation, facts, actor=officer, source=source)
    invite_contact(contact, actor=officer, expected_version=contact.version)
    return contact


def _write(contact: ContactPerson, *, kim: User, officer: User) -> None:
    organisation = contact.organisation
    first = write_to_city(
        organisation,
        Written("Vi kan ta emot två praktikanter i vår. Vem ska vi höra av oss till?", _form(1)),
        actor=kim,
    )
    words = "Tack! Hör av er till oss på nätverkskontoret, så kopplar vi ihop er med Välkomsthuset."
    answer(first, Written(words, _form(2)), actor=officer, expected_version=first.version)
    correction = Written(
        "Vi har flyttat. Den nya orten står hos Bolagsverket.",
        _form(3),
        kind=MessageKind.CORRECTION,
        fact="place",
        proposed="Älvbacka",
    )
    write_to_city(organisation, correction, actor=kim)
    question = "Hur många av er personal kan vara handledare för en praktikant?"
    ask_organisation(organisation, Written(question, _form(4), kind=MessageKind.QUESTION), actor=officer)


def _facts(dice: Dice, membership: Membership) -> ContactFacts:
    name = invented_name(dice)
    host = membership.organisation.email.partition("@")[2] or "exempel.example"
    given = name.split()[0].encode("ascii", "ignore").decode().lower() or "kontakt"
    return ContactFacts(
        name,
        dice.pick(_TITLES),
        f"{given}@{host}",
        f"070-000 {dice.between(10, 99)} {dice.between(10, 99)}",
        is_main=True,
    )


def _form(number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"pakten:demo:message:{number}")


def _with(people: list[User], role: Role) -> User:
    return next(user for user in people if user.role_assignments.filter(role=role).exists())
