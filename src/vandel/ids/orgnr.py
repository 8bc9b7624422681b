"""Swedish organisation numbers, and the personal numbers that stand in their place for sole traders.

A number with 2 or more as its third digit belongs to an organisation. With 0 or 1 it is a private person's
personal number or coordination number: it identifies just as well, but must never be shown.
"""

from __future__ import annotations

from typing import Final

from vandel.ids.characters import is_digits, squeeze

NAME = "orgnr"
TITLE = "Swedish organisation number"

_PERSONAL_CENTURIES: Final = ("18", "19", "20")
_ORGANISATION_CENTURY: Final = "16"
_HIDDEN: Final = "••••••-••••"


def normalize(text: str) -> str | None:
    """The ten digits, or None.

    Read are ten digits, twelve with the century prefix 16 (organisations) or 18-20 (personal numbers), and
    the VAT form ``SE..........01``; hyphens and spaces of any kind may stand between.
    """
    digits = _ten_digits(text)
    if digits is None or not passes_luhn(digits):
        return None
    return digits if digits[2] >= "2" or _has_birth_date(digits) else None


def is_valid(text: str) -> bool:
    return normalize(text) is not None


def format(value: str) -> str:
    """``NNNNNN-NNNN``; a personal number comes out hidden, anything else as it was."""
    if is_personal(value):
        return _HIDDEN
    number = normalize(value)
    return value if number is None else f"{number[:6]}-{number[6:]}"


def is_personal(value: str) -> bool:
    """Whether the digits have the form of a personal or coordination number.

    The check digit is not asked for: a personal number with one wrong digit is as private as a right one.
    """
    squeezed = _squeeze(value)
    if squeezed.startswith("SE"):
        squeezed = squeezed[2:12]
    if not is_digits(squeezed):
        return False
    if len(squeezed) == 12:
        return squeezed.startswith(_PERSONAL_CENTURIES) or squeezed[4] in "01"
    return len(squeezed) == 10 and squeezed[2] in "01"


def mask(value: str) -> str:
    """Safe to show whatever comes in: a valid organisation's number formatted, everything else hidden."""
    number = normalize(value)
    return _HIDDEN if number is None or is_personal(value) else format(number)


def passes_luhn(digits: str) -> bool:
    """Whether the last of ``digits`` (0-9 only) is the Luhn check digit of the others."""
    doubled = (2 * int(digit) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(d - 9 if d > 9 else d for d in doubled)) % 10 == 0


def _squeeze(text: str) -> str:
    # The plus sign replaces the hyphen in the personal number of somebody over a hundred years old.
    return squeeze(text.replace("+", "-"))


def _ten_digits(text: str) -> str | None:
    squeezed = _squeeze(text)
    if squeezed.startswith("SE") and squeezed.endswith("01") and len(squeezed) == 14:
        squeezed = squeezed[2:12]
    if not is_digits(squeezed):
        return None
    if len(squeezed) == 12:
        return _without_century(squeezed)
    return squeezed if len(squeezed) == 10 else None


def _without_century(digits: str) -> str | None:
    century, rest = digits[:2], digits[2:]
    personal = rest[2] in "01"
    fits = century in _PERSONAL_CENTURIES if personal else century == _ORGANISATION_CENTURY
    return rest if fits else None


def _has_birth_date(digits: str) -> bool:
    month, day = int(digits[2:4]), int(digits[4:6])
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)
