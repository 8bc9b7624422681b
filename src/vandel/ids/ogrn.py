"""Russian registration numbers: OGRN (13 digits, organisations) and OGRNIP (15 digits, sole traders)."""

from __future__ import annotations

from vandel.ids.characters import is_digits, squeeze

NAME = "ogrn"
TITLE = "Russian registration number (OGRN)"


def normalize(text: str) -> str | None:
    """The thirteen or fifteen digits, or None."""
    digits = squeeze(text)
    if not is_digits(digits) or digits[0] == "0" or len(digits) not in (13, 15):
        return None
    if len(digits) == 15 and digits[0] not in "34":
        return None
    # The divisor is two less than the length; of a remainder of two digits the last one counts.
    right = int(digits[:-1]) % (len(digits) - 2) % 10 == int(digits[-1])
    return digits if right else None


def is_valid(text: str) -> bool:
    return normalize(text) is not None


def format(value: str) -> str:
    return normalize(value) or value
