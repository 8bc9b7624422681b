"""What this area tells on the home page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import has_role
from pakten.core.home import Place, Row, Section, Tone, waiting_in
from pakten.decisions import policies
from pakten.decisions.queries import decisions, order, reports


def today(request: HttpRequest) -> Section | None:
    """What waits for a second person, and what the board has not been told."""
    user = request.user
    if not isinstance(user, User):
        return None
    rows = []
    if policies.is_second_person(user):
        rows.append(_second(user))
    if policies.may_report(user):
        rows.append(_report(user))
    return Section(Place.TODAY, tuple(rows)) if rows else None


def order_to_keep(request: HttpRequest) -> Section | None:
    """The way to the delegation order for those who keep it and have no list of decisions in their menu."""
    user = request.user
    if not has_role(user, *policies.ORDER_KEEPERS) or has_role(user, *policies.READERS):
        return None
    count = order.items_on(timezone.localdate()).count()
    row = Row("punkter gäller i delegationsordningen", reverse("decisions:order"), count=count)
    return Section(Place.TODAY, (row,))


def _second(user: User) -> Row:
    found = waiting_in(decisions.waiting_for(user), "decided_at")
    url = f"{reverse('decisions:list')}?vantar=on"
    tone = Tone.WAITS if found.count else Tone.NONE
    return Row("beslut väntar på en andra person", url, count=found.count, oldest=found.oldest, tone=tone)


def _report(user: User) -> Row:
    found = waiting_in(reports.open_to(user), "decided_at")
    tone = Tone.WAITS if found.count else Tone.NONE
    url = reverse("decisions:report")
    return Row("delegationsbeslut att anmäla", url, count=found.count, oldest=found.oldest, tone=tone)
