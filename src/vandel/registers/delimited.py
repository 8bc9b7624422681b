"""CSV and its relatives, read row by row: semicolon, comma, tab or bar between cells, quotes around."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from vandel.errors import InputError
from vandel.registers import encoding
from vandel.registers.limits import Limits
from vandel.registers.records import Record, Sheet, header_place
from vandel.registers.sources import Content

_SEPARATORS: Final = (";", ",", "\t", "|")
_SAMPLE_RECORDS: Final = 30
_END_OF_FILE: Final = "\x1a"  # the last character of files from systems that still write one
_DECLARED: Final = re.compile(r'"?sep=(.)"?\r?\n?')  # a line that Excel writes and reads


def read(content: Content, sheet: str | None, *, limits: Limits) -> tuple[Sheet, Iterator[Record]]:
    """How the file is written, and its records. A text file has no worksheets, so ``sheet`` is not used."""
    with content.open() as stream:
        found = encoding.detect(stream)
    declared, separator = _separator(content, found)
    described = Sheet(encoding=found, separator=separator)
    return described, _records(content, described, limits=limits, skip=1 if declared else 0)


def _separator(content: Content, found: str) -> tuple[bool, str]:
    with content.open() as raw, io.TextIOWrapper(raw, encoding=found, newline="") as text:
        first = text.readline(64)
        declared = _DECLARED.fullmatch(first)
        if declared:
            return True, declared[1]
        text.seek(0)
        lines = [line for line in (text.readline(2**16) for _ in range(_SAMPLE_RECORDS)) if line.strip()]
    best = max(_SEPARATORS, key=lambda candidate: _fitness(lines, candidate))
    # One that leaves the first lines over as titles yields to one that leaves none over and none short.
    widths = _widths(lines, best)
    if widths and header_place(widths):
        best = next((one for one in _SEPARATORS if _is_rectangle(lines, one)), best)
    return False, best


def _widths(lines: list[str], separator: str) -> list[int]:
    try:
        return [len(cells) for cells in csv.reader(lines, delimiter=separator)]
    except csv.Error:
        return []


def _is_rectangle(lines: list[str], separator: str) -> bool:
    """Whether every line, more than one of them, falls into the same number of columns, more than one."""
    widths = _widths(lines, separator)
    return len(widths) > 1 and len(set(widths)) == 1 and widths[0] > 1


def _fitness(lines: list[str], separator: str) -> tuple[bool, bool, int]:
    """How well the lines fall into columns: several at all, no row with more than the header, how many.

    The header is the first line that is no title: see ``table``.
    """
    widths = _widths(lines, separator)
    header = widths[header_place(widths)] if widths else 0
    return header > 1, max(widths, default=0) <= header, header


def _records(content: Content, described: Sheet, *, limits: Limits, skip: int) -> Iterator[Record]:
    last_is_cut = not _ends_with_newline(content)
    with (
        content.open() as raw,
        io.TextIOWrapper(raw, encoding=described.encoding, newline="") as text,
    ):
        reader = csv.reader(text, delimiter=described.separator or ",", strict=True)
        number, width = skip, 0
        for cells in _careful(islice(reader, skip, None), skip, content=content, limit=limits.cell):
            number += 1
            width = max(width, len(cells))
            yield Record(number, tuple(_cell(cell, number, limit=limits.cell) for cell in cells))
    if last_is_cut and number and len(cells) < width and any(cell.strip(_END_OF_FILE) for cell in cells):
        raise InputError(
            "table.cut", f"the file ends in the middle of row {number}: it has been cut", row=number
        )


def _careful(
    records: Iterator[list[str]], number: int, *, content: Content, limit: int
) -> Iterator[list[str]]:
    """The records, with the csv module's own errors told in words."""
    while True:
        number += 1
        try:
            yield next(records)
        except StopIteration:
            return
        except csv.Error as error:
            if "field limit" in str(error) and not _has_quotes(content):
                message = f"a cell in row {number} is too long; at most {limit} characters are read"
                raise InputError("table.cell_too_long", message, row=number, limit=limit) from error
            if "field limit" in str(error) or "end of data" in str(error):
                message = f"a quotation mark that opens in row {number} is never closed"
                raise InputError("table.unclosed_quote", message, row=number) from error
            message = f"row {number} has text after a closing quotation mark"
            raise InputError("table.stray_quote", message, row=number) from error


def _cell(cell: str, number: int, *, limit: int) -> str:
    if len(cell) > limit:
        raise InputError(
            "table.cell_too_long",
            f"a cell in row {number} has {len(cell)} characters; at most {limit} are read",
            row=number,
            limit=limit,
        )
    return cell.strip().strip(_END_OF_FILE)


def _has_quotes(content: Content) -> bool:
    with content.open() as stream:
        return any(b'"' in piece for piece in iter(lambda: stream.read(2**20), b""))


def _ends_with_newline(content: Content) -> bool:
    with content.open() as stream:
        stream.seek(-min(stream.seek(0, io.SEEK_END), 4), io.SEEK_END)
        return stream.read().rstrip(b"\0").endswith((b"\n", b"\r"))  # UTF-16 may have a zero byte after it
