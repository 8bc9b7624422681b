"""The store of editions: immutable folders, and one pointer per list to the edition in force.

``<root>/<list>/<edition>/edition.json``, ``entries.jsonl.gz``, ``source/<files as fetched>``. An edition is
written into a hidden folder and renamed whole; the pointer is a file replaced whole. A process killed at
any moment leaves the store as it was before or as it is after, never between.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from vandel.evidence import canonical_json, sha256_hex
from vandel.evidence.durable import freeze, make_durable, replace_file
from vandel.lists import entries, guards
from vandel.lists.catalogue import ListSource, source_of
from vandel.lists.edition import Edition, SourceFile, from_json
from vandel.lists.fetching import Fetched
from vandel.lists.parsed import ParsedList
from vandel.lists.reading import READER_VERSION, collect, read, read_material
from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Deadline, Material
from vandel.lists.source_files import digest_of, kept_parts, source_files
from vandel.model import Listing

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}")
_INCOMING = ".incoming-"


@dataclass(frozen=True, slots=True)
class _Arrival:
    """How a file came: what it consists of, when, from which fetch, and a person's reason to take it."""

    files: tuple[SourceFile, ...]
    at: datetime
    fetched: Fetched | None
    override_reason: str | None


class EditionStore:
    """Editions under ``root``; ``sources`` replaces the catalogue where a test or a setting needs its own."""

    def __init__(self, root: Path, sources: Mapping[str, ListSource] | None = None) -> None:
        self._root = Path(root)
        self._sources = sources

    def accept(
        self,
        list_id: str,
        path: Path,
        *,
        fetched_at: datetime,
        fetched: Fetched | None = None,
        override_reason: str | None = None,
        deadline: Deadline | None = None,
    ) -> Edition:
        """Read a file and keep it as an edition; it is not put in force (see ``switch``).

        The same bytes again give the edition that is there already, confirmed at ``fetched_at``. The file is
        compared with the edition in force, else with the latest. Errors: ``ListRefused``; ``ListHeld`` when a
        person may accept it with ``override_reason``. After an error the store is as it was.
        """
        source = self._source(list_id)
        if fetched_at.tzinfo is None:
            raise ValueError("fetched_at has a time zone")
        self._sweep(list_id, fetched_at)
        with self._incoming(list_id) as folder:
            staged = _stage(Path(path), folder / "source")
            material = collect(staged, deadline=deadline)
            files = source_files(staged, material.parts)
            known = self._with_digest(list_id, digest_of(files))
            if known is not None:
                self._refuse_replaced(known)
                return self._confirm(known, fetched_at)
            arrival = _Arrival(files, fetched_at, fetched, override_reason)
            edition, packed = self._judged(source, material, arrival=arrival)
            (folder / "entries.jsonl.gz").write_bytes(packed)
            (folder / "edition.json").write_bytes(edition.to_json())
            self._publish(folder, edition)
            return edition

    def _judged(self, source: ListSource, material: Material, *, arrival: _Arrival) -> tuple[Edition, bytes]:
        """Read and guard; the edition as it will be kept, with its packed entries."""
        parsed = _dated(_parse(source, material), arrival.fetched)
        previous = self._previous(source.id)
        changes, overridden = guards.check(
            source, parsed, previous=previous, override_reason=arrival.override_reason
        )
        packed = entries.pack(parsed.listings)
        digest = digest_of(arrival.files)
        edition = Edition(
            list_id=source.id,
            edition_id=f"{arrival.at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{digest[:12]}",
            format=parsed.format,
            reader_version=READER_VERSION,
            sha256=digest,
            length=sum(file.length for file in arrival.files),
            files=arrival.files,
            entries=len(parsed.listings),
            counts=guards.counts_of(parsed.listings),
            entries_sha256=sha256_hex(packed),
            published_on=parsed.published_on,
            file_dated_at=parsed.file_dated_at,
            fetched_at=arrival.at,
            fetched_from=arrival.fetched.url if arrival.fetched else None,
            compared_with=previous.edition.edition_id if previous else None,
            changes=changes.counts if changes is not None else {},
            notes=parsed.notes,
            held_reasons=tuple(objection.sentence for objection in overridden),
            override_reason=arrival.override_reason if overridden else None,
            confirmed_at=arrival.at,
        )
        return edition, packed

    def _publish(self, folder: Path, edition: Edition) -> None:
        freeze(folder)
        target = self._folder(edition.list_id, edition.edition_id)
        try:
            folder.rename(target)
        except OSError:
            # Another process kept the same bytes in the same second: its folder is as good as ours.
            if not (target / "edition.json").exists():
                raise
        make_durable(target.parent)

    def switch(self, list_id: str, edition_id: str) -> Edition:
        """Put an edition in force, at once, for every reader. Errors: ``ListRefused`` if it is not whole."""
        self._source(list_id)
        edition = self.edition(list_id, edition_id)
        self.load(list_id, edition_id)
        replace_file(self._root / list_id / "in_force.json", canonical_json({"edition_id": edition_id}))
        return edition

    def in_force(self, list_id: str) -> Edition | None:
        """The edition in force, None when no edition has been put in force yet."""
        self._source(list_id)
        try:
            pointer = json.loads((self._root / list_id / "in_force.json").read_bytes())
        except FileNotFoundError:
            return None
        return self.edition(list_id, pointer["edition_id"])

    def editions(self, list_id: str) -> list[Edition]:
        """All editions of a list, the oldest first."""
        self._source(list_id)
        folder = self._root / list_id
        names = sorted(item.parent.name for item in folder.glob("*/edition.json")) if folder.is_dir() else []
        return [self.edition(list_id, name) for name in names if not name.startswith(".")]

    def edition(self, list_id: str, edition_id: str) -> Edition:
        """One edition. Errors: ``ListRefused`` (lists.unknown_edition, lists.damaged_edition)."""
        try:
            data = (self._folder(list_id, edition_id) / "edition.json").read_bytes()
        except OSError as error:
            raise ListRefused(
                "lists.unknown_edition",
                f"There is no edition {edition_id!r} of {list_id}.",
                list_id=list_id,
                edition_id=edition_id,
            ) from error
        return from_json(data, confirmed_at=self._confirmations(list_id).get(edition_id))

    def load(self, list_id: str, edition_id: str) -> tuple[Listing, ...]:
        """An edition's listings, after their digest has been checked. Errors: ``ListRefused``."""
        edition = self.edition(list_id, edition_id)
        try:
            packed = (self._folder(list_id, edition_id) / "entries.jsonl.gz").read_bytes()
        except OSError as error:
            raise ListRefused("lists.damaged_edition", f"The entries of {edition_id} are missing.") from error
        if sha256_hex(packed) != edition.entries_sha256:
            raise ListRefused(
                "lists.damaged_edition", f"The entries of {edition_id} are not what was written."
            )
        return entries.unpack(packed)

    def source_path(self, list_id: str, edition_id: str) -> Path:
        """The file as it was fetched, or the folder of the files when there are several."""
        edition = self.edition(list_id, edition_id)
        folder = self._folder(list_id, edition_id) / "source"
        return folder / edition.files[0].name if len(edition.files) == 1 else folder

    def _source(self, list_id: str) -> ListSource:
        if self._sources is None:
            return source_of(list_id)
        if list_id not in self._sources:
            raise ListRefused("lists.unknown_list", f"There is no list {list_id!r}.", list_id=list_id)
        return self._sources[list_id]

    def _folder(self, list_id: str, edition_id: str) -> Path:
        if not _NAME.fullmatch(list_id) or not _NAME.fullmatch(edition_id):
            raise ListRefused("lists.unknown_edition", f"There is no edition {edition_id!r} of {list_id!r}.")
        return self._root / list_id / edition_id

    def _with_digest(self, list_id: str, digest: str) -> Edition | None:
        # The digest is the end of the id, so that no other edition need be opened.
        for name in sorted(item.parent.name for item in (self._root / list_id).glob("*/edition.json")):
            if name.endswith(digest[:12]) and not name.startswith("."):
                edition = self.edition(list_id, name)
                if edition.sha256 == digest:
                    return edition
        return None

    def _refuse_replaced(self, known: Edition) -> None:
        """An edition that another has replaced comes back by name (``switch``), never because a file came."""
        current = self.in_force(known.list_id)
        if (
            current is None
            or current.edition_id == known.edition_id
            or known.fetched_at >= current.fetched_at
        ):
            return
        raise ListRefused(
            "lists.older",
            f"The file is the edition {known.edition_id}, which {current.edition_id} has replaced.",
            known=known.edition_id,
            current=current.edition_id,
        )

    def _previous(self, list_id: str) -> guards.Previous | None:
        edition = self.in_force(list_id)
        if edition is None:
            known = self.editions(list_id)
            if not known:
                return None
            edition = known[-1]
        if edition.reader_version == READER_VERSION:
            return guards.Previous(edition, self.load(list_id, edition.edition_id))
        path = self.source_path(list_id, edition.edition_id)
        return guards.Previous(edition, read(path, list_id=list_id, format=edition.format).listings)

    def _confirm(self, edition: Edition, at: datetime) -> Edition:
        seen = self._confirmations(edition.list_id)
        if at <= edition.confirmed_at:
            return edition
        seen[edition.edition_id] = at
        replace_file(self._root / edition.list_id / "confirmed.json", canonical_json(seen))
        return self.edition(edition.list_id, edition.edition_id)

    def _confirmations(self, list_id: str) -> dict[str, datetime]:
        try:
            stored = json.loads((self._root / list_id / "confirmed.json").read_bytes())
        except FileNotFoundError:
            return {}
        return {edition_id: datetime.fromisoformat(text) for edition_id, text in stored.items()}

    @contextmanager
    def _incoming(self, list_id: str) -> Iterator[Path]:
        parent = self._root / list_id
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_INCOMING, dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _sweep(self, list_id: str, now: datetime) -> None:
        # Leavings of a process that was killed; a day later nobody is writing them any more.
        for folder in (self._root / list_id).glob(f"{_INCOMING}*"):
            if datetime.fromtimestamp(folder.stat().st_mtime, UTC) < now - timedelta(days=1):
                shutil.rmtree(folder, ignore_errors=True)


def _stage(path: Path, folder: Path) -> Path:
    """Copy the file(s) aside first, so that what is read is the very thing that is kept; the copy's path."""
    parts = collect(path).parts
    folder.mkdir()
    for part in kept_parts(path, parts):
        target = folder / part.name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as out:
            for chunk in part.chunks():
                out.write(chunk)
    return folder if path.is_dir() else folder / path.name


def _parse(source: ListSource, material: Material) -> ParsedList:
    parsed = read_material(material, source.id)
    if parsed.format not in source.formats:
        raise ListRefused(
            "lists.wrong_format",
            f"The file is {parsed.format}, but {source.id} comes as {' or '.join(source.formats)}.",
            format=parsed.format,
            list_id=source.id,
        )
    return parsed


def _dated(parsed: ParsedList, fetched: Fetched | None) -> ParsedList:
    """The file's own date, else what the server said of it."""
    if parsed.file_dated_at is not None or fetched is None or fetched.last_modified is None:
        return parsed
    return ParsedList(
        parsed.listings, parsed.format, parsed.published_on, fetched.last_modified, parsed.notes
    )
