"""The file of those who are asked about: one row each, as entities."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from vandel.errors import InputError
from vandel.ids import SCHEMES
from vandel.model import Entity, Identifier, Name, Schema
from vandel.registers.table import Row, Table, read_table

REQUIRED: Final = ("id", "name", "type")
_TYPES: Final = {
    "organisation": Schema.ORGANIZATION,
    "organization": Schema.ORGANIZATION,
    "company": Schema.COMPANY,
    "person": Schema.PERSON,
}
# Far beyond any real name. What takes minutes to compare is a trap, or a cell in the wrong column.
LONGEST_NAME: Final = 1_000
_REDUCED_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?|/\d{4})?")
# Whatever else stands in a cell for a Swedish number may be a person's, whole or mistyped.
_SHOWABLE: Final = re.compile(r"(16)?[0-9]{2}[2-9][0-9]{3}-?[0-9]{4}")


@dataclass(slots=True)
class Queries:
    """Who is asked about, in the file's order. ``notes`` tell what in the file could not be understood."""

    entities: list[Entity] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_queries(path: Path) -> Queries:
    """The queries of a CSV file or workbook with the columns ``id``, ``name`` and ``type``.

    ``country``, ``birth_date`` (each may hold several, separated by semicolons) and the identifier columns
    (``orgnr``, ``lei`` ...) are optional; other columns are passed over. A file that is only a header has
    no queries and is fine. Raises :class:`InputError` that names the row.
    """
    table = read_table(path)
    columns = _columns(table)
    queries = Queries()
    first_row: dict[str, int] = {}
    for row in table.rows:
        cells = {name: row.values[index] for name, index in columns.items()}
        entity = _entity(row, cells, notes=queries.notes)
        if entity.id in first_row:
            raise InputError(
                "queries.duplicate_id",
                f'rows {first_row[entity.id]} and {row.number} have the same id "{entity.id}"',
                rows=(first_row[entity.id], row.number),
                id=entity.id,
            )
        first_row[entity.id] = row.number
        queries.entities.append(entity)
    return queries


def _columns(table: Table) -> dict[str, int]:
    columns = {header.casefold().replace(" ", "_"): index for index, header in enumerate(table.headers)}
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        names = ", ".join(missing)
        known = ", ".join(table.headers)
        raise InputError(
            "queries.missing_columns",
            f"the queries lack the column{'s' * (len(missing) > 1)} {names}; there are: {known}",
            missing=tuple(missing),
        )
    wanted = {*REQUIRED, "country", "birth_date", *SCHEMES}
    return {name: index for name, index in columns.items() if name in wanted}


def _entity(row: Row, cells: Mapping[str, str], *, notes: list[str]) -> Entity:
    if not cells["id"]:
        raise InputError("queries.no_id", f"row {row.number} has no id", row=row.number)
    kind = cells["type"]
    schema = _TYPES.get(kind.casefold())
    if schema is None:
        message = f'row {row.number} has the type "{kind}"; types are organisation and person'
        raise InputError("queries.unknown_type", message, row=row.number, type=kind)
    if len(cells["name"]) > LONGEST_NAME:
        message = (
            f"row {row.number}: the name has {len(cells['name'])} characters; at most {LONGEST_NAME} are read"
        )
        raise InputError("queries.name_too_long", message, row=row.number, limit=LONGEST_NAME)
    return Entity(
        id=cells["id"],
        schema=schema,
        names=(Name(cells["name"]),) if cells["name"] else (),
        countries=_several(row, cells, name="country", notes=notes),
        birth_dates=_several(row, cells, name="birth_date", notes=notes),
        identifiers=_identifiers(row, cells),
    )


def _several(row: Row, cells: Mapping[str, str], *, name: str, notes: list[str]) -> tuple[str, ...]:
    """The countries or dates of a cell. One not understood is noted, and the query goes on without."""
    read = _countries if name == "country" else _dates
    values: dict[str, None] = {}
    for part in filter(None, map(str.strip, cells.get(name, "").split(";"))):
        found = read(part)
        values.update(dict.fromkeys(found))
        if not found:
            notes.append(f"row {row.number}: {name} {part!r} was not understood and not used")
    return tuple(values)


def _countries(text: str) -> tuple[str, ...]:
    # Imported here: the table of country names is only needed when the file has countries.
    from vandel.lists.countries import country_codes

    return country_codes(text)


def _dates(text: str) -> Sequence[str]:
    from vandel.lists.dates import birth_dates

    found = birth_dates(text)
    # A month 13 in our own form is a mistake, not a date of less precision.
    return () if _REDUCED_DATE.fullmatch(text) and found != (text,) else found


def _identifiers(row: Row, cells: Mapping[str, str]) -> tuple[Identifier, ...]:
    found = []
    for scheme in SCHEMES:
        text = cells.get(scheme, "")
        if not text:
            continue
        value = SCHEMES[scheme].normalize(text)
        if value is None:
            swedish = scheme in ("orgnr", "vat")
            shown = "the number" if swedish and not _SHOWABLE.fullmatch(text) else f'"{text}"'
            message = f"row {row.number}: {shown} is not a valid {SCHEMES[scheme].TITLE}"
            raise InputError("queries.bad_identifier", message, row=row.number, scheme=scheme)
        found.append(Identifier(scheme, value))
    return tuple(found)
