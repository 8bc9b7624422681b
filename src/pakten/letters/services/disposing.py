"""What was disposed of in the diary must not live on in the post."""

from __future__ import annotations

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
