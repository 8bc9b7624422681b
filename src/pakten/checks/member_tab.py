"""The tab "Kontroll" on a member's page: check list and comparison with the lists, for those who may see."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from pakten.accounts.asking import user_of
from pakten.accounts.models import User
from pakten.accounts.policies import has_role
from pakten.checks import policies
from pakten.checks.basic.items import item_of
from pakten.checks.models import BasicState
from pakten.checks.queries import basic, runs
from pakten.checks.views.shown import control_shown
from pakten.members.models import Membership
from pakten.members.tabs import Tab
from pakten.organisations.models import Organisation

# A member has some a year; the rest is in the diary.
_SHOWN = 12


def context(request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """What the tab's template needs; ``hidden`` for a role that may not see controls."""
    person = user_of(request)
    if not has_role(person, *policies.SEE_CONTROL):
        return {"hidden": True}
    check_lists = _check_lists(person, membership.organisation)
    latest = runs.latest_control(membership)
    if latest is None:
        return check_lists
    earlier = runs.controls_of_member(membership).exclude(pk=latest.pk)[:10]
    return check_lists | control_shown(latest) | {"earlier": earlier}


def _check_lists(person: User, organisation: Organisation) -> dict[str, Any]:
    """The newest check list with its items, one that is open, and the earlier ones."""
    policies.check_no_conflict_about(person, organisation)
    controls = list(basic.controls_of(organisation)[:_SHOWN])
    done = [each for each in controls if each.state == BasicState.DONE]
    items = done[0].items.select_related("checked_by") if done else []
    return {
        "open_list": next((each for each in controls if each.state == BasicState.OPEN), None),
        "done_list": done[0] if done else None,
        "items": [(row, item_of(row.slug)) for row in items],
        "earlier_lists": done[1:],
        "may_run": has_role(person, *policies.RUN),
    }


TAB = Tab(order=20, slug="kontroll", label="Kontroll", template="checks/_member_tab.html", context=context)
