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
from pakten.alerts.queries.inbox import DONE, NO_LIKENESS, NOBODY, TABS, TODO, shown_to
from pakten.core.home import Place, Row, Section, Tone


def sections(request: HttpRequest) -> tuple[Section, ...] | None:
    """What this person has to do, whether the second readers agree, what was closed in the last seven days.

    Likenesses are told by the control.
    """
    person = request.user
    if not isinstance(person, User) or not has_role(person, *policies.SEE):
        return None
    found = _counts(person)
    made = (
        Section(Place.TODAY, _todo(found, handles=has_role(person, *policies.HANDLE))),
        Section(Place.SURE, _samples(found)),
        Section(Place.DONE, _done(found)),
    )
    return tuple(section for section in made if section.rows)


def _counts(person: User) -> dict[str, int]:
    """All numbers of this area in one query."""
    todo, others = TABS[TODO], ~Q(kind=AlertKind.LIKENESS)
    sample, since = Q(kind=AlertKind.SAMPLE), timezone.now() - timedelta(days=7)
    closed = TABS[DONE] & Q(closed_at__gte=since, closed_by__isnull=False) & others
    return shown_to(person).aggregate(
        mine=Count("pk", filter=todo & Q(assigned_to=person)),
        late=Count("pk", filter=todo & Q(due_on__lt=timezone.localdate())),
        free=Count("pk", filter=todo & Q(assigned_to=None) & others),
        waiting=Count("pk", filter=sample & ~Q(state=AlertState.CLOSED)),
        differ=Count("pk", filter=sample & Q(outcome=Outcome.NOT_AGREED)),
        closed=Count("pk", filter=closed),
    )


def _todo(found: dict[str, int], *, handles: bool) -> tuple[Row, ...]:
    page = reverse("alerts:inbox")
    lines = [
        _row("saker att bedöma är över tiden", f"{page}?sen=on", count=found["late"], tone=Tone.LATE),
        _row(
            "andra saker att bedöma som ingen har tagit",
            f"{page}?vem={NOBODY}&slag={NO_LIKENESS}",
            count=found["free"],
        ),
    ]
    if handles:
        lines.insert(0, _row("saker att bedöma ligger hos dig", f"{page}?vem=jag", count=found["mine"]))
    return tuple(line for line in lines if line.count)


def _samples(found: dict[str, int]) -> tuple[Row, ...]:
    page = reverse("alerts:samples")
    lines = (
        Row("stickprov väntar på en andra person", page, count=found["waiting"], tone=Tone.WAITS),
        Row("stickprov fick en annan bedömning", page, count=found["differ"], tone=Tone.WAITS),
    )
    return tuple(line for line in lines if line.count)


def _done(found: dict[str, int]) -> tuple[Row, ...]:
    url = f"{reverse('alerts:inbox')}?flik={DONE}&slag={NO_LIKENESS}"
    row = Row("andra saker bedömda", url, count=found["closed"], one="annan sak bedömd")
    return (row,) if row.count else ()


def _row(label: str, url: str, *, count: int, tone: Tone = Tone.WAITS) -> Row:
    one = label.replace("andra saker", "annan sak").replace("saker", "sak")
    return Row(label, url, count=count, tone=tone, one=one)
