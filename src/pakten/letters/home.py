"""What this area tells on the home page: post that has not gone out."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from pakten.core.home import Place, Row, Section, Tone
from pakten.letters import policies
from pakten.letters.queries import Held, held


def today(request: HttpRequest) -> Section | None:
    """Only what asks for somebody: a mail server that works leaves nothing here."""
    if not policies.may_steer(request.user):
        return None
    base = reverse("letters:outbox")
    told = (
        (Held.GIVEN_UP, "utskick kunde inte skickas", "?state=failed", Tone.LATE),
        (Held.WAITS_LONG, "utskick har väntat mer än tio minuter", "?state=queued", Tone.WAITS),
        (Held.BY_HAND, "brev ska skickas med post", "?channel=post&state=queued", Tone.WAITS),
    )
    found = held()
    rows = (
        Row(label, f"{base}{query}", count=found[why][0], oldest=found[why][1], tone=tone)
        for why, label, query, tone in told
    )
    shown = tuple(row for row in rows if row.count)
    return Section(Place.TODAY, shown) if shown else None
