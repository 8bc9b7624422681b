"""IMO ship numbers: seven digits, the last a check digit."""

from __future__ import annotations

from vandel.ids.characters import is_digits, squeeze

NAME = "imo"
TITLE = "IMO ship number"


def normalize(text: str) -> str | None:
    """The seven digits, or None. ``IMO`` may stand before them."""
    digits = squeeze(text).removeprefix("IMO").lstrip(":.")
    if not is_digits(digits) or len(digits) != 7 or not int(digits):
        return None
    total = sum(int(digit) * weight for digit, weight in zip(digits[:6], range(7, 1, -1), strict=True))
    return digits if total % 10 == int(digits[6]) else None


def is_valid(text: str) -> bool:
    return normalize(text) is not None


def format(value: str) -> str:
    digits = normalize(value)
    return value if digits is None else f"IMO {digits}"
