"""Editions, entries and differences as tables on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from vandel.model import Listing
from vandel.registers.table_write import Form, Value, write_table

if TYPE_CHECKING:
    from vandel.lists import Diff, Edition, EditionStore, ListSource

FORMATS: Final = {"csv": Form.CSV, "jsonl": Form.JSON_LINES}
EDITION_COLUMNS: Final = (
    "list",
    "edition",
    "in_force",
    "entries",
    "published",
    "file_dated",
    "fetched",
    "age",
    "binds",
)
ENTRY_COLUMNS: Final = ("id", "schema", "name", "names", "countries", "birth_dates", "programs", "listed_on")
DIFF_COLUMNS: Final = ("change", "id", "name", "fields")


def entry_row(listing: Listing) -> tuple[Value, ...]:
    """One entry of a list as a row."""
    entity = listing.entity
    return (
        entity.id,
        entity.schema.value,
        entity.caption,
        len(entity.names),
        " ".join(entity.countries),
        " ".join(entity.birth_dates),
        "; ".join(listing.programs),
        listing.listed_on,
    )


def diff_rows(changes: Diff) -> Iterator[tuple[Value, ...]]:
    """A difference as rows: who came, who went, who changed and in which fields."""
    for listing in changes.came:
        yield "came", listing.entity.id, listing.entity.caption, ""
    for listing in changes.went:
        yield "went", listing.entity.id, listing.entity.caption, ""
    for change in changes.changed:
        yield "changed", change.id, change.new.entity.caption, " ".join(change.fields)


def show_editions(editions: Sequence[Edition], store: EditionStore, *, format: str, now: datetime) -> None:
    """Print editions, each with its age and whether it is the one in force."""
    from vandel.lists import source_of

    rows = [
        edition_row(edition, source_of(edition.list_id), in_force=store.in_force(edition.list_id), now=now)
        for edition in editions
    ]
    write(EDITION_COLUMNS, rows, format=format)


def edition_row(
    edition: Edition | None, source: ListSource, *, in_force: Edition | None, now: datetime
) -> tuple[Value, ...]:
    """One edition as a row; of a list without one only what the catalogue says."""
    from vandel.lists import age

    binds = "binds" if source.binds else "information only"
    if edition is None:
        return (source.id, None, None, None, None, None, None, None, binds)
    return (
        source.id,
        edition.edition_id,
        "yes" if in_force is not None and in_force.edition_id == edition.edition_id else "no",
        edition.entries,
        edition.published_on,
        edition.file_dated_at,
        edition.fetched_at,
        age(edition, now).value,
        binds,
    )


def write(headers: Sequence[str], rows: Iterable[Sequence[Value]], *, format: str) -> None:
    """Print a table: aligned for people, or as CSV or JSON lines for machines."""
    if format in FORMATS:
        sys.stdout.flush()
        write_table(sys.stdout.buffer, headers=headers, rows=rows, form=FORMATS[format])
        return
    cells = [list(headers), *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headers))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _cell(value: Value) -> str:
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)
