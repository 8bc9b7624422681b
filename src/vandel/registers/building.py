"""Building an edition's file: one SQLite file, written as a stream, whatever the number of records."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from vandel.registers.facts import Field, Reading
from vandel.registers.name_key import name_key, name_words
from vandel.registers.refusal import RegisterRefused

SCHEMA: Final = """
CREATE TABLE edition (json TEXT NOT NULL);
CREATE TABLE entry (id INTEGER PRIMARY KEY, number TEXT NOT NULL, other TEXT, key TEXT, data TEXT NOT NULL);
CREATE VIRTUAL TABLE word USING fts5(
    text, content='', detail=none, columnsize=0, tokenize="unicode61 remove_diacritics 0");
"""
INDEXES: Final = """
INSERT INTO word(word) VALUES ('optimize');
CREATE INDEX entry_number ON entry(number);
CREATE INDEX entry_other ON entry(other) WHERE other IS NOT NULL;
CREATE INDEX entry_key ON entry(key) WHERE key IS NOT NULL;
"""
# A draft does not outlive a fault and needs no journal; the store makes it durable when it is whole.
_PRAGMAS: Final = (
    "page_size=8192",
    "journal_mode=OFF",
    "synchronous=OFF",
    "locking_mode=EXCLUSIVE",
    "cache_size=-65536",
    "temp_store=FILE",
)
_BATCH: Final = 5_000
_NAMES: Final = frozenset({Field.NAME, Field.FORMER_NAME})

_Row = tuple[int, str, str | None, str | None, str]


@dataclass(frozen=True, slots=True)
class Built:
    """How many entries were written, and the digest of them all in order."""

    entries: int
    entries_sha256: str


def build(path: Path, readings: Iterable[Reading], *, progress: Callable[[int], None] | None = None) -> Built:
    """Write the records into a new file at ``path``; ``progress`` hears how many there are so far.

    Errors: what the readings raise; ``RegisterRefused`` (registers.no_room) when the disk is full.
    """
    digest, count = hashlib.sha256(), 0
    with _draft(path) as database:
        database.executescript(SCHEMA)
        records = iter(readings)
        while batch := list(islice(records, _BATCH)):
            rows = [_row(count + place, reading) for place, reading in enumerate(batch, start=1)]
            for row in rows:
                digest.update(f"{row[1]} {row[4]}\n".encode())
            database.execute("BEGIN")
            database.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", rows)
            database.executemany("INSERT INTO word(rowid, text) VALUES (?, ?)", _words(count, batch))
            database.execute("COMMIT")
            count += len(batch)
            if progress is not None:
                progress(count)
        database.executescript(INDEXES)
    return Built(count, digest.hexdigest())


def describe(path: Path, edition_json: bytes) -> None:
    """Write the edition's own record into its file."""
    with _draft(path) as database:
        database.execute("INSERT INTO edition VALUES (?)", (edition_json.decode(),))


@contextmanager
def _draft(path: Path) -> Iterator[sqlite3.Connection]:
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            for pragma in _PRAGMAS:
                database.execute(f"PRAGMA {pragma}")
            yield database
    except sqlite3.OperationalError as error:
        raise RegisterRefused("registers.no_room", f"The edition can't be written: {error}.") from error


def _row(entry: int, reading: Reading) -> _Row:
    statements = reading.statements
    name = next((item.value for item in statements if item.field == Field.NAME), "")
    other = next((item.value for item in statements if item.field == Field.ORG_NR), None)
    data = json.dumps(statements, ensure_ascii=False, separators=(",", ":"))
    return entry, reading.number, other, name_key(name) or None, data


def _words(count: int, batch: list[Reading]) -> Iterator[tuple[int, str]]:
    for entry, reading in enumerate(batch, start=count + 1):
        found: dict[str, None] = {}
        for statement in reading.statements:
            if statement.field in _NAMES:
                found |= dict.fromkeys(name_words(statement.value))
        if found:
            yield entry, " ".join(found)
