"""What this area tells on the home page: the one place where what waits for a judgement is counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import has_role
from pakten.alerts import policies
from pakten.alerts.models import AlertKind, Outcome
from pakten.alerts.queries.inbox import (
    DONE,
    FIRST,
    MINE,
    NO_LIKENESS,
    NOBODY,
    OTHERS,
    SECOND,
    TABS,
    TODO,
    answerable_by,
    held_by,
    shown_to,
    step,
)
from pakten.core.home import Place, Row, Section, Tone
from pakten.core.templatetags.formats import plural

# Each thing that waits is in one row only: the words for many and for one, the filter, and what it is.
_ROWS = {
    "mine": ("saker att bedöma ligger hos dig", f"vem={MINE}&andra={FIRST}"),
    "free": ("saker att bedöma som ingen har tagit", f"vem={NOBODY}&andra={FIRST}"),
    "second": ("bedömningar väntar på att du bekräftar", f"andra={SECOND}"),
    "others": ("saker att bedöma hos andra är sena", f"vem={OTHERS}&andra={FIRST}&sen=on"),
}
_ONE = {"saker": "sak", "bedömningar": "bedömning", "är sena": "är sen"}


def sections(request: HttpRequest) -> tuple[Section, ...] | None:
    """What this person may judge, whether the second readers agree, what was closed in the last seven days.

    Whoever may only read is told nothing of what waits: it is not for them to do.
    """
    person = request.user
    if not isinstance(person, User) or not has_role(person, *policies.SEE):
        return None
    found = _counts(person)
    made = [Section(Place.SURE, _samples(found)), Section(Place.DONE, _done(found))]
    if has_role(person, *policies.HANDLE):
        made.insert(0, Section(Place.TODAY, _todo(found)))
    return tuple(section for section in made if section.rows)


def _counts(person: User) -> dict[str, Any]:
    """All numbers of this area in one query."""
    closed = Q(closed_at__gte=timezone.now() - timedelta(days=7), closed_by__isnull=False)
    wanted: dict[str, Any] = {
        "differ": Count("pk", filter=Q(kind=AlertKind.SAMPLE, outcome=Outcome.NOT_AGREED)),
        "closed": Count("pk", filter=TABS[DONE] & closed & ~Q(kind=AlertKind.LIKENESS)),
    }
    for name, which in _parts(person).items():
        wanted |= {
            name: Count("pk", filter=which),
            f"{name}_oldest": Min("raised_at", filter=which),
            f"{name}_late": Count("pk", filter=which & _late()),
            f"{name}_alike": Count("pk", filter=which & Q(kind=AlertKind.LIKENESS)),
            f"{name}_sites": Count("pk", filter=which & Q(kind=AlertKind.SITE_TO_READ)),
        }
    return shown_to(person).aggregate(**wanted)


def _parts(person: User) -> dict[str, Q]:
    """What waits, in parts that don't overlap."""
    waits = TABS[TODO] & answerable_by(person)
    first = waits & step(FIRST)
    return {
        "mine": first & held_by(MINE, person),
        "free": first & held_by(NOBODY, person),
        "second": waits & step(SECOND),
        "others": first & held_by(OTHERS, person) & _late(),
    }


def _late() -> Q:
    return Q(due_on__lt=timezone.localdate())


def _todo(found: dict[str, Any]) -> tuple[Row, ...]:
    return tuple(_row(name, found) for name in _ROWS if found[name])


def _row(name: str, found: dict[str, Any]) -> Row:
    label, query = _ROWS[name]
    one = label
    for many, single in _ONE.items():
        one = one.replace(many, single)
    late = found[f"{name}_late"]
    return Row(
        label,
        f"{reverse('alerts:inbox')}?{query}&kan=on",
        count=found[name],
        note=_note(name, found),
        oldest=found[f"{name}_oldest"],
        tone=Tone.LATE if late else Tone.WAITS,
        one=one,
    )


def _note(name: str, found: dict[str, Any]) -> str:
    """What the number is made of, where that is more than one word could say."""
    late = found[f"{name}_late"] if name != "others" else 0
    parts = (
        (found[f"{name}_alike"], "namnlikhet,namnlikheter"),
        (found[f"{name}_sites"], "webbplats att läsa,webbplatser att läsa"),
        (late, "sen,sena"),
    )
    told = [plural(number, words) for number, words in parts if number]
    return f"varav {', '.join(told)}" if told else ""


def _samples(found: dict[str, Any]) -> tuple[Row, ...]:
    url = f"{reverse('alerts:inbox')}?flik={DONE}&slag={AlertKind.SAMPLE}&resultat={Outcome.NOT_AGREED}"
    row = Row("stickprov fick en annan bedömning", url, count=found["differ"], tone=Tone.WAITS)
    return (row,) if row.count else ()


def _done(found: dict[str, Any]) -> tuple[Row, ...]:
    url = f"{reverse('alerts:inbox')}?flik={DONE}&slag={NO_LIKENESS}"
    row = Row("andra saker bedömda", url, count=found["closed"], one="annan sak bedömd")
    return (row,) if row.count else ()
