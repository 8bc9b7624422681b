"""The store of registers' editions: one file each, never changed, and a pointer to the one in force.

``<root>/<register>/<edition>.sqlite``. An edition is built under a hidden name and renamed whole; the pointer
is a file replaced whole. A process killed at any moment leaves the store as it was before or as it is after.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from vandel.evidence import canonical_json
from vandel.evidence.digest import digest_of_file
from vandel.evidence.durable import make_durable, replace_file
from vandel.registers import arrival, building, guards
from vandel.registers.book import RegisterBook
from vandel.registers.catalogue import RegisterSource, catalogue, register_of, table_register
from vandel.registers.edition import RegisterEdition
from vandel.registers.readers.reading import READER_VERSION, read
from vandel.registers.readers.tally import Tally
from vandel.registers.refusal import RegisterRefused

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_INCOMING: Final = ".incoming-"
_SUFFIX: Final = ".sqlite"


@dataclass(frozen=True, slots=True)
class _Arrival:
    """The file that came: its digest, length and time of change; when, whence, and a reason to take it."""

    path: Path
    sha256: str
    length: int
    changed_ns: int
    at: datetime
    where: str | None
    reason: str | None


class RegisterStore:
    """Editions under ``root``; ``sources`` replaces the catalogue where there are registers of one's own."""

    def __init__(self, root: Path, sources: Mapping[str, RegisterSource] | None = None) -> None:
        self._root = Path(root)
        self._sources = sources

    def accept(
        self,
        register_id: str,
        path: Path,
        *,
        fetched_at: datetime,
        fetched_from: str | None = None,
        override_reason: str | None = None,
        progress: Callable[[int], None] | None = None,
    ) -> RegisterEdition:
        """Read a file and keep what may be kept of it as an edition; it is not put in force (see ``switch``).

        The same bytes again give the edition that is there already, confirmed at ``fetched_at``. Errors:
        ``InputError``; ``RegisterHeld`` when a person may accept it with ``override_reason``. After an error
        the store is as it was. ``progress`` hears the number of records; it may raise to stop.
        """
        source = self.source(register_id)
        if fetched_at.tzinfo is None:
            raise ValueError("fetched_at has a time zone")
        folder = self._root / register_id
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, fetched_at)
        came = _arrived(Path(path), fetched_at, where=fetched_from, reason=override_reason)
        if known := self._with_digest(register_id, came.sha256):
            return self._confirm(known, fetched_at)
        handle, name = tempfile.mkstemp(prefix=_INCOMING, suffix=_SUFFIX, dir=folder)
        os.close(handle)
        try:
            edition = self._built(source, came, draft=Path(name), progress=progress)
            _publish(Path(name), folder / f"{edition.edition_id}{_SUFFIX}")
            return edition
        finally:
            Path(name).unlink(missing_ok=True)

    def _built(
        self,
        source: RegisterSource,
        came: _Arrival,
        *,
        draft: Path,
        progress: Callable[[int], None] | None,
    ) -> RegisterEdition:
        """Read, write and guard; the edition as it will be kept, written into its own file."""
        tally = Tally()
        built = building.build(draft, read(came.path, tally, format=source.format), progress=progress)
        _refuse_moving(came)
        previous = self._previous(source.id)
        overridden = guards.check(
            source, guards.Draft(draft, built, tally), previous=previous, override_reason=came.reason
        )
        edition = RegisterEdition(
            register_id=source.id,
            edition_id=f"{came.at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{came.sha256[:12]}",
            format=source.format,
            reader_version=READER_VERSION,
            sha256=came.sha256,
            length=came.length,
            file_name=came.path.name,
            fetched_from=came.where,
            fetched_at=came.at,
            file_dated_at=tally.dated_at,
            entries=built.entries,
            entries_sha256=built.entries_sha256,
            counts=tally.counts(),
            compared_with=previous.edition.edition_id if previous else None,
            held_reasons=tuple(objection.sentence for objection in overridden),
            override_reason=came.reason if overridden else None,
            confirmed_at=came.at,
        )
        building.describe(draft, edition.to_json())
        return edition

    def switch(self, register_id: str, edition_id: str) -> RegisterEdition:
        """Put an edition in force, at once, for all. Errors: ``RegisterRefused`` if it is not whole."""
        edition = self.edition(register_id, edition_id)
        with self.open(register_id, edition_id) as book:
            book.verify_count()
        replace_file(self._root / register_id / "in_force.json", canonical_json({"edition_id": edition_id}))
        return edition

    def in_force(self, register_id: str) -> RegisterEdition | None:
        """The edition in force, None when none has been put in force yet."""
        self.source(register_id)
        try:
            pointer = json.loads((self._root / register_id / "in_force.json").read_bytes())
        except FileNotFoundError:
            return None
        return self.edition(register_id, pointer["edition_id"])

    def editions(self, register_id: str) -> list[RegisterEdition]:
        """All editions of a register, the oldest first."""
        self.source(register_id)
        names = sorted(
            path.stem for path in (self._root / register_id).glob(f"*{_SUFFIX}") if path.name[0] != "."
        )
        return [self.edition(register_id, name) for name in names]

    def edition(self, register_id: str, edition_id: str) -> RegisterEdition:
        """One edition. Errors: ``RegisterRefused`` (registers.unknown_edition, .damaged_edition)."""
        with self.open(register_id, edition_id) as book:
            seen = self._confirmations(register_id).get(edition_id)
            return replace(
                book.edition, confirmed_at=max(book.edition.fetched_at, seen or book.edition.fetched_at)
            )

    def open(self, register_id: str, edition_id: str | None = None) -> RegisterBook:
        """The edition in force, or the one named, open for looking things up.

        Errors: ``RegisterRefused`` (registers.none_in_force, registers.unknown_edition ...).
        """
        source = self.source(register_id)
        if edition_id is None:
            current = self.in_force(register_id)
            if current is None:
                raise RegisterRefused(
                    "registers.none_in_force",
                    f"No edition of {register_id} is in force: import a file first.",
                    register_id=register_id,
                )
            edition_id = current.edition_id
        path = self._root / register_id / f"{edition_id}{_SUFFIX}"
        if not _NAME.fullmatch(edition_id) or not path.is_file():
            raise RegisterRefused(
                "registers.unknown_edition", f"There is no edition {edition_id!r} of {register_id}."
            )
        return RegisterBook(path, source)

    def prune(self, register_id: str, *, keep: int) -> list[str]:
        """Remove all but the ``keep`` latest editions and the one in force; the ids of those removed."""
        current = self.in_force(register_id)
        safe = {current.edition_id if current else None, *_latest(self.editions(register_id), keep)}
        gone = [
            edition.edition_id for edition in self.editions(register_id) if edition.edition_id not in safe
        ]
        for edition_id in gone:
            (self._root / register_id / f"{edition_id}{_SUFFIX}").unlink()
        return gone

    def add_table(self, register_id: str, *, title: str, publisher: str) -> RegisterSource:
        """Keep a register of one's own, which comes as a table. Errors: ``RegisterRefused``."""
        if not _NAME.fullmatch(register_id) or register_id in catalogue():
            raise RegisterRefused(
                "registers.bad_id", "A register's id has letters, digits and hyphens, and is not taken."
            )
        named = canonical_json({"title": title, "publisher": publisher})
        replace_file(self._root / register_id / "register.json", named)
        return self.source(register_id)

    def sources(self) -> Mapping[str, RegisterSource]:
        """Every register that the store knows: the catalogue's, then one's own."""
        if self._sources is not None:
            return self._sources
        own = {}
        for path in sorted(self._root.glob("*/register.json")):
            own[path.parent.name] = table_register(path.parent.name, **json.loads(path.read_bytes()))
        return {**catalogue(), **own}

    def source(self, register_id: str) -> RegisterSource:
        """The register by its id. Errors: ``RegisterRefused`` (registers.unknown_register)."""
        return register_of(register_id, self.sources())

    def _with_digest(self, register_id: str, digest: str) -> RegisterEdition | None:
        # The digest is the end of the id, so that no other edition need be opened.
        for path in sorted((self._root / register_id).glob(f"*-{digest[:12]}{_SUFFIX}")):
            edition = self.edition(register_id, path.stem)
            if edition.sha256 == digest and edition.reader_version == READER_VERSION:
                return edition
        return None

    def _previous(self, register_id: str) -> guards.Previous | None:
        edition = self.in_force(register_id) or next(reversed(self.editions(register_id)), None)
        if edition is None:
            return None
        return guards.Previous(edition, self._root / register_id / f"{edition.edition_id}{_SUFFIX}")

    def _confirm(self, edition: RegisterEdition, at: datetime) -> RegisterEdition:
        seen = self._confirmations(edition.register_id)
        if at <= edition.confirmed_at:
            return edition
        seen[edition.edition_id] = at
        replace_file(self._root / edition.register_id / "confirmed.json", canonical_json(seen))
        return self.edition(edition.register_id, edition.edition_id)

    def _confirmations(self, register_id: str) -> dict[str, datetime]:
        try:
            stored = json.loads((self._root / register_id / "confirmed.json").read_bytes())
        except FileNotFoundError:
            return {}
        return {edition_id: datetime.fromisoformat(text) for edition_id, text in stored.items()}


def _arrived(path: Path, at: datetime, *, where: str | None, reason: str | None) -> _Arrival:
    arrival.members_of(path)
    before = path.stat()
    digest, length = digest_of_file(path)
    return _Arrival(path, digest, length, before.st_mtime_ns, at, where, reason)


def _refuse_moving(file: _Arrival) -> None:
    now = file.path.stat()
    if (now.st_size, now.st_mtime_ns) != (file.length, file.changed_ns):
        raise RegisterRefused("registers.moving", f"{file.path.name} was written to while it was read.")


def _latest(editions: list[RegisterEdition], keep: int) -> list[str]:
    return [edition.edition_id for edition in editions][-max(keep, 0) or len(editions) :]


def _sweep(folder: Path, now: datetime) -> None:
    # Leavings of a process that was killed; a day later nobody is writing them any more.
    for path in folder.glob(f"{_INCOMING}*"):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - timedelta(days=1):
            path.unlink(missing_ok=True)


def _publish(draft: Path, target: Path) -> None:
    draft.chmod(0o444)
    make_durable(draft)
    draft.rename(target)
    make_durable(target.parent)
