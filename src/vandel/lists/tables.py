"""Rows of text tables from outside: encodings, separators, widths and lengths within bounds."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Material, Part

# OFAC ends its files with the end-of-file character of DOS.
_END_OF_FILE = "\x1a"


def encoding_of(part: Part) -> str:
    """UTF-8, UTF-16 with a byte order mark, else Windows-1252. Errors: ``ListRefused`` (lists.encoding)."""
    head = part.head(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding = "utf-8-sig"
    for chunk in part.chunks():
        if b"\x00" in chunk:
            raise ListRefused(
                "lists.encoding", f"{part.name} is not text: it has zero bytes.", name=part.name
            )
        if encoding == "utf-8-sig":
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                encoding = "cp1252"
    return encoding


def decoded(data: bytes, *, partial: bool) -> str:
    """Bytes as text for a first look, faults replaced. ``partial``: the last letter may be cut."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data[: len(data) // 2 * 2].decode("utf-16", errors="replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(data, final=not partial)
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def rows(material: Material, part: Part, *, delimiter: str = ",") -> Iterator[list[str]]:
    """The rows of a text table, blank ones left out. Errors: ``ListRefused`` with the line."""
    encoding = encoding_of(part)
    with part.open() as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        try:
            for row in reader:
                _check_row(material, row, line=reader.line_num)
                if row and row != [_END_OF_FILE] and any(row):
                    yield row
        except csv.Error as error:
            raise _damaged(part, error, line=reader.line_num) from error
        except UnicodeError as error:
            raise ListRefused(
                "lists.encoding", f"{part.name} is not text in a known encoding.", name=part.name
            ) from error


def cells(text: str, *, delimiter: str = ";") -> list[str]:
    """The values of a table's row that stands in one cell of another. Errors: ``ListRefused``."""
    line = text.replace("\r", " ").replace("\n", " ")
    try:
        return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), [])
    except csv.Error as error:
        raise ListRefused("lists.broken_csv", f"A cell can't be taken apart: {error}.") from error


def _check_row(material: Material, row: Sequence[str], *, line: int) -> None:
    if line % 500 == 0:
        material.tick()
    if line > material.limits.rows:
        raise ListRefused(
            "lists.too_many_rows",
            f"The file has more than {material.limits.rows} rows.",
            limit=material.limits.rows,
        )
    if len(row) > material.limits.columns:
        raise ListRefused("lists.too_many_columns", f"Line {line} has {len(row)} columns.", line=line)


def _damaged(part: Part, error: csv.Error, *, line: int) -> ListRefused:
    if "unexpected end" in str(error):
        return ListRefused(
            "lists.truncated", f"{part.name} ends in the middle of a row: it was cut off.", name=part.name
        )
    return ListRefused("lists.broken_csv", f"{part.name}, line {line}: {error}.", name=part.name, line=line)


def keyed(table: Iterable[Sequence[str]], required: Iterable[str], *, name: str) -> Iterator[dict[str, str]]:
    """Each row as column name -> stripped text; of repeated columns that are not required the first counts.

    Errors: ``ListRefused`` when a required column is missing or there twice, or when a row is not as wide as
    the header (the mark of a file that was cut off).
    """
    source = iter(table)
    header = [cell.strip().lstrip("\ufeff") for cell in next(source, ())]
    _check_header(header, required, name=name)
    positions = {column: index for index, column in reversed(list(enumerate(header))) if column}
    for number, row in enumerate(source, start=2):
        if len(row) != len(header):
            raise ListRefused(
                "lists.row_width",
                f"{name}, row {number} has {len(row)} columns where the header has {len(header)}: "
                "damaged or cut off.",
                name=name,
                row=number,
            )
        yield {column: row[index].strip() for column, index in positions.items()}


def _check_header(header: Sequence[str], required: Iterable[str], *, name: str) -> None:
    for column in required:
        if column not in header:
            raise ListRefused(
                "lists.missing_column", f"{name} lacks the column {column!r}.", name=name, column=column
            )
        if header.count(column) > 1:
            raise ListRefused(
                "lists.duplicate_column", f"{name} has the column {column!r} twice.", name=name, column=column
            )
