"""What this area tells on the staff's home page."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pakten.accounts.policies import has_role
from pakten.core.home import Place, Row, Section, Tone
from pakten.members import policies, queries
from pakten.members.models import State


def sure(request: HttpRequest) -> Section | None:
    """What is missing before a control can be sure: numbers of those who are members now."""
    if not has_role(request.user, *policies.READERS):
        return None
    filters = queries.MemberFilters(states=(State.ACTIVE, State.DORMANT), without_number=True)
    missing = queries.member_list(filters).count()
    url = f"{reverse('members:list')}?utan_nummer=on"
    tone = Tone.WAITS if missing else Tone.NONE
    return Section(Place.SURE, (Row("medlemmar utan organisationsnummer", url, count=missing, tone=tone),))


def new(request: HttpRequest) -> Section | None:
    """The members of today who were put into the register since yesterday's beginning."""
    if not has_role(request.user, *policies.READERS):
        return None
    since = timezone.localdate() - timedelta(days=1)
    filters = queries.MemberFilters(states=(State.ACTIVE, State.DORMANT), added_from=since)
    url = f"{reverse('members:list')}?inlagd={since.isoformat()}"
    count = queries.member_list(filters).count()
    return Section(Place.NEW, (Row("medlemmar inlagda i registret", url, count=count),))
