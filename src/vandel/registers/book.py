"""Looking things up in an edition: by number, and by name in any common spelling."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from vandel.evidence import Source
from vandel.ids import lei, orgnr
from vandel.ids.characters import squeeze
from vandel.registers import catalogue, codes, door
from vandel.registers.catalogue import RegisterSource
from vandel.registers.edition import from_json
from vandel.registers.facts import Fact, FactState, Field, Outcome, RegisterFacts, Statement, nothing
from vandel.registers.name_key import name_words, wanted_words
from vandel.registers.refusal import RegisterRefused

# What each format would say if there were anything to say: silence there is an answer.
_WOULD_SAY: Final = {
    catalogue.BOLAGSVERKET_BULK: (Field.DEREGISTERED_ON, Field.PROCEEDING),
    catalogue.SCB_BULK: (Field.ACTIVE,),
}
_CANDIDATES: Final = 1_000
_WORDS: Final = 12


class NameFound(NamedTuple):
    """An organisation whose name is like the one looked for. ``nearness``: same, begins or words."""

    number: str
    name: str
    nearness: str
    legal_form: str
    address: str
    standing: str


class RegisterBook:
    """One edition, open for reading. Use it as a context manager, in one thread."""

    def __init__(self, path: Path, source: RegisterSource) -> None:
        """Errors: ``RegisterRefused`` when the file is damaged or not there."""
        self._source = source
        try:
            self._database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            (described,) = self._database.execute("SELECT json FROM edition").fetchone()
        except (sqlite3.Error, TypeError) as error:
            raise RegisterRefused(
                "registers.damaged_edition", f"The edition {path.stem} is damaged or missing."
            ) from error
        self.edition = from_json(described)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    def verify_count(self) -> None:
        """Errors: ``RegisterRefused`` (registers.damaged_edition) when not all entries are there."""
        try:
            (last,) = self._database.execute("SELECT coalesce(max(id), 0) FROM entry").fetchone()
        except sqlite3.Error:
            last = -1
        if last != self.edition.entries:
            raise RegisterRefused("registers.damaged_edition", "The edition is not what was written.")

    def verify(self) -> None:
        """Read every entry and compare their digest. Errors: as ``verify_count``."""
        digest = hashlib.sha256()
        for number, data in self._database.execute("SELECT number, data FROM entry ORDER BY id"):
            digest.update(f"{number} {data}\n".encode())
        if digest.hexdigest() != self.edition.entries_sha256:
            raise RegisterRefused("registers.damaged_edition", "The edition is not what was written.")

    def by_number(self, text: str) -> RegisterFacts:
        """What the register says of an organisation number or LEI.

        Errors: ``RegisterRefused`` for a private person's number, which is not looked for, and for no number.
        """
        number = looked_for(text)
        found = self._rows("number = ?", number) or self._rows("other = ?", number)
        register, title = self._source.id, self._source.title
        if not found:
            reason = f"{title} has no such number in the edition {self.edition.edition_id}."
            return nothing(register, number, outcome=Outcome.NOT_FOUND, reason=reason)
        source = self.edition.source(title)
        statements = dict.fromkeys(Statement(*item) for _, _, data in found for item in json.loads(data))
        facts = [_fact(statement, source) for statement in statements]
        stated = {fact.field for fact in facts}
        facts += [
            Fact(field, FactState.NOT_STATED, source)
            for field in _WOULD_SAY.get(self._source.format, ())
            if field not in stated
        ]
        return RegisterFacts(register, found[0][1], Outcome.FOUND, tuple(facts), source)

    def numbers(self, beginning: str, *, limit: int = 20) -> list[str]:
        """Some of the numbers that begin so, in their order."""
        rows = self._database.execute(
            "SELECT DISTINCT number FROM entry WHERE number >= ? AND number < ? ORDER BY number LIMIT ?",
            (beginning, f"{beginning}\U0010ffff", limit),
        )
        return [number for (number,) in rows]

    def search(self, name: str, *, limit: int = 20) -> list[NameFound]:
        """Organisations with this name: the very name first, then names that begin so, then all its words.

        The last word may be the beginning of one. Legal forms are left out of account.
        """
        wanted = wanted_words(name)[:_WORDS]
        if not wanted:
            return []
        found: dict[int, NameFound] = {}
        for nearness, rows in (
            ("same", self._rows("key = ? ORDER BY id", " ".join(wanted), limit=limit)),
            ("begins", self._beginning(" ".join(wanted), limit)),
            ("words", self._with_words(wanted, limit)),
        ):
            if len(found) >= limit:
                break
            for entry, number, data in rows:
                found.setdefault(entry, _found(number, data, nearness=nearness))
        return list(found.values())[:limit]

    def _rows(self, where: str, *values: object, limit: int = 200) -> list[tuple[int, str, str]]:
        # ``where`` is one of the texts in this class.
        query = f"SELECT id, number, data FROM entry WHERE {where} LIMIT ?"  # noqa: S608
        return self._database.execute(query, (*values, limit)).fetchall()

    def _beginning(self, key: str, limit: int) -> Iterator[tuple[int, str, str]]:
        yield from self._rows("key >= ? AND key < ? ORDER BY key", key, f"{key}\U0010ffff", limit=limit)

    def _with_words(self, wanted: tuple[str, ...], limit: int) -> Iterator[tuple[int, str, str]]:
        """Entries with every word; the fewer other words in the name, the earlier."""
        beginning = "*" if len(wanted[-1]) > 1 else ""  # one letter begins a tenth of all names
        query = " AND ".join([*(f'"{word}"' for word in wanted[:-1]), f'"{wanted[-1]}"{beginning}'])
        entries = self._database.execute(
            "SELECT e.id, e.number, e.data FROM word JOIN entry e ON e.id = word.rowid"
            " WHERE word MATCH ? LIMIT ?",
            (query, _CANDIDATES),
        ).fetchall()
        yield from sorted(entries, key=lambda row: _surplus(row[2], wanted))[:limit]


def looked_for(text: str) -> str:
    """The number as the registers have it. Errors: ``RegisterRefused``: a person's number, or none."""
    if orgnr.is_personal(text):
        raise RegisterRefused(
            "registers.person", "The number is a private person's: no register's file keeps them."
        )
    number = door.organisation_number(text) or orgnr.normalize(text) or lei.normalize(text)
    if number is None:
        raise RegisterRefused(
            "registers.no_number", f"{text[:40]!r} is neither an organisation number nor an LEI."
        )
    return number


def is_number(text: str) -> bool:
    """Whether the text is to be looked for as a number rather than as a name."""
    squeezed = squeeze(text)
    return squeezed.isdecimal() or orgnr.is_personal(text) or lei.is_valid(text) or orgnr.is_valid(text)


def _fact(statement: Statement, source: Source) -> Fact:
    field, value, code, on, business = statement
    if value:
        return Fact(Field(field), FactState.STATED, source, value, code, on, business)
    reason = codes.in_words(codes.NO_PARENT, code) or "the register gives no reason"
    return Fact(Field(field), FactState.UNKNOWN, source, "", code, on, business, reason=reason)


def _found(number: str, data: str, *, nearness: str) -> NameFound:
    said: dict[str, str] = {}
    for field, value, *_ in json.loads(data):
        said.setdefault(field, value)
    standing = said.get(Field.PROCEEDING) or said.get(Field.ACTIVE, "")
    if ended := said.get(Field.DEREGISTERED_ON):
        standing = f"Avregistrerad {ended}"
    return NameFound(
        number,
        said.get(Field.NAME, ""),
        nearness,
        said.get(Field.LEGAL_FORM, ""),
        said.get(Field.ADDRESS, ""),
        standing,
    )


def _surplus(data: str, wanted: tuple[str, ...]) -> tuple[int, str]:
    names = [item[1] for item in json.loads(data) if item[0] in (Field.NAME, Field.FORMER_NAME)]
    return min(((len(set(name_words(name)) - set(wanted)), name) for name in names), default=(99, ""))
