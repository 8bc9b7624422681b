"""The number of a row, or of a version, as an address or a form tells it: text that anybody can write."""

from __future__ import annotations

# No table of ours has rows with more digits, and no database column of ours would hold them.
DIGITS = 9


def row_number(text: str) -> int:
    """The number that ``text`` is, at most nine ordinary digits; 0, which nothing has, for anything else."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) <= DIGITS else 0
