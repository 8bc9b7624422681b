"""What of a cell may be shown: personal numbers never are, also where they stand in the wrong column."""

from __future__ import annotations

from pakten.audit.redaction import without_personal_numbers
from vandel.ids import orgnr


def shown(cell: str) -> str:
    """The cell with every personal number hidden."""
    if orgnr.is_personal(cell):
        return orgnr.mask(cell)
    return str(without_personal_numbers(cell))
