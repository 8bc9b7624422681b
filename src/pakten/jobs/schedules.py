"""What is done by the clock: each area registers its own, the worker starts it.

In an area's ``AppConfig.ready``::

    register(Timed("letters.send", "Skicka utgående post", "pakten.letters.tasks.send_due", every=MINUTE))

The task is found by its path, so that a schedule may be registered before the models are loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
_UNITS = (
    (DAY, "dag"),
    (timedelta(hours=1), "timme"),
    (MINUTE, "minut"),
    (timedelta(seconds=1), "sekund"),
)


@dataclass(frozen=True, slots=True)
class Timed:
    """Work that is done again and again.

    ``task`` is the dotted path of a django-tasks task. ``every`` is the time between two starts; with
    ``at``, a time of day in the city, whole days. ``shown``: it becomes a job on the jobs page, one at a
    time, and the task takes ``job_id``; otherwise the task takes nothing and leaves no job. ``when`` is
    asked first, and without its yes nothing is started. ``automatic``: it fetches, visits or controls by
    itself, and is held while somebody has stopped all that (see :func:`hold_while`).
    """

    name: str
    title: str
    task: str
    every: timedelta
    at: time | None = None
    shown: bool = False
    when: Callable[[], bool] | None = None
    automatic: bool = False

    def __post_init__(self) -> None:
        if self.every < MINUTE or self.every.microseconds:
            raise ValueError(f"{self.name}: once a minute is the most often, in whole seconds")
        if self.at is not None and self.every % DAY:
            raise ValueError(f"{self.name}: a time of day needs whole days between")

    @property
    def pace(self) -> str:
        """How often, in Swedish: ``"Varje minut"``, ``"Var 10:e minut"``, ``"Varje dag klockan 07.00"``."""
        unit, word = next(each for each in _UNITS if not self.every % each[0])
        number = self.every // unit
        clock = f" klockan {self.at:%H.%M}" if self.at else ""
        ordinal = "a" if number % 10 in {1, 2} and number % 100 not in {11, 12} else "e"
        return (f"Varje {word}" if number == 1 else f"Var {number}:{ordinal} {word}") + clock

    def after(self, planned: datetime, now: datetime) -> datetime:
        """The first time after ``now``: what was missed meanwhile is done once, not many times."""
        if self.at is not None:
            return self._at_its_time(max(planned, now - DAY), now=now, step=self.every.days)
        missed = max(now - planned, timedelta()) // self.every
        return planned + (missed + 1) * self.every

    def first(self, now: datetime) -> datetime:
        """When a schedule that is new here starts: at once, or at its time of day."""
        return now if self.at is None else self._at_its_time(now, now=now, step=0)

    def _at_its_time(self, planned: datetime, *, now: datetime, step: int) -> datetime:
        """``step`` days after the planned one, or the first day after that whose time has not passed."""
        assert self.at is not None
        day = timezone.localdate(planned) + timedelta(days=step)
        while (moment := timezone.make_aware(datetime.combine(day, self.at))) <= now:
            day += DAY
        return moment


SCHEDULES: dict[str, Timed] = {}
_HOLDS: list[Callable[[], bool]] = []


def hold_while(asked: Callable[[], bool]) -> None:
    """Start nothing automatic while ``asked`` says yes; what is due meanwhile stays due."""
    if asked not in _HOLDS:
        _HOLDS.append(asked)


def is_held() -> bool:
    """Whether somebody has stopped what is done automatically."""
    return any(asked() for asked in _HOLDS)


def held() -> set[str]:
    """The names of what must not start now."""
    return {name for name, timed in SCHEDULES.items() if timed.automatic} if is_held() else set()


def register(timed: Timed) -> None:
    """Have the work done by the clock. Registering the same again is harmless; another of its name is not."""
    known = SCHEDULES.setdefault(timed.name, timed)
    if known.task != timed.task:
        raise ValueError(f"Two schedules are called {timed.name}")
