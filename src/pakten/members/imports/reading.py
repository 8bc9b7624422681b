"""The uploaded file as a table, within the limits of an import."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from pakten.members.imports.rows import CleanRow, clean
from pakten.members.models import RegisterImport
from pakten.organisations.refusals import Refused
from vandel.registers.limits import Limits
from vandel.registers.table import Table, read_table

# A city's network has some hundred members; more rows than this is another kind of file.
MAX_ROWS = 20_000
PREVIEW_ROWS = 20

Tick = Callable[[int, int], None]


def no_tick(_done: int, _total: int) -> None:
    """Nobody asks how far the work is."""


def limits() -> Limits:
    """The ceilings of an imported file."""
    return Limits(bytes=64 * 2**20, rows=MAX_ROWS, columns=50, cells=MAX_ROWS * 50)


def read(register_import: RegisterImport, *, limit: int | None = None) -> Table:
    """The file's table, or its first ``limit`` rows. Raises InputError."""
    return read_table(register_import.file.path, limit=limit, limits=limits())


def clean_rows(register_import: RegisterImport, *, today: date, tick: Tick = no_tick) -> Iterator[CleanRow]:
    """Each row, cleaned as the mapping says; ``tick(done, total)`` is called for each. Raises InputError."""
    table = read(register_import)
    columns = _columns(table, register_import.mapping)
    for done, row in enumerate(table.rows, start=1):
        cells = {name: row.values[column] for name, column in columns.items()}
        yield clean(row.number, cells, today=today)
        tick(done, len(table.rows))


def _columns(table: Table, mapping: Mapping[str, str]) -> dict[str, int]:
    try:
        return {name: table.headers.index(header) for name, header in mapping.items()}
    except ValueError as error:
        raise Refused("Filen har inte längre de kolumner som är valda. Välj kolumner på nytt.") from error
