"""Reads of the published list of members: only the frozen rows."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from pakten.members.models import PublicMember
from pakten.organisations.keys import search_key
from pakten.organisations.models import Sector

PAGE_SIZE = 100


def public_members(search: str = "", *, sector: str = "") -> QuerySet[PublicMember]:
    """The rows whose name has all the words, of this sector, in Swedish order."""
    rows = PublicMember.objects.all()
    for word in search_key(search).split():
        rows = rows.filter(search_key__contains=word)
    return rows.filter(sector=sector) if sector in Sector.values else rows


def public_count() -> dict[Sector, int]:
    """How many there are in each sector, zero included."""
    found = dict(PublicMember.objects.order_by().values_list("sector").annotate(Count("pk")))
    return {sector: found.get(sector.value, 0) for sector in Sector}


def latest_public(number: int) -> QuerySet[PublicMember]:
    """Those that came last, latest first."""
    return PublicMember.objects.order_by("-published_at", "-pk")[:number]
