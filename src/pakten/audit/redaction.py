"""Personal identity numbers never reach the log: it can't be erased afterwards (L-29)."""

from __future__ import annotations

import re
from typing import Any

REPLACEMENT = "[personnummer]"

# Year, month (first digit 0 or 1, which no organisation number has there), day or day + 60, four digits.
_CANDIDATE = re.compile(
    r"(?<![0-9A-Za-z])(?:1[89]|20)?\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]|6[1-9]|[78]\d|9[01])"
    r"[-+\u2010-\u2015\u2212 ]?\d{4}(?![0-9A-Za-z])"
)


def without_personal_numbers(value: Any) -> Any:
    """The same plain value with every personal or coordination number replaced."""
    if isinstance(value, str):
        return _CANDIDATE.sub(_replaced, value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        written = str(value)
        changed = _CANDIDATE.sub(_replaced, written)
        return value if changed == written else changed
    if isinstance(value, list):
        return [without_personal_numbers(item) for item in value]
    if isinstance(value, dict):
        return {without_personal_numbers(key): without_personal_numbers(item) for key, item in value.items()}
    return value


def _replaced(found: re.Match[str]) -> str:
    digits = [int(sign) for sign in found[0] if sign.isdecimal()][-10:]
    doubled = [digit * (2 - place % 2) for place, digit in enumerate(digits)]
    checked = sum(number // 10 + number % 10 for number in doubled) % 10 == 0
    return REPLACEMENT if checked else found[0]
