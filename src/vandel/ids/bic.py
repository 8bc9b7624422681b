"""Business identifier codes of banks (BIC, SWIFT): bank, country, place and, where there is one, branch."""

from __future__ import annotations

import re

from vandel.ids.characters import squeeze

NAME = "bic"
TITLE = "Bank identifier code (BIC)"

_PATTERN = re.compile(r"([A-Z]{4}[A-Z]{2}[0-9A-Z]{2})([0-9A-Z]{3})?")
_HEAD_OFFICE = "XXX"


def normalize(text: str) -> str | None:
    """Eight characters, or eleven for a branch, or None. The head office's ``XXX`` is dropped."""
    match = _PATTERN.fullmatch(squeeze(text))
    if match is None:
        return None
    branch = match[2] or _HEAD_OFFICE
    return match[1] if branch == _HEAD_OFFICE else match[1] + branch


def is_valid(text: str) -> bool:
    return normalize(text) is not None


def format(value: str) -> str:
    return normalize(value) or value
