"""Reads: matters about memberships."""

from __future__ import annotations

from django.db.models import QuerySet

from pakten.decisions.models import Decision
from pakten.decisions.queries.decisions import decisions_about
from pakten.members.models import MatterState, Membership, MembershipMatter
from pakten.members.policies.ending import SUBJECT


def matters() -> QuerySet[MembershipMatter]:
    """All, latest first, with what their pages show."""
    return MembershipMatter.objects.select_related("membership__organisation", "case__series", "proposed_by")


def open_matter(membership: Membership) -> MembershipMatter | None:
    """The one that waits for a decision."""
    return matters().filter(membership=membership, state=MatterState.PROPOSED).first()


def decisions_in(matter: MembershipMatter) -> QuerySet[Decision]:
    """What was decided in the matter, latest first."""
    return decisions_about(SUBJECT, str(matter.pk))
