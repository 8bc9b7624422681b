"""Cells to values. What can't be read raises Refused with one sentence for the person who imports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import TypeVar

from pakten.members.imports.spellings import AGREEMENTS, BLANKS, ROLES, SECTORS, STATES
from pakten.members.models import CollectiveAgreement, State
from pakten.organisations.facts import PersonFacts
from pakten.organisations.keys import search_key
from pakten.organisations.models import PersonRole, Sector
from pakten.organisations.policies import NO_PERSONAL_NUMBERS, check_name, check_person
from pakten.organisations.refusals import Refused
from vandel.ids import orgnr

Choice = TypeVar("Choice", bound=Enum)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "february"),
            ("mars", "mar", "march"),
            ("april", "apr"),
            ("maj", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("augusti", "aug", "august"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
# The date part only: a spreadsheet may add the time of day.
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t ]\d{1,2}[:.]\d{2}.*)?")
_DIGITS_ONLY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})[-/. ]\s*(\d{4})")
_IN_WORDS = re.compile(r"(?:den )?(\d{1,2})\.? ?([a-z]+)\.? ?(\d{4})")
_SHORT_YEAR = re.compile(r"\d{6}|\d{1,2}[-/. ]+(?:\d{1,2}|[a-z]+)\.?[-/. ]+\d{2}")
_EARLIEST = date(1900, 1, 1)
# Signs that nobody sees: those that turn the reading direction, of no width, and the machines' own.
_UNSEEN = dict.fromkeys(
    [c for c in (*range(0x20), *range(0x7F, 0xA0)) if not chr(c).isspace()]
    + [0xAD, 0x61C, 0x200B, 0x200E, 0x200F, 0xFEFF, *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)


def is_blank(cell: str) -> bool:
    """Whether the cell says nothing; it then changes nothing."""
    return search_key(text(cell)) in BLANKS


def text(cell: str) -> str:
    """The text with single spaces, without unseen signs.

    The apostrophe that keeps a spreadsheet from reading a formula falls away too.
    """
    cell = cell.translate(_UNSEEN)
    if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"}:
        cell = cell[1:]
    return " ".join(cell.split())


def long_text(cell: str) -> str:
    """The text with its line breaks."""
    lines = (text(line) for line in cell.splitlines())
    return "\n".join(line for line in lines if line)


def org_nr(cell: str) -> str:
    """Ten digits, from ten or twelve with or without hyphen."""
    number = orgnr.normalize(text(cell))
    if number is not None:
        return number
    if len(re.sub(r"\D", "", cell)) not in {10, 12}:
        raise Refused("Organisationsnumret ska ha tio siffror, till exempel 212000-0142.")
    raise Refused("Organisationsnumret stämmer inte. Kontrollera att alla siffror är rätt.")


def website(cell: str) -> str:
    """An address with its scheme; ``www.exempel.se`` gets https."""
    address = text(cell).replace(" ", "")
    return address if re.match(r"(?i)[a-z][a-z0-9+.]*://", address) else f"https://{address}"


def sector(cell: str) -> Sector:
    return _choice(
        cell, SECTORS, what="Sektor", known="privat näringsliv, civilsamhälle eller offentlig sektor"
    )


def state(cell: str) -> State:
    return _choice(cell, STATES, what="Status", known="aktiv, vilande eller avslutad")


def agreement(cell: str) -> CollectiveAgreement:
    return _choice(
        cell,
        AGREEMENTS,
        what="Kollektivavtalet",
        known="ja, motsvarande villkor, nej, inga anställda eller vet inte",
    )


def day(cell: str) -> date:
    """A day with a four-digit year, in any usual Swedish way of writing it."""
    folded = search_key(text(cell))
    if match := _YEAR_FIRST.fullmatch(folded):
        year, month, day_of_month = int(match[1]), int(match[3]), int(match[4])
    elif match := _DIGITS_ONLY.fullmatch(folded):
        year, month, day_of_month = int(match[1]), int(match[2]), int(match[3])
    elif match := _DAY_FIRST.fullmatch(folded):
        day_of_month, month, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "/" and day_of_month <= 12 and day_of_month != month:
            raise Refused(
                f"Datumet {text(cell)} går att läsa på två sätt. "
                "Skriv år, månad och dag, till exempel 2022-05-24."
            )
    elif (match := _IN_WORDS.fullmatch(folded)) and match[2] in MONTHS:
        day_of_month, month, year = int(match[1]), MONTHS[match[2]], int(match[3])
    elif _SHORT_YEAR.fullmatch(folded):
        raise Refused("Datumets årtal har två siffror. Skriv det med fyra, till exempel 2022-05-24.")
    else:
        raise Refused("Datumet går inte att läsa. Skriv år, månad och dag, till exempel 2022-05-24.")
    return _real_day(year, month, day_of_month=day_of_month)


def names(cell: str) -> tuple[str, ...]:
    """Names parted by semicolons or line breaks."""
    return tuple(dict.fromkeys(filter(None, map(text, re.split(r"[;\n]", cell)))))


def other_names(cell: str) -> tuple[str, ...]:
    """Names parted by semicolons or line breaks, each as it may be stored."""
    found = names(cell)
    for name in found:
        check_name(name)
    return found


def persons(cell: str, default: PersonRole = PersonRole.BOARD) -> tuple[PersonFacts, ...]:
    """``Namn, roll; Namn, roll``, also ``Namn (roll)`` and ``Namn, roll, 1960-08``."""
    return tuple(dict.fromkeys(_person(part, default) for part in names(cell)))


def _person(part: str, default: PersonRole) -> PersonFacts:
    name, *rest = (piece.strip() for piece in re.sub(r"\(([^)]*)\)", r",\1", part).split(","))
    role, birth_date = default, ""
    for piece in filter(None, rest):
        if piece[0].isdigit():
            birth_date = piece
        elif (found := ROLES.get(search_key(piece))) is not None:
            role = found
        else:
            raise Refused(f"Rollen ”{piece}” är okänd. Skriv till exempel ledamot, firmatecknare eller vd.")
    if any(orgnr.is_personal(piece) for piece in rest):
        raise Refused(NO_PERSONAL_NUMBERS)
    person = PersonFacts(name=name, role=role, birth_date=birth_date)
    check_person(person)
    return person


def _choice(cell: str, spellings: Mapping[str, Choice], *, what: str, known: str) -> Choice:
    found = spellings.get(search_key(text(cell)).rstrip("."))
    if found is None:
        raise Refused(f"{what}: ”{text(cell)[:60]}” går inte att tolka. Skriv {known}.")
    return found


def _real_day(year: int, month: int, *, day_of_month: int) -> date:
    try:
        found = date(year, month, day_of_month)
    except ValueError as error:
        raise Refused(f"Dagen {year}-{month:02}-{day_of_month:02} finns inte.") from error
    if found < _EARLIEST:
        raise Refused(f"Dagen {found} ligger för långt tillbaka.")
    return found
