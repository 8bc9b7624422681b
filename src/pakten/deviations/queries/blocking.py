"""Who is blocked: asked by areas that would propose an organisation for something."""

from __future__ import annotations

from django.db.models import QuerySet

from pakten.deviations.models import Deviation, Level
from pakten.organisations.models import Organisation


def blocked(organisation: Organisation) -> QuerySet[Deviation]:
    """The deviations for which the organisation is blocked today, latest first; none where it is not.

    A blocked member stays a member; it can't be proposed for the network's special purposes.
    """
    found = Deviation.objects.filter(organisation=organisation, level=Level.BLOCKED)
    return found.select_related("decision__record__case").order_by("-level_since", "-pk")


def blocked_organisations() -> QuerySet[Organisation]:
    """All who are blocked today: ``exclude(pk__in=blocked_organisations())``."""
    rows = Deviation.objects.filter(level=Level.BLOCKED).values("organisation")
    return Organisation.objects.filter(pk__in=rows)
