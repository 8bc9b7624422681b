"""Reads of deviations, for this area's pages and for areas above."""

from pakten.deviations.queries.blocking import blocked, blocked_organisations
from pakten.deviations.queries.deviations import (
    DeviationFilters,
    Sort,
    deviation,
    deviation_list,
    of_organisation,
    readable_by,
)

__all__ = [
    "DeviationFilters",
    "Sort",
    "blocked",
    "blocked_organisations",
    "deviation",
    "deviation_list",
    "of_organisation",
    "readable_by",
]
