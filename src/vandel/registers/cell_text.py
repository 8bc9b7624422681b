"""One cell: a workbook's typed value as text, and text that a spreadsheet must not take for a formula."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | time | datetime | timedelta

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EXACT_INTEGER = 10**15  # beyond fifteen digits a workbook's number is no longer exact


def as_text(value: Cell) -> str:
    """The text a reader expects: dates in ISO 8601, whole numbers with all their digits, TRUE and FALSE."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        at_midnight = value.time() == time.min
        return value.date().isoformat() if at_midnight else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _number(value: float) -> str:
    if value == int(value) if abs(value) < _EXACT_INTEGER else False:
        return str(int(value))
    return format(value, ".15g")


def harmless(text: str) -> str:
    """``text`` with an apostrophe in front when a spreadsheet would read it as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def printable(text: str) -> str:
    """``text`` with what neither XML nor UTF-8 can hold replaced by the replacement character."""
    return _UNPRINTABLE.sub("\ufffd", text)
