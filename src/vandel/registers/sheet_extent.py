"""How large a rectangle a worksheet's filled cells span, measured while its XML streams past."""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from vandel.errors import InputError
from vandel.registers.limits import Limits

_ADDRESS: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class ExcelExtent:
    """The rectangle of one worksheet of an .xlsx file. A cell with a child element counts as filled."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row, self._column = 0, 0
        self._rows, self._columns = _Span(), _Span()
        self._in_cell = False

    def parser(self) -> expat.XMLParserType:
        """A parser to feed with the worksheet; raises :class:`InputError` when the rectangle is too large."""
        return _parser(self._start, self._end)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif name == "c":
            self._place(attributes.get("r"))
            self._in_cell = True
        elif self._in_cell:
            self._in_cell = False
            self._rows.add(self._row)
            self._columns.add(self._column)
            _refuse_large(self._rows.last, self._columns.size, limits=self._limits)

    def _end(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "c":
            self._in_cell = False

    def _place(self, address: str | None) -> None:
        match = _ADDRESS.fullmatch(address or "")
        if match is None:
            self._column += 1
            return
        self._column = 0
        for letter in match[1]:
            self._column = 26 * self._column + ord(letter) - ord("A") + 1
        self._row = int(match[2])


class OpenDocumentExtent:
    """The rectangle of the largest worksheet of an .ods file, with repeated rows and cells multiplied out."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row, self._column, self._repeat = 0, 0, 1
        self._last_filled = 0
        self._widest = 0

    def parser(self) -> expat.XMLParserType:
        """A parser to feed with ``content.xml``; it raises :class:`InputError` when a sheet is too large."""
        return _parser(self._start, self._end)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "table:table":
            self._row = self._widest = 0
        elif tag == "table:table-row":
            self._column = self._last_filled = 0
            self._repeat = int(attributes.get("table:number-rows-repeated", 1))
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._column += int(attributes.get("table:number-columns-repeated", 1))
            if "office:value-type" in attributes:
                self._last_filled = self._column
        elif tag == "text:p":
            self._last_filled = self._column

    def _end(self, tag: str) -> None:
        if tag != "table:table-row":
            return
        self._row += self._repeat
        if self._last_filled:
            self._widest = max(self._widest, self._last_filled)
            _refuse_large(self._row, self._widest, limits=self._limits)


class _Span:
    """The stretch from the least to the greatest of the numbers that were added."""

    def __init__(self) -> None:
        self.first, self.last = 0, 0

    def add(self, number: int) -> None:
        self.first = min(self.first or number, number)
        self.last = max(self.last, number)

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def _parser(start: object, end: object) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartElementHandler = start  # type: ignore[assignment]
    parser.EndElementHandler = end  # type: ignore[assignment]
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def _refuse_doctype(*_: object) -> None:
    message = "the workbook is refused: it has a document type declaration"
    raise InputError("table.bomb", message, reason="a document type declaration")


def _refuse_large(rows: int, columns: int, *, limits: Limits) -> None:
    if columns > limits.columns:
        message = f"the table has {columns} columns; at most {limits.columns} are read"
        raise InputError("table.too_many_columns", message, found=columns, limit=limits.columns)
    if rows * columns > limits.cells:
        limit = limits.cells // columns
        message = f"the worksheet spans {rows} rows and {columns} columns; at most {limit} such rows are read"
        raise InputError("table.too_many_rows", message, rows=rows, columns=columns, limit=limit)
