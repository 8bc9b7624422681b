"""Messages between members and the city: one organisation's thread, and what waits for the city."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import Prefetch, Q, QuerySet

from pakten.accounts.models import User
from pakten.members.models import Message, MessageDirection, MessageKind
from pakten.organisations.models import Organisation
from pakten.records.queries.conflicts import in_conflict


class Box(StrEnum):
    """The parts of the city's inbox."""

    WAITING = ""
    CORRECTIONS = "rattelser"
    LEAVING = "uttraden"
    DONE = "klara"
    SENT = "skickade"


_KINDS = {Box.CORRECTIONS: MessageKind.CORRECTION, Box.LEAVING: MessageKind.LEAVING}


def messages() -> QuerySet[Message]:
    """All messages with what their pages show of them."""
    return Message.objects.select_related(
        "organisation", "case", "case__responsible", "record", "record__case", "settled_by", "reply_to"
    )


def readable_by(user: User) -> QuerySet[Message]:
    """Those that this person may read: none in a case in which they have a conflict of interest (L-17)."""
    return messages().filter(Q(case=None) | ~Q(case__in=in_conflict(user)))


def waiting(user: User) -> QuerySet[Message]:
    """What came in and is not settled, oldest first."""
    found = readable_by(user).filter(direction=MessageDirection.IN, settled_at=None)
    return found.order_by("sent_at", "pk")


def in_box(box: Box, user: User) -> QuerySet[Message]:
    """The messages of one part of the inbox: what waits oldest first, what is done latest first."""
    if box is Box.SENT:
        return readable_by(user).filter(direction=MessageDirection.OUT).order_by("-sent_at", "-pk")
    if box is Box.DONE:
        found = readable_by(user).filter(direction=MessageDirection.IN, settled_at__isnull=False)
        return found.order_by("-settled_at", "-pk")
    return waiting(user).filter(kind=_KINDS[box]) if box in _KINDS else waiting(user)


def message(message_id: int) -> Message:
    """The message with its replies. Raises Message.DoesNotExist."""
    replies = Message.objects.select_related("record", "record__case").order_by("sent_at", "pk")
    return messages().prefetch_related(Prefetch("replies", queryset=replies)).get(pk=message_id)


def thread(organisation: Organisation) -> QuerySet[Message]:
    """All messages of the organisation, latest first."""
    return messages().filter(organisation=organisation).order_by("-sent_at", "-pk")


def unread_by_organisation(organisation: Organisation) -> QuerySet[Message]:
    """What the city has written that no contact has opened yet; open questions are counted by themselves."""
    unread = Message.objects.filter(organisation=organisation, direction=MessageDirection.OUT, read_at=None)
    return unread.exclude(kind=MessageKind.QUESTION, settled_at=None).order_by("sent_at", "pk")


def open_questions_of(organisation: Organisation) -> QuerySet[Message]:
    """What the city has asked and the organisation has not answered, oldest first."""
    asked = Message.objects.filter(
        organisation=organisation,
        direction=MessageDirection.OUT,
        kind=MessageKind.QUESTION,
        settled_at=None,
    )
    return asked.order_by("sent_at", "pk")
