"""This area's own tabs of the member's page. ``Kontroll`` (order 20) comes from the area that controls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from pakten.members.events import events
from pakten.members.group_notes import notes
from pakten.members.models import Membership
from pakten.members.policies import may_write
from pakten.members.queries import periods_of
from pakten.members.queries.duplicates import candidates_for, merges_into
from pakten.members.queries.groups import branches_of, group_of
from pakten.members.tabs import Tab
from pakten.organisations.queries import owners_of


def overview(request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """The card, the other names, earlier periods, and which records may be the same organisation."""
    organisation = membership.organisation
    return {
        "candidates": candidates_for(organisation) if may_write(request.user) else [],
        "merges": merges_into(organisation),
        "other_names": organisation.other_names.all(),
        "earlier": [period for period in periods_of(organisation) if period.pk != membership.pk],
    }


def owners(request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """The owners today, level by level; the group; the places of work."""
    stakes = owners_of(membership.organisation, as_of=timezone.localdate())
    known = {membership.organisation.pk: membership.organisation.legal_name}
    known |= {stake.owner.pk: stake.owner.legal_name for stake in stakes if stake.owner}
    direct = [stake for stake in stakes if stake.asset_id == membership.organisation.pk]
    group = group_of(membership.organisation)
    return {
        "group": group,
        "notes": list(notes(request, group.above)),
        "branches": list(branches_of(membership.organisation)),
        "stakes": [(stake, known.get(stake.asset_id, "")) for stake in stakes],
        "unknown_shares": sum(stake.percentage is None for stake in stakes),
        "direct": len(direct),
    }


def persons(_request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """The known persons, those who hold their role today first."""
    rows = list(membership.organisation.known_persons.all())
    return {"persons": sorted(rows, key=lambda row: row.valid_to is not None)}


def happenings(_request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """What the log says of the organisation and its memberships."""
    return {"events": events(membership.organisation)}


TABS = (
    Tab(10, "", "Översikt", "members/_overview.html", overview),
    Tab(30, "agare", "Ägare", "members/_owners.html", owners),
    Tab(40, "personer", "Personer", "members/_persons.html", persons),
    Tab(90, "handelser", "Händelser", "members/_events.html", happenings),
)
