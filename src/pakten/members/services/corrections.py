"""Settling what a member says is wrong: the value is adopted, corrected by hand, or declined with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.members.imports import values
from pakten.members.models import Message, MessageKind
from pakten.members.policies import messages as policies
from pakten.members.queries.memberships import is_member
from pakten.members.services.messages import Written, once, send_out, settle_row
from pakten.members.services.notices import tell_contacts
from pakten.organisations.facts import CHANGEABLE, FactSource
from pakten.organisations.models import Employees, Organisation
from pakten.organisations.refusals import Refused
from pakten.organisations.services import change_organisation
from pakten.records.words import several_lines


class Verdict(StrEnum):
    """What became of a correction or a request."""

    ADOPTED = "adopted"
    BY_HAND = "by_hand"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a message is settled. ``value`` is what shall stand (adopted), ``words`` what the member reads."""

    verdict: Verdict
    submission: UUID
    value: str = ""
    words: str = ""


def can_adopt(message: Message) -> bool:
    """Is it about a column that this page can change?"""
    return message.kind == MessageKind.CORRECTION and message.fact in CHANGEABLE


def label_of(fact: str) -> str:
    """What a fact is called: the column's name in Swedish, or the words themselves."""
    if fact in CHANGEABLE:
        name = str(Organisation._meta.get_field(fact).verbose_name)  # type: ignore[union-attr]
        return name[:1].upper() + name[1:]
    return fact


def settle(message: Message, settlement: Settlement, *, actor: User, expected_version: int) -> Message:
    """Settle a correction, or a request to leave that has been dealt with; the member is told in the thread.

    Returns the message that went out. Raises PermissionDenied, Refused (also for a value that can't stand or
    a refusal without reasons), or ChangedMeanwhile when a colleague was first.
    """
    policies.check_may_answer(actor, message)
    text = _told(message, settlement)
    return once(
        Written(text, settlement.submission),
        message.organisation,
        actor=actor,
        write=lambda: _settle(message, settlement, actor=actor, expected_version=expected_version),
    )


@transaction.atomic
def _settle(message: Message, settlement: Settlement, *, actor: User, expected_version: int) -> Message:
    policies.check_waits(message)
    check_has_left(message, settlement)
    text = _told(message, settlement)
    settle_row(message, text, actor=actor, expected_version=expected_version)
    if settlement.verdict is Verdict.ADOPTED:
        _adopt(message, settlement.value, actor=actor)
    written = Written(text, settlement.submission, fact=message.fact)
    sent = send_out(message.organisation, written, actor=actor, reply_to=message)
    tell_contacts(sent, actor=actor)
    after = {"verdict": settlement.verdict, "number": str(sent.record)}
    log("members.message.settled", message, actor=actor, after=after)
    return sent


def check_has_left(message: Message, settlement: Settlement) -> None:
    """Raise Refused where a wish to leave would be called done while the organisation still is a member."""
    done = message.kind == MessageKind.LEAVING and settlement.verdict is not Verdict.DECLINED
    if done and is_member(message.organisation):
        raise Refused("Avsluta medlemskapet först, på egen begäran. Då blir begäran klar av sig själv.")


def _adopt(message: Message, value: str, *, actor: User) -> None:
    if not can_adopt(message):
        raise Refused("Den här uppgiften ändras på medlemmens sida. Välj sedan att den är rättad.")
    organisation = Organisation.objects.get(pk=message.organisation_id)
    column = message.fact
    source = FactSource(f"Organisationen själv, {message.record}", timezone.now())
    change_organisation(
        organisation,
        {column: read_value(column, value)},
        actor=actor,
        source=source,
        expected_version=organisation.version,
    )


def read_value(column: str, text: str) -> str | None:
    """What was typed as the column holds it. Raises Refused with a sentence for what can't be read."""
    if values.is_blank(text):
        return None if column == "org_nr" else ""
    if column == "org_nr":
        return values.org_nr(text)
    if column == "website":
        return values.website(text)
    if column == "sector":
        return values.sector(text).value
    if column == "employees":
        return _employees(text)
    return several_lines(text) if column == "description" else values.text(text)


def _employees(text: str) -> str:
    for choice in Employees:
        if text.strip().casefold() in (choice.value, str(choice.label)):
            return choice.value
    raise Refused(f"Antal anställda skrivs som {', '.join(str(choice.label) for choice in Employees)}.")


def _told(message: Message, settlement: Settlement) -> str:
    """What the member reads, and what stands as how it was settled."""
    words = several_lines(settlement.words)
    what = label_of(message.fact)
    fact = f" ({what})" if what else ""
    leaving = message.kind == MessageKind.LEAVING
    if settlement.verdict is Verdict.DECLINED:
        if not words:
            raise Refused("Skriv varför. Medlemmen ska få veta skälet.")
        first = "Vi kan inte göra som ni bad om." if leaving else f"Vi har inte ändrat uppgiften{fact}."
        return f"{first} Skälet är: {words}"
    if leaving:
        return f"Vi har tagit hand om er begäran om utträde.\n\n{words}".strip()
    return f"Vi har rättat uppgiften{fact}.\n\n{words}".strip()
