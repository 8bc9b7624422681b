"""What went wrong in a job, in one sentence for whoever ordered it."""

from __future__ import annotations

import errno

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import DatabaseError, OperationalError

WHAT_NOW = "Inget är borttaget. Starta jobbet igen, eller visa det här för administratören."
_FULL = (errno.ENOSPC, errno.EDQUOT)
# The first that fits counts, so that the narrow stand before the wide.
_KNOWN: tuple[tuple[type[BaseException], str], ...] = (
    (MemoryError, "Datorns minne räckte inte till."),
    (FileNotFoundError, "En fil som jobbet behöver finns inte kvar."),
    (PermissionError, "Programmet får inte läsa eller skriva en fil som jobbet behöver."),
    (TimeoutError, "En server svarade inte i tid."),
    (ConnectionError, "Förbindelsen till en server bröts."),
    (OSError, "En fil gick inte att läsa eller skriva."),
    (PermissionDenied, "Den som startade jobbet har inte rätt att göra det."),
    (ObjectDoesNotExist, "Något som jobbet gäller är borttaget."),
    (OperationalError, "Databasen svarade inte."),
    (DatabaseError, "Databasen tog inte emot uppgifterna."),
    (UnicodeError, "En text går inte att läsa som text."),
    (ArithmeticError, "En uträkning gick inte att göra."),
)


def in_words(error: Exception, *, during: str = "") -> str:
    """What went wrong, during what, what was kept and what to do. ``during``: what the job said last."""
    what = _what(error)
    if during:
        what = f"{what} Det sista som gjordes var: {during.removesuffix('.')}."
    return f"{what} {WHAT_NOW}"


def _what(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno in _FULL:
        return "Disken är full."
    for kind, words in _KNOWN:
        if isinstance(error, kind):
            return words
    return f"Programmet råkade ut för ett fel som det inte känner igen ({type(error).__name__})."
