"""What every reader of tables hands over: one record a row, and a description of where it stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Record(NamedTuple):
    """The cells of one row as trimmed text. ``number`` counts from 1, empty rows included."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Where a table stands: a text file has encoding and separator, a workbook has a name among ``names``."""

    encoding: str | None = None
    separator: str | None = None
    name: str | None = None
    names: tuple[str, ...] = ()


def header_place(widths: Sequence[int]) -> int:
    """Which of the first rows holds the headers, by how many cells each fills: the first that is no title.

    A title fills less than half of what the widest rows fill; one row that is wider than all others says
    nothing.
    """
    wide = sorted(widths)[-2:][0]
    return next(index for index, width in enumerate(widths) if width * 2 >= wide)
