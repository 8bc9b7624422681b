"""How many deviations stand on each level, or wait: every number opens to its list."""

from __future__ import annotations

from collections.abc import Collection
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


_SINCE = {Waits.FOLLOW_UP: "follow_up_on", Waits.CONFIRMATION: "created_at"}
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


def waiting(wanted: Collection[Waits], *, reader: User) -> dict[Waits, Waiting]:
    """How many of what the reader may see wait for each of these, and since when the oldest; few queries."""
    rows = readable_by(reader).order_by()
    columns: dict[str, Count | Min] = {}
    for what in wanted:
        which, since = waiting_for(what), _SINCE.get(what, "level_since")
        columns[f"{what.name}_number"] = Count("pk", filter=which)
        columns[f"{what.name}_oldest"] = Min(since, filter=which)
    found = rows.aggregate(**columns)
    made = {what: Waiting(found[f"{what.name}_number"], found[f"{what.name}_oldest"]) for what in wanted}
    if (unread := made.get(Waits.COMMENT_READ)) and unread.count:
        waits = rows.filter(waiting_for(Waits.COMMENT_READ))
        oldest = unread_comments().filter(deviation__in=waits).aggregate(oldest=Min("at"))["oldest"]
        made[Waits.COMMENT_READ] = Waiting(unread.count, oldest)
    return made
