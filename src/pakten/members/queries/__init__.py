"""Reads of this area. Others import from here."""

from pakten.members.queries.memberships import (
    PAGE_SIZE,
    MemberFilters,
    Sort,
    active_memberships,
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
    "MemberFilters",
    "Sort",
    "active_memberships",
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
