"""Reading in a register's file: what it says of each number replaces what an earlier file said."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.organisations.models import RegisterEntry
from pakten.organisations.refusals import Refused
from pakten.records.words import one_line
from vandel.ids import orgnr
from vandel.registers.table import Row, TableStream, open_table

# The column in our table: the heads that a file may have for it, in small letters.
HEADS: dict[str, tuple[str, ...]] = {
    "org_nr": ("organisationsnummer", "orgnr", "org.nr", "org_nr"),
    "legal_name": ("namn", "företagsnamn", "organisationsnamn", "legal_name"),
    "legal_form": ("organisationsform", "form", "juridisk form", "legal_form"),
    "address": ("adress", "postadress", "address"),
    "place": ("ort", "postort", "place"),
    "status": ("status", "läge"),
}
_LIMITS = {"legal_name": 300, "legal_form": 100, "address": 300, "place": 100, "status": 100}
_REPLACED = [*_LIMITS, "source", "source_where", "recorded_at", "sha256"]
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many entries were stored, and how many rows were not: no right number or name, or a sole trader."""

    stored: int
    passed_over: int


@transaction.atomic
def load_register(path: Path, *, source: str, actor: User | None) -> Loaded:
    """Store what the CSV or Excel file says, all or nothing. ``source`` names the register, in words.

    ``actor`` None is the operator at the server. Raises InputError for a file that can't be read, Refused
    for one without the columns of number and name.
    """
    table = open_table(path)
    places = _places(table)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    columns = {
        "source": one_line(source, 200),
        "source_where": path.name,
        "recorded_at": timezone.now(),
        "sha256": digest,
    }
    stored = passed_over = 0
    rows = iter(table)
    while batch := list(islice(rows, _AT_ONCE)):
        entries = {found.org_nr: found for found in _entries(batch, places, columns=columns)}
        RegisterEntry.objects.bulk_create(
            entries.values(), update_conflicts=True, unique_fields=["org_nr"], update_fields=_REPLACED
        )
        stored += len(entries)
        passed_over += len(batch) - len(entries)
    after = {"file": path.name, "sha256": digest, "count": stored, "passed_over": passed_over}
    record("organisations.register.loaded", None, actor=actor, after=after, reason=one_line(source, 200))
    return Loaded(stored, passed_over)


def _places(table: TableStream) -> dict[str, int]:
    heads = [head.strip().casefold() for head in table.headers]
    found = {
        column: next((heads.index(name) for name in names if name in heads), -1)
        for column, names in HEADS.items()
    }
    if found["org_nr"] < 0 or found["legal_name"] < 0:
        raise Refused("Filen behöver kolumnerna Organisationsnummer och Namn.")
    return {column: place for column, place in found.items() if place >= 0}


def _entries(
    rows: Iterable[Row], places: dict[str, int], *, columns: dict[str, object]
) -> Iterator[RegisterEntry]:
    for row in rows:
        number = orgnr.normalize(row.values[places["org_nr"]])
        texts = {
            column: one_line(row.values[places[column]], limit)
            for column, limit in _LIMITS.items()
            if column in places
        }
        if number and not orgnr.is_personal(number) and texts["legal_name"]:
            yield RegisterEntry(org_nr=number, **texts, **columns)
