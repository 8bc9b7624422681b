"""The tab "Webbplats" on a member's page: the newest visit, what it saw, and earlier ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from pakten.members.models import Membership
from pakten.members.tabs import Tab
from pakten.visits import policies
from pakten.visits.views.shown import tab_shown


def context(request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """What the tab's template needs."""
    return tab_shown(request, membership.organisation)


TAB = Tab(
    order=22,
    slug="webbplats",
    label="Webbplats",
    template="visits/_member_tab.html",
    context=context,
    roles=policies.SEE,
)
