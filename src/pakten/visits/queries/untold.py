"""Which visits somebody has not been told of, and whether it is still being tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from pakten.visits.made import TOLD
from pakten.visits.models import Untold, Visit

# So many times is it tried without a person.
MOST = 5
# Telling takes seconds: what still waits after this, its worker has left behind.
FORGOTTEN_AFTER = timedelta(minutes=10)
# Whoever listens to what has changed on a website, under the name that is written down.
THE_WATCHING = "pakten.organisations.changes.announce"


@dataclass(frozen=True, slots=True)
class Missing:
    """Somebody who could not be told: ``words`` in a sentence, ``given_up``: only a person tries again."""

    words: str
    tries: int
    tried_at: datetime | None
    given_up: bool


def to_try() -> QuerySet[Untold]:
    """Those that the system tries by itself."""
    return Untold.objects.filter(tries__lt=MOST).order_by("pk")


def has_failed() -> bool:
    """Whether the clock has anything to try: what failed, or what a worker was killed before."""
    forgotten = Q(visit__ended_at__lt=timezone.now() - FORGOTTEN_AFTER)
    return to_try().filter(forgotten | Q(tries__gt=0)).exists()


def missing_of(visit: Visit) -> list[Missing]:
    """Who could not be told of the visit."""
    rows = Untold.objects.filter(visit=visit, tries__gt=0)
    return [Missing(words_of(row.listener), row.tries, row.tried_at, row.tries >= MOST) for row in rows]


def words_of(listener: str) -> str:
    """What the one who listens is called in a sentence."""
    if listener == THE_WATCHING:
        return "bevakningen"
    return TOLD[listener].words if listener in TOLD else "en del av systemet som inte längre finns"
