"""What this area tells on the home page: post that has not gone out."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from pakten.core.home import Place, Row, Section, Tone, waiting_in
from pakten.letters import policies, queries
from pakten.letters.models import OutboxMessage


def today(request: HttpRequest) -> Section | None:
    """Only what asks for somebody: a mail server that works leaves nothing here."""
    if not policies.may_steer(request.user):
        return None
    base = reverse("letters:outbox")
    rows = (
        _row("utskick kunde inte skickas", f"{base}?state=failed", found=queries.given_up(), tone=Tone.LATE),
        _row("utskick har väntat mer än tio minuter", f"{base}?state=queued", found=queries.waits_long()),
        _row(
            "brev ska skickas med post", f"{base}?channel=post&state=queued", found=queries.to_post_by_hand()
        ),
    )
    shown = tuple(row for row in rows if row is not None)
    return Section(Place.TODAY, shown) if shown else None


def _row(label: str, url: str, *, found: QuerySet[OutboxMessage], tone: Tone = Tone.WAITS) -> Row | None:
    waiting = waiting_in(found, "queued_at")
    if not waiting.count:
        return None
    return Row(label, url, count=waiting.count, oldest=waiting.oldest, tone=tone)
