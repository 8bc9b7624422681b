"""What the home page tells of applications. Numbers are those of the inbox with the same filter."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from pakten.accounts.models import User
from pakten.core.home import Place, Row, Section, Tone
from pakten.members.policies import applications as policies
from pakten.members.queries.applications import Ball, home_counts


def today(request: HttpRequest) -> Section | None:
    """One's own applications, new, late and waiting ones, and proposals for whoever may decide."""
    user = request.user
    handles = policies.may_handle(user)
    if not isinstance(user, User) or not (handles or policies.is_decider(user)):
        return None
    found = home_counts(user)
    rows = []
    if policies.is_decider(user):
        rows.append(_row(found, Ball.DECIDER, label="förslag att besluta", one="förslag att besluta"))
    if handles:
        rows += [
            _mine(found),
            _row(found, Ball.UNTAKEN, label="nya ansökningar", one="ny ansökan"),
            _late(found),
            _row(
                found,
                Ball.AGAIN,
                label="vilande ansökningar att ta upp igen",
                one="vilande ansökan att ta upp igen",
            ),
            _row(
                found,
                Ball.ORGANISATION,
                label="ansökningar väntar på svar från organisationen",
                one="ansökan väntar på svar från organisationen",
                tone=Tone.CALM,
            ),
        ]
    return Section(Place.TODAY, tuple(rows))


def _row(found: dict[str, Any], ball: Ball, *, label: str, one: str, tone: Tone = Tone.WAITS) -> Row:
    count = found[ball.name]
    url = f"{reverse('members:applications')}?boll={ball.value}"
    return Row(
        label,
        url,
        count=count,
        oldest=found[f"{ball.name}_since"],
        tone=tone if count else Tone.NONE,
        one=one,
    )


def _mine(found: dict[str, Any]) -> Row:
    return Row(
        "ansökningar väntar på dig",
        f"{reverse('members:applications')}?boll={Ball.US.value}&handlaggare=jag",
        count=found["mine"],
        oldest=found["mine_since"],
        tone=Tone.WAITS if found["mine"] else Tone.NONE,
        one="ansökan väntar på dig",
    )


def _late(found: dict[str, Any]) -> Row:
    url = f"{reverse('members:applications')}?sen=on"
    tone = Tone.LATE if found["late"] else Tone.NONE
    return Row(
        "sena ansökningar", url, count=found["late"], oldest=found["late_since"], tone=tone, one="sen ansökan"
    )
