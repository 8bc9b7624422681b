"""What this area tells on the staff's home page."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import has_role
from pakten.alerts import policies
from pakten.alerts.models import AlertKind, AlertState, Outcome
from pakten.alerts.queries.inbox import DONE, NOBODY, TABS, TODO, shown_to
from pakten.core.home import Place, Row, Section, Tone


def today(request: HttpRequest) -> Section | None:
    """What this person has, what is late, what nobody has. Likenesses are told by the control."""
    person = request.user
    if not isinstance(person, User) or not has_role(person, *policies.SEE):
        return None
    rows = shown_to(person).filter(TABS[TODO])
    late, others = Q(due_on__lt=timezone.localdate()), ~Q(kind=AlertKind.LIKENESS)
    found = rows.aggregate(
        mine=Count("pk", filter=Q(assigned_to=person)),
        late=Count("pk", filter=late),
        free=Count("pk", filter=Q(assigned_to=None) & others),
    )
    page = reverse("alerts:inbox")
    lines = [
        _row("saker att bedöma är över tiden", f"{page}?sen=on", count=found["late"], tone=Tone.LATE),
        _row("saker att bedöma som ingen har tagit", f"{page}?vem={NOBODY}", count=found["free"]),
    ]
    if has_role(person, *policies.HANDLE):
        lines.insert(0, _row("saker att bedöma ligger hos dig", f"{page}?vem=jag", count=found["mine"]))
    return Section(Place.TODAY, tuple(line for line in lines if line.count))


def sure(request: HttpRequest) -> Section | None:
    """Whether the second readers agree."""
    person = request.user
    if not isinstance(person, User) or not has_role(person, *policies.SEE):
        return None
    rows = shown_to(person).filter(kind=AlertKind.SAMPLE)
    found = rows.aggregate(
        waiting=Count("pk", filter=~Q(state=AlertState.CLOSED)),
        differ=Count("pk", filter=Q(outcome=Outcome.NOT_AGREED)),
    )
    page = reverse("alerts:samples")
    lines = (
        Row("stickprov väntar på en andra person", page, count=found["waiting"], tone=Tone.WAITS),
        Row("stickprov fick en annan bedömning", page, count=found["differ"], tone=Tone.WAITS),
    )
    return Section(Place.SURE, tuple(line for line in lines if line.count))


def done(request: HttpRequest) -> Section | None:
    """What people closed in the last seven days, likenesses apart."""
    person = request.user
    if not isinstance(person, User) or not has_role(person, *policies.SEE):
        return None
    since = timezone.now() - timedelta(days=7)
    rows = shown_to(person).filter(TABS[DONE], closed_at__gte=since).exclude(kind=AlertKind.LIKENESS)
    count = rows.exclude(closed_by=None).count()
    url = f"{reverse('alerts:inbox')}?flik={DONE}"
    return Section(
        Place.DONE, (Row("andra saker bedömda", url, count=count, one="annan sak bedömd"),) * bool(count)
    )


def _row(label: str, url: str, *, count: int, tone: Tone = Tone.WAITS) -> Row:
    return Row(label, url, count=count, tone=tone, one=label.replace("saker", "sak", 1))
