"""Which cases are about an organisation: a conflict of interest in one closes all its deviations (L-17)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from pakten.accounts.models import User
from pakten.deviations.models import Deviation
from pakten.members.models import Application, MembershipMatter
from pakten.organisations.models import Organisation
from pakten.records.models import Case
from pakten.records.queries.conflicts import in_conflict


def cases_about(organisation: Organisation) -> QuerySet[Case]:
    """The cases of its applications, its membership and its deviations."""
    applications = Application.objects.filter(organisation=organisation).values("case")
    matters = MembershipMatter.objects.filter(membership__organisation=organisation).values("case")
    deviations = Deviation.objects.filter(organisation=organisation).exclude(case=None).values("case")
    return Case.objects.filter(Q(pk__in=applications) | Q(pk__in=matters) | Q(pk__in=deviations))


def closed_organisations(user: User) -> set[int]:
    """The ids of the organisations about which the user has a conflict of interest; almost always none."""
    if not (cases := list(in_conflict(user))):
        return set()
    found = set(Application.objects.filter(case__in=cases).values_list("organisation", flat=True))
    matters = MembershipMatter.objects.filter(case__in=cases)
    found |= set(matters.values_list("membership__organisation", flat=True))
    return found | set(Deviation.objects.filter(case__in=cases).values_list("organisation", flat=True))
