"""Dates as issuers print them, turned into ISO 8601 with reduced precision.

``1960``, ``1960-08``, ``1960-08-11``; a range of years is ``1960/1963``. A day or month that is not stated
(``00``, ``dd/mm/1962``) only lowers the precision. Text without a year gives nothing.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(1[89]\d\d|20\d\d)"
_RANGE = re.compile(rf"\b{_YEAR}\s*(?:-|–|/|to|and|till|until)\s*{_YEAR}\b", re.IGNORECASE)
_ISO = re.compile(rf"\b{_YEAR}-(\d\d)(?:-(\d\d))?(?!\d)")
_DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}}|dd)[./-](\d{{1,2}}|mm)[./-]{_YEAR}(?!\d)", re.IGNORECASE)
_WORDED = re.compile(rf"(?:(?<!\d)(\d{{1,2}})\.?\s+)?\b([A-Za-z]{{3,9}})\.?,?\s+{_YEAR}(?!\d)")
_MONTH_YEAR = re.compile(rf"(?<![\d./])(\d{{1,2}})/{_YEAR}(?!\d)")
_ALONE = re.compile(rf"(?<!\d){_YEAR}(?!\d)")


@lru_cache(maxsize=50_000)
def birth_dates(text: str) -> tuple[str, ...]:
    """Every date in a text, in order, each once; a calendar that is not ours gives nothing."""
    if "hijri" in text.lower():
        return ()
    found: dict[int, str] = {}
    for pattern, value_of in _PATTERNS:
        for match in pattern.finditer(text):
            value = value_of(match)
            if value is not None:
                found[match.start()] = value
                # Blanks of the same length: later patterns neither read it again nor lose the order.
                text = text[: match.start()] + " " * len(match.group()) + text[match.end() :]
    return tuple(dict.fromkeys(found[position] for position in sorted(found)))


def _range(match: re.Match[str]) -> str | None:
    first, last = match.group(1), match.group(2)
    if first == last:
        return first
    return f"{first}/{last}" if first < last else None


def _iso(match: re.Match[str]) -> str | None:
    return reduced(match.group(1), match.group(2), day=match.group(3))


def _day_first(match: re.Match[str]) -> str | None:
    return reduced(match.group(3), match.group(2), day=match.group(1))


def _worded(match: re.Match[str]) -> str | None:
    word = match.group(2)[:3].lower()
    month = _MONTHS.index(word) + 1 if word in _MONTHS else None
    return reduced(match.group(3), str(month), day=match.group(1)) if month else None


def _month_year(match: re.Match[str]) -> str | None:
    return reduced(match.group(2), match.group(1))


def _alone(match: re.Match[str]) -> str | None:
    return match.group(1)


_PATTERNS = (
    (_RANGE, _range),
    (_ISO, _iso),
    (_DAY_FIRST, _day_first),
    (_WORDED, _worded),
    (_MONTH_YEAR, _month_year),
    (_ALONE, _alone),
)


def reduced(year: str | None, month: str | None = None, *, day: str | None = None) -> str | None:
    """A date from its printed parts, as precise as the parts that can be right; None without a year."""
    if not year or not re.fullmatch(_YEAR, year.strip()):
        return None
    text = year.strip()
    month_number = _number(month)
    if not 1 <= month_number <= 12:
        return text
    text = f"{text}-{month_number:02d}"
    day_number = _number(day)
    try:
        return date(int(year), month_number, day_number).isoformat()
    except ValueError:
        return text


def _number(text: str | None) -> int:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdigit() else 0


def full_date(text: str) -> date | None:
    """The first whole date in a text (ISO or day first), else None."""
    for value in birth_dates(text):
        if len(value) == 10:
            return date.fromisoformat(value)
    return None


def american_date(text: str) -> date | None:
    """A date printed month first, ``03/24/2022``; None when it is not one."""
    parts = text.strip().split("/")
    if len(parts) != 3:
        return None
    value = reduced(parts[2], parts[0], day=parts[1])
    return date.fromisoformat(value) if value and len(value) == 10 else None


def moment(text: str) -> datetime | None:
    """An ISO 8601 moment in UTC; without a zone it is taken as UTC. None when it can't be read."""
    try:
        value = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
