"""How long each step of an application may take, in working days. Practice, not law: a city may set its own.

``settings.APPLICATION_DEADLINES`` holds what differs, by the names below.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from django.conf import settings
from django.utils import timezone

from pakten.members.working_days import add_working_days


@dataclass(frozen=True, slots=True)
class Deadlines:
    """All in working days but ``pause``.

    ``begin``: until somebody takes a new application. ``completion``: for the organisation to answer;
    ``reminder``: so long before that day it is reminded, once; ``grace``: so long after it the application
    lapses. ``control``, ``proposal``, ``decision``: for the control, for a proposal after it, for the
    decision. ``pause``: so many days after a decision to wait somebody looks again.
    """

    begin: int = 2
    completion: int = 10
    reminder: int = 3
    grace: int = 5
    control: int = 5
    proposal: int = 2
    decision: int = 5
    pause: int = 30


def deadlines() -> Deadlines:
    """What holds here. Raises TypeError for a name that is none."""
    known = {each.name for each in fields(Deadlines)}
    own = getattr(settings, "APPLICATION_DEADLINES", {})
    if unknown := set(own) - known:
        raise TypeError(f"APPLICATION_DEADLINES knows no {', '.join(sorted(unknown))}")
    return Deadlines(**own)


def due(working_days: int) -> date:
    """The day so many working days from today."""
    return add_working_days(timezone.localdate(), working_days)
