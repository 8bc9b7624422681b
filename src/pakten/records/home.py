"""What this area tells on the home page: the registrar's day."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pakten.core.home import Place, Row, Section, Tone
from pakten.records import policies
from pakten.records.models import Outcome
from pakten.records.queries import cases, diary


def today(request: HttpRequest) -> Section | None:
    """Requests and proposals that wait, today's papers, drafts that lie, what must be disposed of."""
    if not policies.is_registrar(request.user):
        return None
    return Section(Place.TODAY, (_requests(), _proposals(), _incoming(), _drafts(), _due()))


def _requests() -> Row:
    waiting = cases.requests(Outcome.WAITING)
    oldest = waiting.values_list("record__received_or_drawn_up_at", flat=True).first()
    return _row(
        "begäran om handling väntar på svar",
        reverse("records:requests"),
        count=waiting.count(),
        oldest=oldest,
        tone=Tone.WAITS,
    )


def _proposals() -> Row:
    waiting = cases.proposed_marks()
    oldest = waiting.values_list("made_at", flat=True).first()
    url = f"{reverse('records:requests')}?flik=markeringar"
    return _row("föreslagna sekretessmarkeringar", url, count=waiting.count(), oldest=oldest, tone=Tone.WAITS)


def _incoming() -> Row:
    day = timezone.localdate()
    url = f"{reverse('records:diary')}?riktning=in&fran={day:%Y-%m-%d}&till={day:%Y-%m-%d}"
    return Row("handlingar har kommit in i dag", url, count=diary.came_in_on(day).count())


def _drafts() -> Row:
    drafts = diary.old_drafts()
    oldest = drafts.values_list("created_at", flat=True).first()
    url = f"{reverse('records:diary')}?visa=arenden&utkast=on"
    label = f"utkast är äldre än {policies.OLD_DRAFT.days} dagar"
    return _row(label, url, count=drafts.count(), oldest=oldest, tone=Tone.WAITS)


def _due() -> Row:
    due = diary.due_for_disposal()
    oldest = due.order_by("dispose_after").values_list("dispose_after", flat=True).first()
    url = f"{reverse('records:diary')}?gallras=on"
    return _row("handlingar ska gallras", url, count=due.count(), oldest=oldest, tone=Tone.LATE)


def _row(label: str, url: str, *, count: int, oldest: date | datetime | None, tone: Tone) -> Row:
    return Row(label, url, count=count, oldest=oldest, tone=tone if count else Tone.NONE)
