"""Sheets of Excel workbooks, opened only after their real extent has been measured.

The reader library lays a sheet out as a full rectangle: two cells in opposite corners would ask for more
memory than any machine has. So the cells' addresses are read first.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineWorkbook

from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Limits, Material, Part

_ADDRESS = re.compile(rb"""\br=["']([A-Z]{0,3})(\d{1,9})["']""")
_MAX_CELLS = 30_000_000


def sheet_names(part: Part) -> list[str]:
    """The sheets' names, in the workbook's order. Errors: ``ListRefused``."""
    with part.open() as stream:
        return list(_opened(part, stream.read()).sheet_names)


class Workbook:
    """A workbook whose sheets have been measured and may be laid out. Errors: ``ListRefused``."""

    def __init__(self, material: Material, part: Part) -> None:
        self._material = material
        self._part = part
        with part.open() as stream:
            data = stream.read()
        _measure(part, data, limits=material.limits)
        material.tick()
        self._book = _opened(part, data)

    @property
    def sheets(self) -> list[str]:
        """The sheets' names, in the workbook's order."""
        return list(self._book.sheet_names)

    def rows(self, sheet: str) -> Iterator[list[str]]:
        """The rows of a sheet as text: dates as ISO 8601, whole numbers without decimals."""
        try:
            table = self._book.get_sheet_by_name(sheet).to_python()
        # The library raises its own kinds for each damage; for us they are one.
        except Exception as error:
            raise _damaged(self._part) from error
        self._material.tick()
        for row in table:
            yield [cell if type(cell) is str else _text(cell) for cell in row]


def _opened(part: Part, data: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except Exception as error:
        raise _damaged(part) from error


def _measure(part: Part, data: bytes, *, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for info in archive.infolist():
                # Every member: a sheet may lie anywhere, and reading proves that no size was a lie.
                _measure_sheet(archive.read(info), limits)
    except (zipfile.BadZipFile, OSError, EOFError, zlib.error, NotImplementedError) as error:
        raise _damaged(part) from error


def _measure_sheet(markup: bytes, limits: Limits) -> None:
    if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        raise ListRefused("lists.doctype", "A sheet declares a document type (DOCTYPE): refused.")
    addresses = _ADDRESS.findall(markup)
    last_row = max((int(row) for row in {row for _, row in addresses}), default=0)
    last_column = max((_column(letters) for letters in {letters for letters, _ in addresses}), default=0)
    if last_row > limits.rows or last_column > limits.columns or last_row * last_column > _MAX_CELLS:
        raise ListRefused(
            "lists.too_many_rows",
            f"A sheet reaches to row {last_row} and column {last_column}: more than a list can have.",
            rows=last_row,
            columns=last_column,
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) == (0, 0, 0):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _damaged(part: Part) -> ListRefused:
    return ListRefused("lists.broken_workbook", f"{part.name} is a damaged Excel file.", name=part.name)
