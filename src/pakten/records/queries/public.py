"""The public diary: only its own frozen rows are read here, nothing that staff work with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from pakten.records.models import PublicEntry
from pakten.records.words import search_key

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PublicFilters:
    """What to show of the public diary; empty = no limit, both days are included."""

    search: str = ""
    direction: str = ""
    first_day: date | None = None
    last_day: date | None = None


def entries(filters: PublicFilters) -> QuerySet[PublicEntry]:
    """The rows that ``filters`` describe, latest first."""
    found = PublicEntry.objects.all()
    for word in search_key(filters.search).split():
        found = found.filter(search_key__contains=word)
    wanted = {"direction": filters.direction, "on__gte": filters.first_day, "on__lte": filters.last_day}
    return found.filter(**{lookup: value for lookup, value in wanted.items() if value})
