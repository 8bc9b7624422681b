"""Reads of this area. Others import from here."""

from pakten.visits.queries.answers import WEBSITE_SLUG, ItemResult
from pakten.visits.queries.items import AGREEMENT_SLUG, TOPIC_SLUGS, item_results, item_results_of
from pakten.visits.queries.signs import SiteSign, site_signs
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
    "TOPIC_SLUGS",
    "WEBSITE_SLUG",
    "ItemResult",
    "SiteSign",
    "finished",
    "item_results",
    "item_results_of",
    "latest_visit",
    "latest_visits",
    "previous_visit",
    "site_signs",
    "visits_of",
    "waiting_visit",
]
