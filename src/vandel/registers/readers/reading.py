"""Which format a register's file is in, and its reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from vandel.registers import arrival, catalogue
from vandel.registers.arrival import Member
from vandel.registers.facts import Reading
from vandel.registers.readers import bolagsverket_bulk, gleif, scb_bulk, table_file
from vandel.registers.readers.tally import Tally
from vandel.registers.refusal import RegisterRefused

# Raised when the same bytes would be read differently, so that an edition tells which reader made it.
READER_VERSION: Final = "1"

_GLEIF: Final = {
    catalogue.GLEIF_LEVEL_1: gleif.PARTIES,
    catalogue.GLEIF_LEVEL_2: gleif.PARENTS,
    catalogue.GLEIF_EXCEPTIONS: gleif.NO_PARENTS,
}
_READERS: Final[Mapping[str, Callable[[Member, Tally], Iterator[Reading]]]] = {
    catalogue.BOLAGSVERKET_BULK: bolagsverket_bulk.read,
    catalogue.SCB_BULK: scb_bulk.read,
    **{format: partial(gleif.read, kind=kind) for format, kind in _GLEIF.items()},
}


def detect(member: Member) -> str:
    """The format of a file, from its beginning: one of the catalogue's formats."""
    head = member.head(65_536)
    for format, kind in _GLEIF.items():
        if f"{kind.root} ".encode() in head[:4096] or f"{kind.root}>".encode() in head[:4096]:
            return format
    first = head.partition(b"\n")[0].decode("iso-8859-1")
    if bolagsverket_bulk.is_header(first.removeprefix("ï»¿")):
        return catalogue.BOLAGSVERKET_BULK
    if scb_bulk.is_header(first):
        return catalogue.SCB_BULK
    for format, kind in _GLEIF.items():
        if kind.column.replace("/", ".") in first:
            return format
    return catalogue.TABLE


def read(path: Path, tally: Tally, *, format: str) -> Iterator[Reading]:
    """The organisations that a file holds, one record at a time; ``tally`` counts along.

    Errors: ``RegisterRefused`` for another format, a damaged or cut file; ``InputError`` for a bad table.
    """
    members = arrival.members_of(path)
    for member in members:
        found = detect(member)
        if found != format:
            raise RegisterRefused(
                "registers.wrong_format",
                f"{member.name} is {_called(found)}, but the register comes as {_called(format)}.",
                found=found,
                expected=format,
            )
    tally.dated_at = max((member.dated_at for member in members if member.dated_at), default=None)
    if format == catalogue.TABLE:
        if members[0].packed:
            raise RegisterRefused("registers.archive_content", "A table comes as one file, not packed.")
        yield from table_file.read(path, tally)
        return
    for member in members:
        yield from _READERS[format](member, tally)


def _called(format: str) -> str:
    return "a table or something else" if format == catalogue.TABLE else format
