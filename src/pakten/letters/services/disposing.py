"""What has served its time must not live on in the post: with its paper, or after a number of days."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import F

from pakten.audit.services import record as log
from pakten.letters import queries

DISPOSED = "gallrad"


@transaction.atomic
def forget_disposed() -> int:
    """Take away text and address of messages whose record is disposed of or discarded; how many (L-35)."""
    forgotten = queries.disposed().update(
        body="", to_address=DISPOSED, to_name="", attached=[], version=F("version") + 1
    )
    if forgotten:
        log("letters.message.disposed", None, actor=None, after={"count": forgotten})
    return forgotten


@transaction.atomic
def forget_outlived() -> int:
    """Take away text and address of system mail without a case that has served its time; how many.

    Such mail is no record of a case but of passing importance: what is left is subject, days and digest.
    """
    forgotten = queries.outlived().update(body="", to_address=DISPOSED, to_name="", version=F("version") + 1)
    if forgotten:
        days = settings.SYSTEM_MAIL_DAYS
        reason = f"Systempost utan ärende, av tillfällig betydelse: gallras efter {days} dagar"
        log("letters.message.disposed", None, actor=None, after={"count": forgotten}, reason=reason)
    return forgotten
