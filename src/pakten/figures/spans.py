"""The rows of a figure: quarters up to a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

QUARTERS = 9
EARLIEST, LATEST = date(1990, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True, slots=True)
class Span:
    """A quarter from ``first`` to ``last``, cut at the day that is asked about; ``slug`` as ``2022-2``."""

    slug: str
    label: str
    first: date
    last: date


def quarters(as_of: date, number: int = QUARTERS) -> list[Span]:
    """The quarter of the day and those before it, oldest first."""
    found: list[Span] = []
    day = as_of
    for _ in range(number):
        quarter = (day.month - 1) // 3 + 1
        first = date(day.year, 3 * quarter - 2, 1)
        cut = "" if _is_end(day) else f", till {day.day}/{day.month}"
        found.append(Span(f"{day.year}-{quarter}", f"{day.year} kvartal {quarter}{cut}", first, day))
        day = first - timedelta(days=1)
    return found[::-1]


def one_day(as_of: date) -> list[Span]:
    """The day alone."""
    return [Span("dag", f"{as_of:%Y-%m-%d}", as_of, as_of)]


def _is_end(day: date) -> bool:
    after = day + timedelta(days=1)
    return after.day == 1 and after.month % 3 == 1
