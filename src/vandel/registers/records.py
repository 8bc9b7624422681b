"""What every reader of tables hands over: one record a row, and a description of where it stood."""

from __future__ import annotations

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
