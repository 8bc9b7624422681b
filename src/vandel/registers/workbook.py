"""Workbooks: Excel (.xlsx, .xls) and OpenDocument (.ods), the values of one worksheet, never its formulas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vandel.errors import InputError
from vandel.registers import workbook_guard
from vandel.registers.cell_text import as_text
from vandel.registers.limits import Limits
from vandel.registers.records import Record, Sheet
from vandel.registers.sources import Content

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def read(content: Content, sheet: str | None, *, limits: Limits) -> tuple[Sheet, Iterator[Record]]:
    """Which worksheet it is, and its records: the one named ``sheet``, else the first that holds anything.

    A cell with an error (``#N/A``) or a formula that was never calculated comes back empty.
    """
    if content.is_zip:
        workbook_guard.check(content, limits)
    book = _open(content)
    chosen = _sheet(book, sheet)
    _refuse_large(chosen, limits)
    return Sheet(name=chosen.name, names=tuple(book.sheet_names)), _records(chosen, limits)


def _open(content: Content) -> CalamineWorkbook:
    import python_calamine

    try:
        with content.open() as stream:
            return python_calamine.CalamineWorkbook.from_filelike(stream)
    except python_calamine.PasswordError as error:
        raise InputError("table.password", "the workbook is protected by a password") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise _broken() from error


def _sheet(book: CalamineWorkbook, name: str | None) -> CalamineSheet:
    from python_calamine import CalamineError

    names = book.sheet_names
    if name is not None and name not in names:
        offered = ", ".join(f'"{sheet}"' for sheet in names)
        message = f'the workbook has no sheet "{name}"; it has {offered}'
        raise InputError("table.no_such_sheet", message, sheet=name, sheets=tuple(names))
    try:
        candidates = (book.get_sheet_by_name(each) for each in ([name] if name is not None else names))
        filled = next((sheet for sheet in candidates if sheet.end is not None), None)
    except (CalamineError, OSError, ValueError) as error:
        raise _broken() from error
    if filled is None:
        raise InputError("table.empty", "the table is empty")
    return filled


def _refuse_large(sheet: CalamineSheet, limits: Limits) -> None:
    columns = sheet.width
    if columns > limits.columns:
        raise InputError(
            "table.too_many_columns",
            f"the table has {columns} columns; at most {limits.columns} are read",
            found=columns,
            limit=limits.columns,
        )


def _records(sheet: CalamineSheet, limits: Limits) -> Iterator[Record]:
    for number, values in enumerate(sheet.iter_rows(), start=1):
        yield Record(number, tuple(_cell(as_text(value), number, limit=limits.cell) for value in values))


def _cell(text: str, number: int, *, limit: int) -> str:
    if len(text) > limit:
        raise InputError(
            "table.cell_too_long",
            f"a cell in row {number} has {len(text)} characters; at most {limit} are read",
            row=number,
            limit=limit,
        )
    if "\0" in text:
        raise InputError("table.nul_bytes", f"a cell in row {number} holds NUL bytes", row=number)
    return text


def _broken() -> InputError:
    return InputError("table.broken_workbook", "the workbook is damaged or of a kind that can't be read")
