"""Swedish working days: red days as they were in years that anybody can look up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakten.members.deadlines import deadlines
from pakten.members.working_days import (
    add_working_days,
    easter_sunday,
    is_working_day,
    red_days,
    working_days_between,
)

DAYS = st.dates(date(1990, 1, 1), date(2080, 12, 31))


@pytest.mark.parametrize(
    "day",
    ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2008-03-23", "2000-04-23"],
)
def test_easter(day: str) -> None:
    wanted = date.fromisoformat(day)
    assert easter_sunday(wanted.year) == wanted


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-01-01", False),
        ("2026-01-06", False),
        ("2026-04-03", False),  # Good Friday
        ("2026-04-06", False),  # Easter Monday
        ("2026-05-01", False),
        ("2026-05-14", False),  # Ascension
        ("2026-06-19", False),  # midsummer eve
        ("2025-06-06", False),  # the national day, a Friday
        ("2025-06-20", False),  # midsummer eve
        ("2024-12-24", False),
        ("2024-12-31", False),
        ("2026-04-02", True),  # Maundy Thursday
        ("2026-05-15", True),  # a bridge day
        ("2026-11-02", True),
        ("2026-10-31", False),  # All Saints
        ("2026-06-22", True),
    ],
)
def test_red_days(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("start", "number", "wanted"),
    [
        ("2026-03-31", 10, "2026-04-16"),  # over Easter
        ("2025-12-19", 5, "2026-01-02"),  # over Christmas
        ("2025-12-30", 1, "2026-01-02"),
        ("2026-11-20", 10, "2026-12-04"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-04-07", -1, "2026-04-02"),
        ("2026-11-20", 0, "2026-11-20"),
    ],
)
def test_adding(start: str, number: int, wanted: str) -> None:
    assert add_working_days(date.fromisoformat(start), number) == date.fromisoformat(wanted)


@given(day=DAYS, number=st.integers(1, 60))
def test_what_is_added_is_what_lies_between(day: date, number: int) -> None:
    later = add_working_days(day, number)
    assert is_working_day(later)
    assert working_days_between(day, later) == number
    assert working_days_between(later, day) == -number
    assert later - day >= timedelta(days=number)


@given(year=st.integers(1970, 2100))
def test_every_year_has_its_red_days(year: int) -> None:
    found = red_days(year)
    assert all(day.year == year for day in found)
    assert easter_sunday(year).weekday() == 6
    assert sum(day.month == 6 and day.weekday() == 4 for day in found) >= 1


def test_a_city_sets_its_own_limits(settings) -> None:
    settings.APPLICATION_DEADLINES = {"completion": 15}
    assert (deadlines().completion, deadlines().control) == (15, 5)
    settings.APPLICATION_DEADLINES = {"kompletering": 15}
    with pytest.raises(TypeError, match="kompletering"):
        deadlines()
