"""How persons and free words are written on a sheet: with role, and without personal identity numbers."""

from __future__ import annotations

from pakten.accounts.models import User
from pakten.audit.redaction import without_personal_numbers

SYSTEM = "systemet"


def who(user: User | None) -> str:
    """``"Hanna Handläggarsson, handläggare"``; the system where nobody did it."""
    if user is None:
        return SYSTEM
    return f"{user}, {user.title}" if user.title else str(user)


def told(text: str) -> str:
    """What somebody wrote, without personal identity numbers (L-29)."""
    return str(without_personal_numbers(text.strip()))
