"""How many deviations stand on each level, or wait: every number opens to its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min

from pakten.accounts.models import User
from pakten.deviations.models import OPEN, Level
from pakten.deviations.queries.deviations import readable_by
from pakten.deviations.queries.waiting import Waits, unread_comments, waiting_for


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for something, and since when the oldest."""

    count: int
    oldest: date | datetime | None


# One and many.
_WORDS: dict[Level, str] = {
    Level.OBSERVATION: "iakttagelse,iakttagelser",
    Level.DEVIATION: "avvikelse,avvikelser",
    Level.ESCALATED: "eskalerad,eskalerade",
    Level.BLOCKED: "spärr,spärrar",
}


def counts_by_level(reader: User) -> list[tuple[Level, int, str]]:
    """Each level of the open ladder, how many the reader may see there, and the words for one and many."""
    rows = readable_by(reader).order_by().values("level").annotate(number=Count("pk"))
    found = {row["level"]: row["number"] for row in rows}
    return [(level, found.get(level.value, 0), _WORDS[level]) for level in OPEN]


def waiting(what: Waits, *, reader: User) -> Waiting:
    """How many of what the reader may see wait for this."""
    rows = readable_by(reader).filter(waiting_for(what)).order_by()
    column = {Waits.FOLLOW_UP: "follow_up_on", Waits.CONFIRMATION: "created_at"}.get(what, "level_since")
    found = rows.aggregate(number=Count("pk", distinct=True), oldest=Min(column))
    oldest = found["oldest"]
    if what is Waits.COMMENT_READ and found["number"]:
        oldest = unread_comments().filter(deviation__in=rows).aggregate(oldest=Min("at"))["oldest"]
    return Waiting(found["number"], oldest)
