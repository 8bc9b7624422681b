"""What the home page tells of visits."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.core.home import Place, Row, Section, Tone
from pakten.visits import policies
from pakten.visits.queries import listing


def disposal(request: HttpRequest) -> Section | None:
    """Evidence whose time is out: the system tells that it must be disposed of (L-35)."""
    if not has_role(request.user, *policies.DISPOSE):
        return None
    number = listing.due_for_disposal(user_of(request)).count()
    if not number:
        return None
    row = Row(
        "webbplatsbesök har underlag som ska gallras",
        reverse("visits:due"),
        count=number,
        tone=Tone.LATE,
        one="webbplatsbesök har underlag som ska gallras",
    )
    return Section(Place.TODAY, (row,))
