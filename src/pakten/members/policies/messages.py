"""Who may read and answer messages between members and the city, and whether it may happen now."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from pakten.accounts.models import Role, User
from pakten.accounts.policies import check_role, has_role
from pakten.members.models import Message, MessageDirection, MessageKind
from pakten.organisations.refusals import Refused
from pakten.records.policies import check_no_conflict

ANSWERERS = (Role.CASE_OFFICER, Role.MANAGER)
# The same people as may read the papers that the messages are.
MESSAGE_READERS = (*ANSWERERS, Role.DIRECTOR, Role.REGISTRAR, Role.AUDITOR)

LONGEST_TEXT = 10_000
TOO_LONG = "Texten är för lång. Skriv högst 10 000 tecken."


def may_answer(user: User | AnonymousUser | None) -> bool:
    return has_role(user, *ANSWERERS)


def check_may_ask(user: User | None) -> None:
    """Raise PermissionDenied unless the user may write to members in the city's name."""
    check_role(user, *ANSWERERS)


def check_may_read(user: User, message: Message) -> None:
    """Raise PermissionDenied without the role, or with a conflict of interest in the message's case."""
    check_role(user, *MESSAGE_READERS)
    if message.case is not None:
        check_no_conflict(user, message.case)


def check_may_answer(user: User, message: Message) -> None:
    """Raise PermissionDenied or Refused unless the user may answer this message from a member."""
    check_role(user, *ANSWERERS)
    check_may_read(user, message)
    if message.direction != MessageDirection.IN:
        raise Refused("Det här meddelandet kommer från staden och kan inte besvaras av oss.")


def check_waits(message: Message) -> None:
    """Raise Refused when the message is settled already."""
    if message.settled_at is not None:
        who = f" av {message.settled_by}" if message.settled_by else ""
        raise Refused(f"Det är redan klart{who}. Läs vad som gjordes innan du gör något mer.")


def settles_by_answer(message: Message) -> bool:
    """An answer is all that is needed, unless a fact or a membership must be dealt with too."""
    return message.kind in (MessageKind.MESSAGE, MessageKind.QUESTION)


def check_words(cleaned: str, *, typed: str) -> None:
    """Raise Refused for a text that says nothing, or that was too long as it was typed."""
    if len(typed) > LONGEST_TEXT:
        raise Refused(TOO_LONG)
    if not cleaned:
        raise Refused("Skriv något i meddelandet.")
