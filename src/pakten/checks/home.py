"""What this area tells on the staff's home page. People who may not see controls are told nothing."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import has_role
from pakten.checks import policies
from pakten.checks.queries import likenesses, runs
from pakten.checks.queries.basic import open_controls
from pakten.checks.queries.lists import Age, ListLine, list_lines
from pakten.core.home import Place, Row, Section, Tone
from pakten.core.templatetags.formats import ago

_AGE_TONES = {Age.FRESH: Tone.GOOD, Age.WARN: Tone.WAITS, Age.RED: Tone.LATE, Age.NONE: Tone.LATE}


def today(request: HttpRequest) -> Section | None:
    """Check lists to fill in, for whoever may; what is to be judged is counted in one place, in the inbox."""
    person = request.user
    if not isinstance(person, User) or not has_role(person, *policies.RUN):
        return None
    begun = open_controls(person).values_list("opened_at", flat=True)
    if not (count := len(begun)):
        return Section(Place.TODAY)
    row = Row(
        "checklistor att fylla i",
        reverse("checks:open_controls"),
        count=count,
        oldest=begun[0],
        tone=Tone.WAITS,
        one="checklista att fylla i",
    )
    return Section(Place.TODAY, (row,))


def sure(request: HttpRequest) -> Section | None:
    """Are we sure of the control: lists, last run, who was never controlled, what nobody could tell."""
    person = _reader(request)
    if person is None:
        return _lists_only(request)
    return Section(
        Place.SURE,
        (*_lists(), _last_run(), *_gaps(person)),
        template="checks/_home_start.html" if has_role(person, *policies.RUN) else "",
    )


def done(request: HttpRequest) -> Section | None:
    """What was closed in the last seven days."""
    person = _reader(request)
    if person is None:
        return None
    since = timezone.now() - timedelta(days=7)
    judged = f"{reverse('checks:likenesses')}?flik=bedomda"
    rows = (
        Row(
            "namnlikheter bedömda",
            judged,
            count=likenesses.judged_since(since, person),
            one="namnlikhet bedömd",
        ),
        Row(
            "kontroller av nätverket",
            reverse("checks:control"),
            count=runs.finished_since(since),
            one="kontroll av nätverket",
        ),
    )
    return Section(Place.DONE, tuple(row for row in rows if row.count))


def _lists_only(request: HttpRequest) -> Section | None:
    """For those who look after lists but may not see controls."""
    user = request.user
    takes = isinstance(user, User) and has_role(user, *policies.TAKE_LISTS)
    return Section(Place.SURE, tuple(_lists())) if takes else None


def _reader(request: HttpRequest) -> User | None:
    user = request.user
    return user if isinstance(user, User) and has_role(user, *policies.SEE_CONTROL) else None


def _lists() -> list[Row]:
    binding = [line for line in list_lines() if line.binds]
    rows = [_list(line) for line in binding if line.in_use]
    if not rows:
        rows = [Row("Listor som binder i Sverige", reverse("checks:lists"), value="ingen", tone=Tone.LATE)]
    left_out = sum(not line.in_use for line in binding)
    unused = f"{reverse('checks:lists')}#anvands-inte"
    label, one = "listor som binder men inte används", "lista som binder men inte används"
    return [*rows, Row(label, unused, count=left_out, tone=Tone.WAITS if left_out else Tone.NONE, one=one)]


def _list(line: ListLine) -> Row:
    """How fresh the list is, and whether its last file was taken in."""
    url, tone, note = reverse("checks:list", args=[line.list_id]), _AGE_TONES[line.age], ""
    if line.row and line.row.held:
        note = "en fil väntar på att någon tittar"
    elif line.row and line.row.refusal:
        note = "det senaste försöket gick inte"
    if note and tone is Tone.GOOD:
        tone = Tone.WAITS
    return Row(line.title, url, value=_seen(line), note=note, tone=tone)


def _seen(line: ListLine) -> str:
    return f"{line.seen} {ago(line.looked_at)}" if line.looked_at else "inte hämtad"


def _last_run() -> Row:
    latest = runs.latest_finished()
    if latest is None:
        return Row("Senaste kontrollen", reverse("checks:control"), value="ingen än", tone=Tone.WAITS)
    return Row(
        "Senaste kontrollen",
        reverse("checks:run", args=[latest.pk]),
        value=ago(latest.finished_at),
        tone=Tone.GOOD,
    )


def _gaps(person: User) -> list[Row]:
    overdue = runs.overdue(person)
    undecided = likenesses.undecided(person).count()
    judged = f"{reverse('checks:likenesses')}?flik=bedomda&bedomning=cannot_tell"
    return [
        _gap(
            "medlemmar aldrig jämförda med listorna",
            reverse("checks:selection", args=["aldrig"]),
            count=overdue.never,
        ),
        _gap(
            "medlemmar inte jämförda med listorna på ett år",
            reverse("checks:selection", args=["lange-sedan"]),
            count=overdue.long_ago,
        ),
        _gap("namnlikheter gick inte att avgöra", judged, count=undecided),
    ]


def _gap(label: str, url: str, *, count: int) -> Row:
    return Row(label, url, count=count, tone=Tone.WAITS if count else Tone.NONE)
