"""How long what was seen holds, by the check list's rule for each item."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from pakten.checks.basic.items import item_of


def holds_until(slug: str, looked_on: date) -> date | None:
    """The day on which the item is to be looked at again; None where only a change asks for it."""
    months = item_of(slug).months
    if months is None:
        return None
    years, month = divmod(looked_on.month - 1 + months, 12)
    year = looked_on.year + years
    return date(year, month + 1, min(looked_on.day, monthrange(year, month + 1)[1]))
