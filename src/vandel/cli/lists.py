"""``vandel lists import|fetch|show|diff``: the editions of the lists, on the command line."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vandel.cli.edition_tables import (
    DIFF_COLUMNS,
    EDITION_COLUMNS,
    ENTRY_COLUMNS,
    FORMATS,
    diff_rows,
    edition_row,
    entry_row,
    show_editions,
    write,
)
from vandel.errors import InputError

if TYPE_CHECKING:
    from vandel.lists import Edition, EditionStore, ListSource

# Long enough for the largest list on a slow machine; a trap that feeds us for ever is cut off.
READ_SECONDS: Final = 300.0
FETCH_SECONDS: Final = 900.0


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the program's parser."""
    parser = subparsers.add_parser("lists", help="import, fetch, show and compare editions of lists")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    importing = actions.add_parser("import", help="keep a file as an edition and put it in force")
    importing.add_argument("file", type=Path)
    importing.add_argument("--list", dest="list_id", required=True, help="the list's id")
    _add_acceptance(importing)
    _finish(importing, run_import)
    fetching = actions.add_parser("fetch", help="fetch lists from their issuers and put them in force")
    fetching.add_argument(
        "ids", nargs="*", metavar="ID", help="the lists' ids (else every list with an address)"
    )
    fetching.add_argument("--address", help="fetch the one list named from here instead")
    fetching.add_argument("--allow-http", action="store_true", help="accept an address without encryption")
    _add_acceptance(fetching)
    _finish(fetching, run_fetch)
    showing = actions.add_parser("show", help="show all lists, or one list's editions or entries")
    showing.add_argument("list_id", nargs="?", metavar="ID")
    showing.add_argument("--entries", action="store_true", help="show the entries of the edition in force")
    _finish(showing, run_show)
    comparing = actions.add_parser("diff", help="show who came, went and changed between two editions")
    comparing.add_argument("list_id", metavar="ID")
    comparing.add_argument("editions", nargs="*", metavar="EDITION", help="the old and the new one")
    _finish(comparing, run_diff)


def _add_acceptance(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--accept-because", metavar="REASON", help="accept what the guards hold; the reason is kept"
    )
    parser.add_argument(
        "--no-switch", action="store_true", help="keep the edition without putting it in force"
    )


def _finish(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument(
        "--store", type=Path, help="the folder of editions (else VANDEL_STORE, else your data folder)"
    )
    parser.add_argument("--format", choices=("table", *FORMATS), default="table")
    parser.set_defaults(run=run)


def default_store() -> Path:
    """The folder of editions: ``VANDEL_STORE``, else the place for data that the platform has."""
    if named := os.environ.get("VANDEL_STORE"):
        return Path(named)
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "vandel" / "lists"


def _folder(arguments: argparse.Namespace) -> Path:
    return arguments.store or default_store()


def _store(arguments: argparse.Namespace) -> EditionStore:
    from vandel.lists import EditionStore

    return EditionStore(_folder(arguments))


def run_import(arguments: argparse.Namespace) -> int:
    """Keep a file as an edition."""
    from vandel.lists import Deadline

    store, now = _store(arguments), datetime.now(UTC)
    edition = store.accept(
        arguments.list_id,
        arguments.file,
        fetched_at=now,
        override_reason=arguments.accept_because,
        deadline=Deadline(READ_SECONDS, time.monotonic),
    )
    if not arguments.no_switch:
        store.switch(arguments.list_id, edition.edition_id)
    _tell(edition, now)
    show_editions([edition], store, format=arguments.format, now=now)
    return 0


def run_fetch(arguments: argparse.Namespace) -> int:
    """Fetch lists; one that fails does not stop the others, but the exit code says so."""
    from vandel.lists import catalogue, source_of

    sources = [source_of(list_id) for list_id in arguments.ids]
    if arguments.address and len(sources) != 1:
        raise InputError("lists.one_address", "--address goes with exactly one list.")
    sources = sources or [source for source in catalogue().values() if source.address]
    store, now = _store(arguments), datetime.now(UTC)
    editions, failed = [], 0
    for source in sources:
        try:
            editions.append(_fetch_one(source, store, arguments=arguments, now=now))
        except InputError as error:
            failed += 1
            print(f"vandel: {source.id}: {error.sentence}", file=sys.stderr)
    if editions:
        show_editions(editions, store, format=arguments.format, now=now)
    return 2 if failed else 0


def _fetch_one(
    source: ListSource, store: EditionStore, *, arguments: argparse.Namespace, now: datetime
) -> Edition:
    import httpx

    from vandel.lists import Deadline, FetchRules, ListHeld, fetch

    rules = FetchRules(address=arguments.address, allow_plain_http=arguments.allow_http)
    folder = _folder(arguments) / ".fetched"
    with httpx.Client() as client:
        deadline = Deadline(FETCH_SECONDS, time.monotonic)
        fetched = fetch(source, client, target_dir=folder, now=now, rules=rules, deadline=deadline)
    try:
        edition = store.accept(
            source.id,
            fetched.path,
            fetched_at=now,
            fetched=fetched,
            override_reason=arguments.accept_because,
            deadline=Deadline(READ_SECONDS, time.monotonic),
        )
    except ListHeld as held:
        # Kept, so that a person can look at the very file and import it with a reason.
        raise ListHeld(held.code, f"{held.sentence} It lies in {fetched.path}.", **held.params) from held
    except InputError:
        fetched.path.unlink()
        raise
    fetched.path.unlink()
    if not arguments.no_switch:
        store.switch(source.id, edition.edition_id)
    _tell(edition, now)
    return edition


def _tell(edition: Edition, now: datetime) -> None:
    changes = ", ".join(f"{name} {count}" for name, count in edition.changes.items())
    state = "unchanged since the last time" if edition.fetched_at < now else changes or "the first edition"
    for line in (state, *edition.notes):
        print(f"{edition.list_id}: {line}", file=sys.stderr)


def run_show(arguments: argparse.Namespace) -> int:
    """Show lists, editions or entries."""
    from vandel.lists import catalogue

    store, now = _store(arguments), datetime.now(UTC)
    if arguments.list_id is None:
        forces = [(source, store.in_force(source.id)) for source in catalogue().values()]
        rows = [edition_row(edition, source, in_force=edition, now=now) for source, edition in forces]
        write(EDITION_COLUMNS, rows, format=arguments.format)
    elif arguments.entries:
        edition = _in_force(store, arguments.list_id)
        listings = store.load(arguments.list_id, edition.edition_id)
        write(ENTRY_COLUMNS, map(entry_row, listings), format=arguments.format)
    else:
        show_editions(store.editions(arguments.list_id), store, format=arguments.format, now=now)
    return 0


def run_diff(arguments: argparse.Namespace) -> int:
    """Show who came, went and changed."""
    from vandel.lists import diff

    store, list_id = _store(arguments), arguments.list_id
    if len(arguments.editions) == 2:
        old, new = arguments.editions
    elif arguments.editions:
        raise InputError("lists.two_editions", "diff takes two editions, the old and the new one, or none.")
    else:
        old, new = _last_step(store, list_id)
    changes = diff(store.load(list_id, old), store.load(list_id, new))
    print(f"{list_id}: {old} -> {new}", file=sys.stderr)
    write(DIFF_COLUMNS, diff_rows(changes), format=arguments.format)
    return 0


def _last_step(store: EditionStore, list_id: str) -> tuple[str, str]:
    edition = _in_force(store, list_id)
    if edition.compared_with is None:
        raise InputError(
            "lists.no_older", f"{list_id} has no edition before the one in force.", list_id=list_id
        )
    return edition.compared_with, edition.edition_id


def _in_force(store: EditionStore, list_id: str) -> Edition:
    edition = store.in_force(list_id)
    if edition is None:
        raise InputError("lists.none_in_force", f"No edition of {list_id} is in force.", list_id=list_id)
    return edition
