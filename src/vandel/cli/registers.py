"""``vandel registers import|find|show``: the registers' files, on the command line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from vandel.cli.edition_tables import FORMATS, write
from vandel.cli.lists import default_store
from vandel.errors import InputError

if TYPE_CHECKING:
    from vandel.registers.edition import RegisterEdition
    from vandel.registers.facts import RegisterFacts
    from vandel.registers.register_store import RegisterStore
    from vandel.registers.table_write import Value

EDITION_COLUMNS: Final = (
    "register",
    "edition",
    "in_force",
    "entries",
    "persons_dropped",
    "unreadable",
    "file_dated",
    "fetched",
    "age",
)
FACT_COLUMNS: Final = ("register", "number", "field", "state", "value", "code", "since", "reason", "as_of")
NAME_COLUMNS: Final = ("register", "number", "name", "nearness", "legal_form", "address", "standing")
_FOUND_NOTHING: Final = 1


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the program's parser."""
    parser = subparsers.add_parser("registers", help="import registers' files and look organisations up")
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    importing = actions.add_parser("import", help="keep a register's file as an edition and put it in force")
    importing.add_argument("file", type=Path)
    importing.add_argument("--register", required=True, metavar="ID", help="the register's id")
    importing.add_argument(
        "--title", help="makes a register of your own, which comes as a table, under a new id"
    )
    importing.add_argument(
        "--accept-because", metavar="REASON", help="accept what the guards hold; the reason is kept"
    )
    importing.add_argument("--no-switch", action="store_true", help="keep the edition, don't put it in force")
    importing.add_argument("--keep", type=int, metavar="N", help="afterwards remove all but the N latest")
    _finish(importing, run_import)
    finding = actions.add_parser("find", help="look an organisation up by number or by name")
    finding.add_argument("what", metavar="NAME|NUMBER")
    finding.add_argument("--register", metavar="ID", help="only this register (else all in force)")
    finding.add_argument("--limit", type=int, default=20, help="at most so many names a register")
    _finish(finding, run_find)
    showing = actions.add_parser("show", help="show all registers, or one register's editions")
    showing.add_argument("register", nargs="?", metavar="ID")
    _finish(showing, run_show)


def _finish(parser: argparse.ArgumentParser, run: Callable[[argparse.Namespace], int]) -> None:
    parser.add_argument(
        "--store", type=Path, help="the folder of editions (else VANDEL_REGISTERS, else your data folder)"
    )
    parser.add_argument("--format", choices=("table", *FORMATS), default="table")
    parser.set_defaults(run=run)


def _store(arguments: argparse.Namespace) -> RegisterStore:
    from vandel.registers.register_store import RegisterStore

    named = arguments.store or os.environ.get("VANDEL_REGISTERS")
    return RegisterStore(Path(named) if named else default_store().parent / "registers")


def run_import(arguments: argparse.Namespace) -> int:
    """Keep a file as an edition."""
    from vandel.cli.output import progress

    store, now = _store(arguments), datetime.now(UTC)
    bar = progress("reading", "records")
    if arguments.title:
        store.add_table(arguments.register, title=arguments.title, publisher=arguments.title)
    edition = store.accept(
        arguments.register,
        arguments.file,
        fetched_at=now,
        override_reason=arguments.accept_because,
        # How many there will be is not known before the end.
        progress=None if bar is None else lambda done: bar(done, done + 1),
    )
    if not arguments.no_switch:
        store.switch(arguments.register, edition.edition_id)
    if arguments.keep is not None:
        for gone in store.prune(arguments.register, keep=max(arguments.keep, 1)):
            print(f"{arguments.register}: removed {gone}", file=sys.stderr)
    write(EDITION_COLUMNS, _edition_rows(store, [edition], now=now), format=arguments.format)
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    """Show registers or editions."""
    store, now = _store(arguments), datetime.now(UTC)
    if arguments.register is not None:
        rows = list(_edition_rows(store, store.editions(arguments.register), now=now))
    else:
        rows = []
        for register_id in store.sources():
            edition = store.in_force(register_id)
            empty: tuple[Value, ...] = (register_id, *[None] * (len(EDITION_COLUMNS) - 1))
            rows += _edition_rows(store, [edition], now=now) if edition else [empty]
    write(EDITION_COLUMNS, rows, format=arguments.format)
    return 0


def run_find(arguments: argparse.Namespace) -> int:
    """Look up by number or name. The exit code is 1 when no register has it."""
    from vandel.registers.book import is_number, looked_for

    store = _store(arguments)
    by_number = is_number(arguments.what)
    if by_number:
        looked_for(arguments.what)  # refused before any file is opened
    in_force = [register_id for register_id in store.sources() if store.in_force(register_id)]
    chosen = [arguments.register] if arguments.register else in_force
    if not chosen:
        raise InputError("registers.none_in_force", "No register is in force: import a file first.")
    rows: list[tuple[Value, ...]] = []
    for register_id in chosen:
        with store.open(register_id) as book:
            if by_number:
                rows += _fact_rows(book.by_number(arguments.what), book.edition)
            else:
                limit = max(arguments.limit, 1)
                rows += [(register_id, *found) for found in book.search(arguments.what, limit=limit)]
    write(FACT_COLUMNS if by_number else NAME_COLUMNS, rows, format=arguments.format)
    is_found = any(row[3] != "not_found" for row in rows)
    return 0 if is_found else _FOUND_NOTHING


def _fact_rows(said: RegisterFacts, edition: RegisterEdition) -> Iterator[tuple[Value, ...]]:
    as_of = f"{edition.file_dated_at or edition.fetched_at:%Y-%m-%d}"
    if not said.facts:
        yield said.register, said.number, None, said.outcome.value, None, None, None, said.reason, as_of
    for fact in said.facts:
        yield (
            said.register,
            said.number,
            fact.field.value,
            fact.state.value,
            fact.value or None,
            fact.code or None,
            fact.on or None,
            fact.reason or None,
            as_of,
        )


def _edition_rows(
    store: RegisterStore, editions: list[RegisterEdition], *, now: datetime
) -> Iterator[tuple[Value, ...]]:
    from vandel.registers.edition import age

    for edition in editions:
        current = store.in_force(edition.register_id)
        yield (
            edition.register_id,
            edition.edition_id,
            "yes" if current is not None and current.edition_id == edition.edition_id else "no",
            edition.entries,
            edition.counts["persons_dropped"],
            edition.counts["unreadable"],
            edition.file_dated_at,
            edition.fetched_at,
            age(edition, store.source(edition.register_id), now=now).value,
        )
