"""Russian taxpayer numbers (INN): ten digits for organisations, twelve for persons and sole traders."""

from __future__ import annotations

from vandel.ids.characters import is_digits, squeeze

NAME = "inn"
TITLE = "Russian taxpayer number (INN)"

_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def normalize(text: str) -> str | None:
    """The ten or twelve digits, or None."""
    digits = squeeze(text)
    if not is_digits(digits) or not int(digits):
        return None
    if len(digits) == 10:
        return digits if digits[9] == _check_digit(digits[:9]) else None
    if len(digits) == 12:
        right = digits[10] == _check_digit(digits[:10]) and digits[11] == _check_digit(digits[:11])
        return digits if right else None
    return None


def is_valid(text: str) -> bool:
    return normalize(text) is not None


def format(value: str) -> str:
    return normalize(value) or value


def _check_digit(digits: str) -> str:
    weights = _WEIGHTS[-len(digits) :]
    return str(sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11 % 10)
