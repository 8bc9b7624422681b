"""``--list``: a file in any format that Vandel reads, or an edition in the store."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from vandel.errors import InputError
from vandel.model import EditionRef, Listing

HELP: Final = (
    "a list: a file or folder in any known format (ID=FILE gives it a name), or the id of a list "
    "in the store, with @EDITION for another edition than the one in force; may be given several times"
)


@dataclass(frozen=True, slots=True)
class ChosenList:
    """One list that was asked for: which edition it is, and who is on it."""

    edition: EditionRef
    listings: tuple[Listing, ...]


def add_list_options(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """``--list`` and ``--store``."""
    parser.add_argument("--list", dest="lists", action="append", default=[], required=required, help=HELP)
    parser.add_argument(
        "--store", type=Path, help="the folder of editions (else VANDEL_STORE, else your data folder)"
    )


def read_lists(texts: Sequence[str], store: Path | None, *, now: datetime) -> list[ChosenList]:
    """Each list asked for. Raises :class:`InputError` when one can't be found or read, or is there twice."""
    chosen = [_read(text, store, now=now) for text in texts]
    ids = [each.edition.list_id for each in chosen]
    for list_id in ids:
        if ids.count(list_id) > 1:
            message = f'two lists are called "{list_id}"; give one of them another name with ID=FILE'
            raise InputError("lists.same_id", message, list_id=list_id)
    return chosen


def _read(text: str, store: Path | None, *, now: datetime) -> ChosenList:
    path = Path(text)
    if path.exists():
        return _from_file(path, path.name.split(".")[0], now=now)
    list_id, equals, name = text.partition("=")
    if equals and list_id:
        return _from_file(Path(name), list_id, now=now)
    return _from_store(text, store)


def _from_file(path: Path, list_id: str, *, now: datetime) -> ChosenList:
    from vandel.cli.lists import READ_SECONDS
    from vandel.lists import Deadline
    from vandel.lists.reading import collect, read_material
    from vandel.lists.source_files import digest_of, source_files

    if not path.exists():
        raise InputError("lists.no_file", f"there is no file {path}", path=str(path))
    material = collect(path, deadline=Deadline(READ_SECONDS, time.monotonic))
    parsed = read_material(material, list_id)
    files = source_files(path, material.parts)
    edition = EditionRef(
        list_id=list_id,
        edition_id=path.name,
        sha256=digest_of(files),
        length=sum(file.length for file in files),
        entries=len(parsed.listings),
        published_on=parsed.published_on,
        file_dated_at=parsed.file_dated_at,
        fetched_at=now,
    )
    return ChosenList(edition, parsed.listings)


def _from_store(text: str, store: Path | None) -> ChosenList:
    from vandel.cli.lists import default_store
    from vandel.lists.catalogue import catalogue
    from vandel.lists.store import EditionStore

    list_id, _, edition_id = text.partition("@")
    if list_id not in catalogue():
        known = ", ".join(catalogue())
        message = f"there is no file and no list {text}; lists are: {known}"
        raise InputError("lists.unknown", message, list=text)
    folder = store or default_store()
    editions = EditionStore(folder)
    edition = editions.edition(list_id, edition_id) if edition_id else editions.in_force(list_id)
    if edition is None:
        message = f"no edition of {list_id} is in force in the store {folder}"
        raise InputError("lists.none_in_force", message, list=list_id)
    return ChosenList(edition.ref, tuple(editions.load(list_id, edition.edition_id)))
