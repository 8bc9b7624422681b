"""The tab "Kontroll" on a member's page: the newest control, for those who may see it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.checks import policies
from pakten.checks.queries import runs
from pakten.checks.views.shown import control_shown
from pakten.members.models import Membership
from pakten.members.tabs import Tab


def context(request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """What the tab's template needs; ``hidden`` for a role that may not see controls."""
    if not has_role(user_of(request), *policies.SEE_CONTROL):
        return {"hidden": True}
    latest = runs.latest_control(membership)
    if latest is None:
        return {}
    earlier = runs.controls_of_member(membership).exclude(pk=latest.pk)[:10]
    return control_shown(latest) | {"earlier": earlier}


TAB = Tab(order=20, slug="kontroll", label="Kontroll", template="checks/_member_tab.html", context=context)
