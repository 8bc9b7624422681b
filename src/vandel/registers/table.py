"""Reading a table that somebody hands in: CSV in any common encoding and separator, or a workbook.

What a file is, is told from its bytes, never from its name. Values come back as text exactly as written, with
the space around them taken away. Every refusal is an :class:`~vandel.errors.InputError` whose code begins
with ``table.`` and whose ``params`` hold what its sentence mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from vandel.errors import InputError
from vandel.registers import delimited, sources, workbook
from vandel.registers.limits import DEFAULT, Limits
from vandel.registers.records import Record, Sheet, header_place

# Among how many rows the header is looked for when nobody says where it stands.
TITLES_AMONG = 30
_FIGURES = re.compile(r"[\d\s.,:/-]*\d[\d\s.,:/-]*")


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
    ``header_row`` is the row that the headers stand in; titles above it are left out.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    more: bool = False
    header_row: int = 1


@dataclass(slots=True)
class TableStream:
    """A table whose rows are read as they are asked for, once."""

    headers: tuple[str, ...]
    sheet: Sheet
    limits: Limits
    _records: Iterator[Record] = field(repr=False)
    header_row: int = 1

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
    ``header_row`` is the row, counted from 1, that holds the headers (otherwise the first row with content
    that is no title: one that fills less than half of the columns that the table uses).
    """
    stream = open_table(source, sheet=sheet, header_row=header_row, limits=limits)
    rows = iter(stream)
    kept = tuple(islice(rows, limit))
    more = limit is not None and next(rows, None) is not None
    described = stream.sheet
    return Table(
        stream.headers,
        kept,
        described.encoding,
        described.separator,
        described.name,
        described.names,
        more,
        stream.header_row,
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
    header, rest = _first_header(records) if header_row is None else _named_header(records, header_row)
    return TableStream(_headers(header.cells, limits), described, limits, rest, header.number)


def _named_header(records: Iterator[Record], header_row: int) -> tuple[Record, Iterator[Record]]:
    for record in records:
        if record.number == header_row:
            if any(record.cells):
                return record, records
            break
    raise InputError("table.no_header", f"row {header_row} holds no headers", row=header_row)


def _first_header(records: Iterator[Record]) -> tuple[Record, Iterator[Record]]:
    """The first record that is no title, and what follows it. Merged words over groups of columns are titles.

    Where what would be the header has figures in it, it is a row that is too wide, and the first one stands.
    """
    begun = list(islice((record for record in records if any(record.cells)), TITLES_AMONG))
    if not begun:
        raise InputError("table.empty", "the table is empty")
    filled = [sum(map(bool, record.cells)) for record in begun]
    place = header_place(filled)
    if any(_FIGURES.fullmatch(cell) for cell in begun[place].cells):
        place = 0
    return begun[place], chain(begun[place + 1 :], records)


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
