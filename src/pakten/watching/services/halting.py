"""The stop button: pressed and released by a person, with a reason."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.audit.services import record
from pakten.watching import policies
from pakten.watching.models import Halt
from pakten.watching.queries.halts import halt
from pakten.watching.refusals import WatchingRefused

LONGEST_REASON = 1000


def press(*, actor: User, reason: str) -> Halt:
    """Stop all that is fetched, visited or controlled by itself. A control that a person starts still goes.

    What is under way leaves at its next step. Raises PermissionDenied; WatchingRefused without a reason, or
    when it is pressed already.
    """
    check_role(actor, *policies.STOP)
    words = _reason(reason)
    try:
        with transaction.atomic():
            made = Halt.objects.create(stopped_by=actor, reason=words)
            record("watching.halt.pressed", made, actor=actor, reason=words)
    except IntegrityError as error:
        raise WatchingRefused("Stoppknappen är redan intryckt.") from error
    return made


@transaction.atomic
def release(*, actor: User, reason: str) -> Halt:
    """Let the watching go on: what was due meanwhile is taken up at the clock's next look.

    Raises PermissionDenied; WatchingRefused without a reason, or when it isn't pressed.
    """
    check_role(actor, *policies.STOP)
    words, now = _reason(reason), timezone.now()
    known = halt()
    values = {"active": False, "released_at": now, "released_by": actor, "release_reason": words}
    if known is None or not Halt.objects.filter(pk=known.pk, active=True).update(**values):
        raise WatchingRefused("Stoppknappen är inte intryckt.")
    known.refresh_from_db()
    record("watching.halt.released", known, actor=actor, reason=words)
    return known


def _reason(reason: str) -> str:
    words = reason.strip()[:LONGEST_REASON]
    if not words:
        raise WatchingRefused("Skriv varför. Skälet sparas.")
    return words
