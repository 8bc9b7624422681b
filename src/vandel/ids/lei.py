"""Legal Entity Identifiers: twenty characters, the last two check digits after ISO 7064 (MOD 97-10)."""

from __future__ import annotations

import re

from vandel.ids.characters import squeeze

NAME = "lei"
TITLE = "Legal Entity Identifier"

_PATTERN = re.compile(r"[0-9A-Z]{18}[0-9]{2}")


def normalize(text: str) -> str | None:
    """The twenty characters in upper case, or None."""
    squeezed = squeeze(text)
    if not _PATTERN.fullmatch(squeezed):
        return None
    as_number = int("".join(str(int(char, 36)) for char in squeezed))
    return squeezed if as_number % 97 == 1 else None


def is_valid(text: str) -> bool:
    return normalize(text) is not None


def format(value: str) -> str:
    return normalize(value) or value
