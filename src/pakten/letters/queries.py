"""Reading outgoing post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from pakten.audit.models import Entry
from pakten.audit.queries import entries_for
from pakten.letters.mass import is_mass
from pakten.letters.models import Channel, OutboxMessage, State
from pakten.letters.policies import LONG_WAIT
from pakten.records.models import State as Paper

MOST_EVENTS = 50


def due() -> QuerySet[OutboxMessage]:
    """E-mails to try now, longest waiting first; also those whose sender fell silent."""
    now = timezone.now()
    ready = Q(state=State.QUEUED, next_try_at__lte=now) | Q(state=State.SENDING, lease_until__lt=now)
    return OutboxMessage.objects.filter(ready, channel=Channel.EMAIL).order_by("next_try_at", "pk")


def anything_due() -> bool:
    """Is there anything to send now?"""
    return due().exists()


def disposed() -> QuerySet[OutboxMessage]:
    """Messages at rest whose record has been disposed of or discarded, and which still have their text."""
    gone = OutboxMessage.objects.filter(record__state__in=(Paper.DISPOSED, Paper.DISCARDED))
    return gone.exclude(body="").exclude(state__in=(State.QUEUED, State.SENDING))


def anything_disposed() -> bool:
    """Is there any such message?"""
    return disposed().exists()


def outlived() -> QuerySet[OutboxMessage]:
    """System mail at rest that belongs to no case, has served its time and still has its text (L-35)."""
    before = timezone.now() - timedelta(days=settings.SYSTEM_MAIL_DAYS)
    old = OutboxMessage.objects.filter(case=None, record=None, queued_at__lt=before)
    return old.exclude(body="").exclude(state__in=(State.QUEUED, State.SENDING))


def anything_outlived() -> bool:
    """Is there any such message?"""
    return outlived().exists()


class Kind(StrEnum):
    """Which messages to list: mass mail that went out is left out unless it is asked for."""

    USUAL = ""
    ALL = "alla"
    MASS = "kampanj"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages to list; empty = no limit. ``subject`` is the whole subject."""

    state: str = ""
    channel: str = ""
    kind: Kind = Kind.USUAL
    subject: str = ""


def messages(wanted: Wanted | None = None) -> QuerySet[OutboxMessage]:
    """Messages, all where nothing is said: those that wait oldest first, all others latest first."""
    wanted = wanted or Wanted(kind=Kind.ALL)
    found = OutboxMessage.objects.select_related("case", "created_by")
    equal = {"state": wanted.state, "channel": wanted.channel, "subject": wanted.subject}
    found = found.filter(**{name: value for name, value in equal.items() if value})
    if wanted.kind is Kind.MASS:
        found = found.filter(is_mass())
    elif wanted.kind is Kind.USUAL:
        found = found.exclude(is_mass(), state=State.SENT, case=None)
    waiting = wanted.state in {State.QUEUED, State.SENDING, State.FAILED}
    return found.order_by("queued_at", "pk") if waiting else found


def sent_mass() -> QuerySet[OutboxMessage, Any]:
    """The mass mail that went out, by subject, latest first: ``subject``, ``number`` and ``latest``.

    Only what belongs to no case: a conflict of interest closes nothing here.
    """
    rows = OutboxMessage.objects.filter(is_mass(), state=State.SENT, case=None).order_by()
    grouped = rows.values("subject").annotate(number=Count("pk"), latest=Max("queued_at"))
    return grouped.order_by("-latest", "subject")


def message(public_id: UUID) -> OutboxMessage:
    """The message with its case and record. Raises OutboxMessage.DoesNotExist."""
    found = OutboxMessage.objects.select_related("case", "record__case", "created_by")
    return found.get(public_id=public_id)


def waits_long() -> QuerySet[OutboxMessage]:
    """E-mails that have waited longer than a working mail server would let them, oldest first."""
    return OutboxMessage.objects.filter(_waits_long()).order_by("queued_at", "pk")


def given_up() -> QuerySet[OutboxMessage]:
    """What could not be sent, oldest first."""
    return OutboxMessage.objects.filter(_GIVEN_UP).order_by("queued_at", "pk")


class Held(StrEnum):
    """Why a message that should have gone out has not."""

    GIVEN_UP = "given_up"
    WAITS_LONG = "waits_long"
    # Letters that somebody has to put in an envelope.
    BY_HAND = "by_hand"


def held() -> dict[Held, tuple[int, datetime | None]]:
    """How many messages are held for each reason and since when the oldest, in one query."""
    reasons = {Held.GIVEN_UP: _GIVEN_UP, Held.WAITS_LONG: _waits_long(), Held.BY_HAND: _BY_HAND}
    numbers = {f"{each}_number": Count("pk", filter=which) for each, which in reasons.items()}
    oldest = {f"{each}_oldest": Min("queued_at", filter=which) for each, which in reasons.items()}
    found = OutboxMessage.objects.order_by().aggregate(**numbers, **oldest)
    return {each: (found[f"{each}_number"], found[f"{each}_oldest"]) for each in reasons}


_GIVEN_UP = Q(state=State.FAILED)
_BY_HAND = Q(channel=Channel.POST, state=State.QUEUED)


def _waits_long() -> Q:
    before = timezone.now() - LONG_WAIT
    return Q(channel=Channel.EMAIL, state__in=(State.QUEUED, State.SENDING), queued_at__lt=before)


def history_of(message: OutboxMessage) -> QuerySet[Entry]:
    """What was done to the message, latest first."""
    return entries_for(message)[:MOST_EVENTS]
