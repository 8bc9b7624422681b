"""Reads of this area. Others import from here."""

from pakten.members.queries.memberships import (
    PAGE_SIZE,
    WITHOUT_NUMBER,
    MemberFilters,
    Sort,
    active_memberships,
    added_from,
    counted,
    counts_by_sector,
    counts_by_state,
    member_list,
    membership_of,
    memberships,
    periods_of,
    places,
    register_imports,
)

__all__ = [
    "PAGE_SIZE",
    "WITHOUT_NUMBER",
    "MemberFilters",
    "Sort",
    "active_memberships",
    "added_from",
    "counted",
    "counts_by_sector",
    "counts_by_state",
    "member_list",
    "membership_of",
    "memberships",
    "periods_of",
    "places",
    "register_imports",
]
