"""What a person does with a message: try again, stop, another address, posted by hand."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.letters import policies
from pakten.letters.models import MESSAGE_EVENTS, Channel, OutboxMessage, State
from pakten.letters.refusals import LettersRefused, changed_meanwhile
from pakten.letters.services.posting import checked_address
from pakten.letters.services.sealing import sealed
from pakten.letters.services.waking import wake
from pakten.records.services import register_dispatch
from pakten.records.words import one_line

REASON_LIMIT = 500
NEW_LINK = "Utskicket har en länk som är personlig. Skicka en ny länk till den nya adressen i stället."


@transaction.atomic
def retry(message: OutboxMessage, *, actor: User, expected_version: int) -> None:
    """Try it now, and for three more days. Raises PermissionDenied or LettersRefused."""
    policies.check_may_steer(actor, message)
    if not policies.can_retry(message):
        policies.check_transition(message, State.QUEUED)
        raise LettersRefused("Det går inte att försöka igen med det här utskicket.")
    before = _told(message)
    _queue_again(message, expected_version=expected_version)
    log(MESSAGE_EVENTS[State.QUEUED], message, actor=actor, before=before, after=_told(message))


@transaction.atomic
def redirect(message: OutboxMessage, address: str, *, actor: User, expected_version: int) -> None:
    """Send it to another address instead. Raises PermissionDenied, LettersRefused for a bad address."""
    policies.check_may_steer(actor, message)
    address = checked_address(address)
    if policies.has_secret_link(message):
        raise LettersRefused(NEW_LINK)
    if not policies.can_redirect(message):
        policies.check_transition(message, State.QUEUED)
        raise changed_meanwhile()
    before = {"to_address": message.to_address, "channel": message.channel}
    _queue_again(message, expected_version=expected_version, to_address=address, channel=Channel.EMAIL)
    after = {"to_address": address, "channel": message.channel}
    log("letters.message.redirected", message, actor=actor, before=before, after=after)


@transaction.atomic
def stop(message: OutboxMessage, *, actor: User, reason: str, expected_version: int) -> None:
    """Do not send it. Raises PermissionDenied, or LettersRefused without a reason or when it has left."""
    policies.check_may_steer(actor, message)
    reason = one_line(reason, REASON_LIMIT)
    if not reason:
        raise LettersRefused("Skriv varför utskicket stoppas.")
    policies.check_transition(message, State.STOPPED)
    before = _told(message)
    _update(message, expected_version, state=State.STOPPED, next_try_at=None)
    log(
        MESSAGE_EVENTS[State.STOPPED],
        message,
        actor=actor,
        before=before,
        after=_told(message),
        reason=reason,
    )


@transaction.atomic
def mark_posted(message: OutboxMessage, *, actor: User, expected_version: int) -> None:
    """The paper letter is in the post: an outgoing record. Raises as :func:`stop`, and RecordsRefused."""
    policies.check_may_mark_posted(actor, message)
    _update(message, expected_version, state=State.SENT, sent_at=timezone.now(), **sealed(message))
    assert message.record is not None
    message.record = register_dispatch(message.record, actor=actor)
    after = _told(message) | {"record": str(message.record)}
    log("letters.message.posted", message, actor=actor, after=after)


def _queue_again(message: OutboxMessage, *, expected_version: int, **values: Any) -> None:
    now = timezone.now()
    by_hand = values.get("channel", message.channel) == Channel.POST
    values |= {
        "state": State.QUEUED,
        "attempts": 0,
        "last_error": "",
        "next_try_at": None if by_hand else now,
        "try_until": now + policies.GIVE_UP_AFTER,
    }
    _update(message, expected_version, **values)
    if not by_hand:
        wake()


def _update(message: OutboxMessage, expected_version: int, **values: Any) -> None:
    values |= {"version": expected_version + 1}
    rows = OutboxMessage.objects.filter(pk=message.pk, version=expected_version, state=message.state)
    if not rows.update(**values):
        raise changed_meanwhile()
    for name, value in values.items():
        setattr(message, name, value)


def _told(message: OutboxMessage) -> dict[str, Any]:
    return {"state": message.state, "to_address": message.to_address, "attempts": message.attempts}
