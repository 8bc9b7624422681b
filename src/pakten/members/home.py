"""What this area tells on the staff's home page."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pakten.accounts.policies import has_role
from pakten.core.home import Place, Row, Section, Tone
from pakten.members import policies, queries
from pakten.members.models import State


def sections(request: HttpRequest) -> tuple[Section, ...] | None:
    """What is missing before a control can be sure, and who was put into the register since yesterday's
    beginning: of those who are members now, counted in one query."""
    if not has_role(request.user, *policies.READERS):
        return None
    since = timezone.localdate() - timedelta(days=1)
    members = queries.member_list(queries.MemberFilters(states=(State.ACTIVE, State.DORMANT)))
    found = members.order_by().aggregate(
        missing=Count("pk", filter=queries.WITHOUT_NUMBER),
        new=Count("pk", filter=queries.added_from(since)),
    )
    tone = Tone.WAITS if found["missing"] else Tone.NONE
    url = reverse("members:list")
    missing = Row(
        "medlemmar utan organisationsnummer", f"{url}?utan_nummer=on", count=found["missing"], tone=tone
    )
    new = Row("medlemmar inlagda i registret", f"{url}?inlagd={since.isoformat()}", count=found["new"])
    return Section(Place.SURE, (missing,)), Section(Place.NEW, (new,))
