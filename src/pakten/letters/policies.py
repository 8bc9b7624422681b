"""Who may see and steer outgoing post, and what may happen to a message now."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser

from pakten.accounts.models import Role, User
from pakten.accounts.policies import check_role, has_role
from pakten.core.secret_links import without_secrets
from pakten.letters.models import TRANSITIONS, Channel, OutboxMessage, State
from pakten.letters.refusals import LettersRefused, changed_meanwhile
from pakten.records.policies import check_no_conflict
from vandel.evidence import sha256_hex

STEERERS = (Role.CASE_OFFICER, Role.MANAGER, Role.REGISTRAR, Role.ADMINISTRATOR)
READERS = (*STEERERS, Role.AUDITOR)
# The paper becomes an outgoing record in the name of whoever posts it.
POSTERS = (Role.CASE_OFFICER, Role.MANAGER, Role.REGISTRAR)

LONGEST_BODY = 100_000
# What ordinary mail servers take.
LARGEST_MESSAGE = 10_000_000

# After the first, second, third failure; then this last pause again and again until GIVE_UP_AFTER.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
GIVE_UP_AFTER = timedelta(days=3)
# Longer than all steps of one sending with the mail server's timeout on each.
LEASE = timedelta(minutes=10)
LONG_WAIT = timedelta(minutes=10)


def may_steer(user: User | AnonymousUser) -> bool:
    return has_role(user, *STEERERS)


def may_mark_posted(user: User | AnonymousUser) -> bool:
    return has_role(user, *POSTERS)


def check_may_see(user: User, message: OutboxMessage) -> None:
    """Raise PermissionDenied without the role, or with a conflict of interest in the message's case."""
    check_role(user, *READERS)
    if message.case is not None:
        check_no_conflict(user, message.case)


def check_may_steer(user: User, message: OutboxMessage) -> None:
    """Raise PermissionDenied unless the user may stop the message, send it again or change its address."""
    check_role(user, *STEERERS)
    check_may_see(user, message)


def check_may_mark_posted(user: User, message: OutboxMessage) -> None:
    """Raise PermissionDenied or LettersRefused unless the user may say that the letter was posted."""
    check_role(user, *POSTERS)
    check_may_see(user, message)
    if not message.is_by_hand:
        raise LettersRefused("Det här utskicket går med e-post.")
    check_transition(message, State.SENT)


def check_transition(message: OutboxMessage, state: State) -> None:
    """Raise LettersRefused unless the message may go from its state to ``state``."""
    now = State(message.state)
    if now == State.SENDING:
        raise changed_meanwhile()
    if state not in TRANSITIONS[now]:
        raise LettersRefused(f"Det går inte. Utskickets läge är: {now.label.lower()}.")


def can_retry(message: OutboxMessage) -> bool:
    """May a person have it tried at once?"""
    if not message.body:
        return False
    if message.is_by_hand:
        return message.state == State.STOPPED
    return message.state in {State.QUEUED, State.FAILED, State.STOPPED}


def can_stop(message: OutboxMessage) -> bool:
    return message.state in {State.QUEUED, State.FAILED}


def can_redirect(message: OutboxMessage) -> bool:
    """May its address be changed?"""
    waits = message.state in {State.QUEUED, State.FAILED, State.STOPPED}
    return bool(message.body) and waits and not has_secret_link(message)


def has_secret_link(message: OutboxMessage) -> bool:
    """Whoever reads it may answer in the recipient's name: then nobody else may get it or see it whole.

    Once the message has left, its link is kept by nobody but the recipient; the digest tells that it had one.
    """
    if message.body_sha256 and message.body:
        return sha256_hex(message.body.encode()) != message.body_sha256
    return without_secrets(message.body) != message.body


def can_mark_posted(message: OutboxMessage) -> bool:
    return message.channel == Channel.POST and message.state == State.QUEUED
