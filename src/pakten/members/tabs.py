"""The tabs of a member's page. Areas to the right register theirs in ``AppConfig.ready``: this area need
not know them."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from pakten.accounts.models import Role
from pakten.members.models import Membership
from pakten.members.policies import READERS

Context = Callable[[HttpRequest, Membership], Mapping[str, Any]]


def _nothing(_request: HttpRequest, _membership: Membership) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, order=True)
class Tab:
    """One tab: ``slug`` ends its address (empty = the page itself), ``order`` is its place in the row.

    ``template`` is included with ``membership``, ``organisation`` and what ``context`` gives; only the tab
    that is open asks for its context. Only people with one of ``roles`` see it.
    """

    order: int
    slug: str
    label: str = field(compare=False)
    template: str = field(compare=False)
    context: Context = field(default=_nothing, compare=False)
    roles: tuple[Role, ...] = field(default=READERS, compare=False)


TABS: list[Tab] = []


def register(tab: Tab) -> None:
    """Add a tab. Registering the same slug again changes nothing."""
    if all(known.slug != tab.slug for known in TABS):
        insort(TABS, tab)


def find(slug: str) -> Tab | None:
    """The tab with this slug."""
    return next((tab for tab in TABS if tab.slug == slug), None)
