"""The tab "Bevakning" on a member's page: what its control holds for, and when it is gone through next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from pakten.checks.queries.runs import latest_control
from pakten.members.models import Membership
from pakten.members.tabs import Tab
from pakten.watching import policies
from pakten.watching.models import Recontrol, Watched
from pakten.watching.queries.recontrols import since

_SHOWN = 10


def context(_request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """The member's control, the re-controls since that did not touch it, and the next day with its parts."""
    control = latest_control(membership)
    rows = since(control) if control else Recontrol.objects.none()
    watched = Watched.objects.filter(membership=membership).first()
    return {"control": control, "untouched": rows[:_SHOWN], "count": rows.count(), "watched": watched}


TAB = Tab(
    order=21,
    slug="bevakning",
    label="Bevakning",
    template="watching/_member_tab.html",
    context=context,
    roles=policies.SEE_MEMBERS,
)
