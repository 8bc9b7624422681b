"""Sending what is due: leased, handed to the mail server outside any transaction, then written down.

A process that dies between the mail server's yes and the writing leaves a message that is sent once more,
with the same Message-ID, when its lease is out: it may come twice, it is never lost.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pakten.audit.services import record as log
from pakten.letters import queries
from pakten.letters.handing import Attachment, Carrier, NotHanded
from pakten.letters.models import MESSAGE_EVENTS, OutboxMessage, State
from pakten.letters.policies import LEASE, PAUSES
from pakten.letters.services.sealing import sealed
from pakten.records.models import Record, StoredFile
from pakten.records.models import State as Paper
from pakten.records.refusals import ChangedMeanwhile, RecordsRefused
from pakten.records.services import NewFile, file_to_send, register_dispatch

# The message as it left, beside its attachments in the record.
SENT_NAME = "skickat.eml"
MOST_AT_ONCE = 500
_NOT_KEPT = "Meddelandet är skickat, men kunde inte föras in i diariet: "

logger = logging.getLogger(__name__)


def send_due() -> int:
    """Send all that is due, one by one; how many went out. Several processes may do it at once."""
    sent = 0
    with closing(Carrier()) as carrier:
        for message in _leased():
            try:
                raw = carrier.hand_over(message, _attachments(message))
            except NotHanded as fault:
                _not_sent(message, fault)
                if fault.everybody:
                    _put_off_the_rest(fault)
                    break
            else:
                _write_sent(message, raw)
                sent += 1
    return sent


def _leased() -> Iterator[OutboxMessage]:
    """One due message after the other, each taken so that no other process takes it."""
    for _ in range(MOST_AT_ONCE):
        message = _lease_next()
        if message is None:
            return
        yield message


def _lease_next() -> OutboxMessage | None:
    for row in queries.due()[:20]:
        now = timezone.now()
        values = {"state": State.SENDING, "lease_until": now + LEASE, "attempts": F("attempts") + 1}
        mine = OutboxMessage.objects.filter(pk=row.pk, version=row.version, state=row.state)
        if mine.update(version=row.version + 1, **values):
            return queries.message(row.public_id)
    return None


def _attachments(message: OutboxMessage) -> list[Attachment]:
    """The files that were posted, and no others. Raises NotHanded where one is changed or gone."""
    found = []
    if message.record is not None and message.record.state not in (Paper.DRAFT, Paper.RECORD):
        raise NotHanded("Utkastet är rensat eller gallrat. Därför skickas det inte.", final=True)
    try:
        for each in message.attached:
            file = StoredFile.objects.get(
                record=message.record, sha256=each["sha256"], original_name=each["name"]
            )
            found.append(Attachment(file.original_name, file_to_send(file), file.media_type))
    except (StoredFile.DoesNotExist, RecordsRefused) as error:
        raise NotHanded(
            "En bilaga är ändrad eller borttagen i ärendet sedan utskicket lades i kön.", final=True
        ) from error
    return found


def _write_sent(message: OutboxMessage, raw: bytes) -> None:
    """Write down that it left. Nothing here may make it look unsent: then it would be sent again."""
    for last_try in (False, False, True):
        try:
            return _settle_sent(message, raw=raw)
        except ChangedMeanwhile:
            # Somebody changed the draft at this moment.
            if last_try:
                _settle_unkept(message, "någon ändrade utkastet samtidigt.")
        except RecordsRefused as refusal:
            return _settle_unkept(message, refusal.sentence)
    return None


@transaction.atomic
def _settle_sent(message: OutboxMessage, *, raw: bytes) -> None:
    if not _finish(message, State.SENT, sent_at=timezone.now(), last_error="", **sealed(message)):
        return
    if message.record is not None:
        kept = NewFile.of_bytes(SENT_NAME, raw, media_type="message/rfc822")
        told = _told(message, register_dispatch(message.record, actor=None, as_sent=[kept]))
    else:
        told = _told(message)
    log(MESSAGE_EVENTS[State.SENT], message, actor=None, after=told)


@transaction.atomic
def _settle_unkept(message: OutboxMessage, why: str) -> None:
    told = f"{_NOT_KEPT}{why}"[:300]
    if _finish(message, State.SENT, sent_at=timezone.now(), last_error=told, **sealed(message)):
        log(MESSAGE_EVENTS[State.SENT], message, actor=None, after=_told(message) | {"error": told})


@transaction.atomic
def _not_sent(message: OutboxMessage, fault: NotHanded) -> None:
    now = timezone.now()
    if not fault.final and now < message.try_until:
        pause = pause_after(message.attempts)
        _finish(message, State.QUEUED, next_try_at=now + pause, last_error=fault.sentence)
    elif _finish(message, State.FAILED, next_try_at=None, last_error=fault.sentence):
        log(
            MESSAGE_EVENTS[State.FAILED],
            message,
            actor=None,
            after=_told(message) | {"error": fault.sentence},
        )


def pause_after(attempts: int) -> timedelta:
    """How long to wait after this many failed attempts."""
    return PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]


def _put_off_the_rest(fault: NotHanded) -> None:
    """The server is away: the others wait a minute without an attempt of their own, and say why."""
    later: datetime = timezone.now() + PAUSES[0]
    waiting = queries.due().order_by().filter(state=State.QUEUED, try_until__gt=timezone.now())
    waiting.update(next_try_at=later, last_error=fault.sentence, version=F("version") + 1)


def _finish(message: OutboxMessage, state: State, **values: Any) -> bool:
    """Leave the lease, if it is still ours. ``message`` stays as it was leased: this may be undone."""
    values |= {"state": state, "lease_until": None, "version": message.version + 1}
    mine = OutboxMessage.objects.filter(pk=message.pk, version=message.version, state=State.SENDING)
    if not mine.update(**values):
        logger.warning("Message %s was taken over while it was sent", message.public_id)
        return False
    return True


def _told(message: OutboxMessage, record: Record | None = None) -> dict[str, Any]:
    return {"attempts": message.attempts, "record": str(record or message.record or "")}
