"""Reading a table that somebody hands in: CSV in any common encoding and separator, or a workbook.

What a file is, is told from its bytes, never from its name. Values come back as text exactly as written, with
the space around them taken away. Every refusal is an :class:`~vandel.errors.InputError` whose code begins
with ``table.`` and whose ``params`` hold what its sentence mentions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from vandel.errors import InputError
from vandel.registers import delimited, sources, workbook
from vandel.registers.limits import DEFAULT, Limits
from vandel.registers.records import Record, Sheet


class Row(NamedTuple):
    """One row of a table. ``number`` is its row in the file as a spreadsheet counts (the header is often 1).

    ``values`` has one text for each header. ``filled``: the file had fewer cells, and empty ones were added.
    """

    number: int
    values: tuple[str, ...]
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table read whole. ``encoding`` and ``separator`` are None for a workbook, ``sheet`` for a text file.

    ``more`` tells that the reading stopped at the caller's ``limit`` while the file has further rows.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    more: bool = False


@dataclass(slots=True)
class TableStream:
    """A table whose rows are read as they are asked for, once."""

    headers: tuple[str, ...]
    sheet: Sheet
    limits: Limits
    _records: Iterator[Record] = field(repr=False)

    def __iter__(self) -> Iterator[Row]:
        """The rows that hold anything. Raises :class:`InputError` at the row that is wrong."""
        count = 0
        for record in self._records:
            if not any(record.cells):
                continue
            count += 1
            if count > self.limits.rows:
                raise InputError(
                    "table.too_many_rows",
                    f"the table has more than {self.limits.rows} rows",
                    limit=self.limits.rows,
                )
            yield _row(record, len(self.headers))


def read_table(
    source: Path | str | bytes,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    limit: int | None = None,
    limits: Limits = DEFAULT,
) -> Table:
    """The whole table, or its first ``limit`` rows.

    ``source`` is a path or the file's bytes. ``sheet`` names a worksheet (the first with content otherwise);
    ``header_row`` is the row, counted from 1, that holds the headers (the first row with content otherwise).
    """
    stream = open_table(source, sheet=sheet, header_row=header_row, limits=limits)
    rows = iter(stream)
    kept = tuple(islice(rows, limit))
    more = limit is not None and next(rows, None) is not None
    described = stream.sheet
    return Table(
        stream.headers, kept, described.encoding, described.separator, described.name, described.names, more
    )


def open_table(
    source: Path | str | bytes,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    limits: Limits = DEFAULT,
) -> TableStream:
    """The headers now and the rows as they are asked for: memory stays bounded for any length."""
    content = sources.open_source(source, limits)
    reader = workbook if content.is_workbook else delimited
    described, records = reader.read(content, sheet, limits=limits)
    header = _header_record(records, header_row)
    return TableStream(_headers(header.cells, limits), described, limits, records)


def _header_record(records: Iterator[Record], header_row: int | None) -> Record:
    for record in records:
        if header_row is None and any(record.cells):
            return record
        if record.number == header_row:
            if any(record.cells):
                return record
            break
    if header_row is None:
        raise InputError("table.empty", "the table is empty")
    raise InputError("table.no_header", f"row {header_row} holds no headers", row=header_row)


def _headers(cells: Sequence[str], limits: Limits) -> tuple[str, ...]:
    last = max(index for index, cell in enumerate(cells) if cell)
    if last >= limits.columns:
        raise InputError(
            "table.too_many_columns",
            f"the table has {last + 1} columns; at most {limits.columns} are read",
            found=last + 1,
            limit=limits.columns,
        )
    headers = tuple(cell or f"column {number}" for number, cell in enumerate(cells[: last + 1], start=1))
    _refuse_duplicates(headers)
    return headers


def _refuse_duplicates(headers: Sequence[str]) -> None:
    seen: set[str] = set()
    twice: list[str] = []
    for header in headers:
        key = " ".join(header.casefold().split())
        if key in seen and header not in twice:
            twice.append(header)
        seen.add(key)
    if twice:
        names = ", ".join(f'"{header}"' for header in twice)
        raise InputError(
            "table.duplicate_header", f"more than one column has the header {names}", names=tuple(twice)
        )


def _row(record: Record, width: int) -> Row:
    cells = record.cells
    if len(cells) > width and any(cells[width:]):
        found = max(index for index, cell in enumerate(cells, start=1) if cell)
        raise InputError(
            "table.ragged_row",
            f"row {record.number} has {found} cells, but there are only {width} headers",
            row=record.number,
            found=found,
            expected=width,
        )
    missing = width - len(cells)
    return Row(record.number, tuple(cells[:width]) + ("",) * missing, missing > 0)
