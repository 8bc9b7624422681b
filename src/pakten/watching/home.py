"""What this area tells on the staff's home page."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from pakten.accounts.models import User
from pakten.accounts.policies import has_role
from pakten.core.home import Place, Row, Section, Tone
from pakten.core.templatetags.formats import ago
from pakten.watching import policies
from pakten.watching.models import Outcome
from pakten.watching.queries.due import calendar, due
from pakten.watching.queries.recontrols import latest_done
from pakten.watching.queries.selftests import is_silent, latest


def sure(request: HttpRequest) -> Section | None:
    """Are we sure of the control: the self-test, the last re-control, and who is to be gone through."""
    user = request.user
    if not isinstance(user, User) or not has_role(user, *policies.SEE):
        return None
    return Section(Place.SURE, (_selftest(), _recontrol(), _due(user)))


def _selftest() -> Row:
    test = latest()
    tone = Tone.LATE if test and test.outcome == Outcome.MISSED else Tone.GOOD
    if tone is Tone.GOOD and is_silent(test):
        tone = Tone.WAITS
    value = f"{test.get_outcome_display().lower()}, {ago(test.at)}" if test else "inget än"
    return Row("Självtest av kontrollen", reverse("watching:selftests"), value=value, tone=tone)


def _recontrol() -> Row:
    made = latest_done()
    value = ago(made.finished_at) if made else "ingen än"
    return Row("Senaste omkontrollen", reverse("watching:overview"), value=value)


def _due(reader: User) -> Row:
    """How many wait; that nobody has reckoned the order yet is no zero."""
    count, label = due(reader).count(), "medlemmar vars checklista ska gås igenom"
    if not count and not calendar(reader).exists():
        return Row(label.capitalize(), reverse("watching:due"), value="inte räknat än", tone=Tone.WAITS)
    return Row(
        label,
        f"{reverse('watching:due')}?visa=dags",
        count=count,
        tone=Tone.WAITS if count else Tone.NONE,
        one="medlem vars checklista ska gås igenom",
    )
