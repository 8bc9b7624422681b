"""The door: natural persons' identities are dropped before anything is stored, logged or shown.

What comes in is let through only when it is known to belong to an organisation; a kind of identity that
nobody has told us of stays outside.
"""

from __future__ import annotations

import re
from typing import Final

from vandel.ids import orgnr
from vandel.ids.characters import is_digits, squeeze

# As documents and live answers of Bolagsverket spell an organisation's identity.
ORGANISATION_IDENTITIES: Final = frozenset({"ORGNR", "ORGANISATIONSNUMMER"})
# Bolagsverket's form for sole traders; SCB's for natural persons and estates of the dead.
PERSON_FORMS: Final = frozenset({"E"})
PERSON_LEGAL_FORMS: Final = frozenset({"10", "91"})
# GLEIF's category for sole traders.
PERSON_CATEGORIES: Final = frozenset({"SOLE_PROPRIETOR"})

_CARE_OF: Final = re.compile(r"(?i)^\s*c\s*[/.]\s*o\b|^\s*%\s")
_LONG_NUMBER: Final = re.compile(r"(?<!\d)(?:\d{2})?\d{6}[-+\u2010\u2011\u2013]?\d{4}(?!\d)")


def organisation_number(text: str) -> str | None:
    """The ten digits when they have the form of an organisation's number; None for a person's or for none.

    The check digit is not asked for: the register itself holds some that fail.
    """
    digits = squeeze(text)
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    return digits if len(digits) == 10 and is_digits(digits) and digits[2] >= "2" else None


def without_person_numbers(text: str) -> str:
    """``text`` with whatever has the form of a person's number taken out."""
    return _LONG_NUMBER.sub(lambda found: "" if _is_birth_date(found[0]) else found[0], text)


def _is_birth_date(number: str) -> bool:
    """Whether the ten last digits begin with a day; the day of a coordination number is 60 later."""
    digits = squeeze(number)[-10:]
    return orgnr.is_personal(digits) and 1 <= int(digits[2:4]) <= 12 and 1 <= int(digits[4:6]) % 60 <= 31


def one_line(text: object) -> str:
    """A register's text in one line, without control characters, lone surrogates and persons' numbers."""
    line = str(text or "")
    if not line.isprintable():
        line = "".join(char if char.isprintable() else " " for char in line)
    return " ".join(without_person_numbers(" ".join(line.split())).split())


def street(text: str) -> str:
    """A line of an address, empty when it names the person whom the post goes by (c/o)."""
    return "" if _CARE_OF.search(text) else text.strip()
