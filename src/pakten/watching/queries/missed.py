"""Reads: visits that the watching was never told of, so that no re-control came of them."""

from __future__ import annotations

from django.db.models import QuerySet

from pakten.accounts.models import User
from pakten.visits.models import Untold, Visit
from pakten.visits.queries.listing import open_to
from pakten.visits.queries.untold import MOST, THE_WATCHING


def missed_visits(reader: User) -> QuerySet[Visit]:
    """Those that the system no longer tries to tell of by itself, the oldest first; without those of members
    about whom the reader has a conflict of interest (L-17)."""
    given_up = Untold.objects.filter(listener=THE_WATCHING, tries__gte=MOST)
    rows = Visit.objects.filter(pk__in=given_up.values("visit")).select_related("organisation")
    return open_to(reader, rows).order_by("pk")
