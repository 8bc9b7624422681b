"""Swedish working days: what a deadline of ten working days means.

Red days by lag (1989:253) om allmänna helgdagar; midsummer eve, Christmas eve and New Year's eve count as
such by lag (1930:173) om beräkning av lagstadgad tid.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
# Month and day of those that never move.
_FIXED = ((1, 1), (1, 6), (5, 1), (6, 6), (12, 24), (12, 25), (12, 26), (12, 31))
# Days after Easter Sunday: Good Friday, Easter Monday, Ascension. Easter and Whitsun are Sundays anyway.
_AFTER_EASTER = (-2, 0, 1, 39, 49)
_SATURDAY, _FRIDAY = 5, 4


def is_working_day(day: date) -> bool:
    """Whether offices are open: Monday to Friday, and no red day."""
    return day.weekday() < _SATURDAY and day not in red_days(day.year)


def add_working_days(day: date, number: int) -> date:
    """The day that comes ``number`` working days after ``day``; before it for a negative number."""
    step = DAY if number >= 0 else -DAY
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day):
            day += step
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days come after ``first`` up to and with ``last``; negative when that is before."""
    if last < first:
        return -working_days_between(last, first)
    days = (first + DAY * number for number in range(1, (last - first).days + 1))
    return sum(map(is_working_day, days))


@lru_cache(maxsize=64)
def red_days(year: int) -> frozenset[date]:
    """The red days of a year, Sundays aside, and the three eves."""
    easter = easter_sunday(year)
    fixed = {date(year, month, day) for month, day in _FIXED}
    moving = {easter + timedelta(days=days) for days in _AFTER_EASTER}
    midsummer_eve = _first(date(year, 6, 19), _FRIDAY)
    all_saints = _first(date(year, 10, 31), _SATURDAY)
    return frozenset(fixed | moving | {midsummer_eve, midsummer_eve + DAY, all_saints})


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar, by the method of Meeus, Jones and Butcher."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    leap, rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - correction + 15) % 30
    quarter, left = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - moon - left) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _first(day: date, weekday: int) -> date:
    return day + timedelta(days=(weekday - day.weekday()) % 7)
