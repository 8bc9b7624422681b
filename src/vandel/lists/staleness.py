"""How old the last look at the issuer is."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from vandel.lists.catalogue import catalogue
from vandel.lists.edition import Edition


class Staleness(StrEnum):
    """``fresh``; ``warn`` = look again today; ``red`` = too old to lean on."""

    FRESH = "fresh"
    WARN = "warn"
    RED = "red"


def age(edition: Edition, now: datetime) -> Staleness:
    """How stale an edition is at ``now``, counted from the last time its issuer was found to still have it.

    The limits are the catalogue's for the list (24 and 72 hours unless it says otherwise).
    """
    source = catalogue().get(edition.list_id)
    warn, red = (source.warn_after_hours, source.red_after_hours) if source else (24, 72)
    elapsed = now - edition.confirmed_at
    if elapsed > timedelta(hours=red):
        return Staleness.RED
    return Staleness.WARN if elapsed > timedelta(hours=warn) else Staleness.FRESH
