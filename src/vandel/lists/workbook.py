"""Sheets of Excel workbooks, opened only after their real extent has been measured.

The reader library lays a sheet out as a full rectangle: two cells in opposite corners would ask for more
memory than any machine has. So the cells' addresses are read first.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO

from python_calamine import CalamineWorkbook

from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Limits, Material, Part

_ADDRESS = re.compile(rb"""\br=["']([A-Z]{0,3})(\d{1,9})["']""")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_MAX_CELLS = 30_000_000


def sheet_names(part: Part) -> list[str]:
    """The sheets' names, in the workbook's order. Errors: ``ListRefused``."""
    return list(_opened(part, Limits()).sheet_names)


def sheet_rows(material: Material, part: Part, *, sheet: str) -> Iterator[list[str]]:
    """The rows of a sheet as text: dates as ISO 8601, whole numbers without decimals, errors as empty."""
    book = _opened(part, material.limits)
    material.tick()
    try:
        table = book.get_sheet_by_name(sheet).to_python()
    except Exception as error:
        raise _damaged(part) from error
    material.tick()
    for row in table:
        yield [_text(cell) for cell in row]


def _opened(part: Part, limits: Limits) -> CalamineWorkbook:
    with part.open() as stream:
        data = stream.read(limits.file_bytes)
    _measure(part, data, limits=limits)
    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    # The library raises its own kinds for each damage; for us they are one.
    except Exception as error:
        raise _damaged(part) from error


def _measure(part: Part, data: bytes, *, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for name in archive.namelist():
                if _SHEET.fullmatch(name):
                    _measure_sheet(archive.read(name), limits)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
        if isinstance(error, ListRefused):
            raise
        raise _damaged(part) from error


def _measure_sheet(markup: bytes, limits: Limits) -> None:
    if b"<!DOCTYPE" in markup or b"<!ENTITY" in markup:
        raise ListRefused("lists.doctype", "A sheet declares a document type, which no sheet needs: refused.")
    last_row = last_column = 0
    for match in _ADDRESS.finditer(markup):
        last_row = max(last_row, int(match.group(2)))
        last_column = max(last_column, _column(match.group(1)))
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
