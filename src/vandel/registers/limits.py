"""How much of a table is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one table. ``bytes`` counts the file as it came, ``unpacked`` what a workbook holds.

    ``cells`` bounds the rectangle of a worksheet from its first to its last filled cell, which the reader
    keeps in memory at about 30 bytes a cell; text files are read row by row and need no such bound.
    """

    bytes: int = 128 * 2**20
    rows: int = 200_000
    columns: int = 300
    cell: int = 32_767  # characters, Excel's own ceiling
    unpacked: int = 512 * 2**20
    ratio: int = 250
    entries: int = 2_000
    cells: int = 5_000_000


DEFAULT: Final = Limits()
