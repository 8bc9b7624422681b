"""Reads of this area. Others import from here."""

from pakten.visits.queries.items import (
    AGREEMENT_SLUG,
    WEBSITE_SLUG,
    ItemResult,
    item_results,
    item_results_of,
)
from pakten.visits.queries.visits import (
    finished,
    latest_visit,
    latest_visits,
    previous_visit,
    visits_of,
    waiting_visit,
)

__all__ = [
    "AGREEMENT_SLUG",
    "WEBSITE_SLUG",
    "ItemResult",
    "finished",
    "item_results",
    "item_results_of",
    "latest_visit",
    "latest_visits",
    "previous_visit",
    "visits_of",
    "waiting_visit",
]
