"""Writing a table: CSV for people, CSV and JSON lines for machines, and Excel workbooks with typed columns.

Text that a spreadsheet would take for a formula gets an apostrophe in front in both kinds of CSV; in a
workbook it is marked as text, which shows no apostrophe. JSON lines hold every value as it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from vandel.errors import InputError
from vandel.registers.cell_text import as_text, harmless, printable
from vandel.registers.whole_file import whole_files

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | float | bool | date | datetime | None


_XLSX_ROWS: Final = 2**20 - 1  # and one for the headers


class Form(StrEnum):
    """How a table is written."""

    CSV_FOR_PEOPLE = "csv-people"  # UTF-8 with byte order mark, semicolon, decimal comma
    CSV = "csv"  # UTF-8, comma, decimal point
    JSON_LINES = "jsonl"
    XLSX = "xlsx"


class _Content(NamedTuple):
    headers: Sequence[str]
    rows: Iterable[Sequence[Value]]


def write_table(
    target: Path | BinaryIO, *, headers: Sequence[str], rows: Iterable[Sequence[Value]], form: Form
) -> int:
    """Writes one row for each of ``rows`` and tells how many. A path appears whole or not at all.

    Hand over organisation numbers as text: text stays text in a workbook, with all its digits.
    """
    write = _WRITERS[form]
    content = _Content(headers, rows)
    if isinstance(target, Path):
        with whole_files(target) as (draft,), draft.open("wb") as stream:
            return write(stream, content)
    return write(target, content)


class Tab(NamedTuple):
    """One sheet of a workbook: its name, and a table as for :func:`write_table`."""

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Value]]


def write_workbook(stream: BinaryIO, tabs: Sequence[Tab]) -> None:
    """Writes several tables as the sheets of one workbook, in their order; the first row stays in view."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for tab in tabs:
        _fill(book.create_sheet(tab.title), _Content(tab.headers, tab.rows))
    book.save(stream)


def _csv_for_people(stream: BinaryIO, content: _Content) -> int:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    return _csv(text, content, separator=";", point=",")


def _csv_for_machines(stream: BinaryIO, content: _Content) -> int:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    return _csv(text, content, separator=",", point=".")


def _csv(text: io.TextIOWrapper, content: _Content, *, separator: str, point: str) -> int:
    writer = csv.writer(text, delimiter=separator)
    writer.writerow([_csv_cell(header, point) for header in content.headers])
    count = 0
    for row in content.rows:
        writer.writerow([_csv_cell(value, point) for value in row])
        count += 1
    text.detach()
    return count


def _csv_cell(value: Value, point: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(printable(value))
    text = as_text(value)
    return text.replace(".", point) if isinstance(value, float) else text


def _json_lines(stream: BinaryIO, content: _Content) -> int:
    count = 0
    for row in content.rows:
        record = {header: _json_value(value) for header, value in zip(content.headers, row, strict=True)}
        stream.write(json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        count += 1
    return count


def _json_value(value: Value) -> str | int | float | bool | None:
    return as_text(value) if isinstance(value, date) else value


def _xlsx(stream: BinaryIO, content: _Content) -> int:
    # Imported here: only this form needs it, and it is slow to load.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    count = _fill(book.create_sheet(), content)
    book.save(stream)
    return count


def _fill(sheet: WriteOnlyWorksheet, content: _Content) -> int:
    sheet.freeze_panes = "A2"
    try:
        return _append(sheet, content)
    except BaseException:
        # A sheet left open complains on standard error when it is collected.
        sheet.close()
        raise


def _append(sheet: WriteOnlyWorksheet, content: _Content) -> int:
    sheet.append([_xlsx_cell(sheet, header) for header in content.headers])
    count = 0
    for row in content.rows:
        if count == _XLSX_ROWS:
            message = f"a workbook holds at most {_XLSX_ROWS} rows; choose CSV or JSON lines"
            raise InputError("output.too_many_rows", message, limit=_XLSX_ROWS)
        sheet.append([_xlsx_cell(sheet, value) for value in row])
        count += 1
    return count


def _xlsx_cell(sheet: WriteOnlyWorksheet, value: Value) -> Cell | Value:
    if not isinstance(value, str):
        return value
    text = printable(value)[:32_767]
    formula = text != harmless(text)
    if not formula and not text[:1].isdigit() and not text.startswith("#"):
        return text
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    # Numbers and dates kept as text stay text, with all their digits, also when somebody edits the cell.
    cell.number_format = "@"
    cell.quotePrefix = formula
    return cell


_WRITERS: Final = {
    Form.CSV_FOR_PEOPLE: _csv_for_people,
    Form.CSV: _csv_for_machines,
    Form.JSON_LINES: _json_lines,
    Form.XLSX: _xlsx,
}
