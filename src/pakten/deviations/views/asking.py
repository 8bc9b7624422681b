"""Which deviation an address means, and whether this person may see it."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from pakten.accounts.asking import user_of
from pakten.deviations import policies, queries
from pakten.deviations.models import Deviation


def found_deviation(request: HttpRequest, public_id: str) -> Deviation:
    """The deviation. Raises Http404; PermissionDenied for a conflict of interest (L-17)."""
    try:
        deviation = queries.deviation(public_id)
    except Deviation.DoesNotExist as error:
        raise Http404("Det finns ingen avvikelse med den adressen.") from error
    policies.check_may_see(user_of(request), deviation)
    return deviation
