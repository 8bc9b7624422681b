"""SCB's bulk file of legal units: ISO-8859-1, tabs, CRLF, one tab too many at the end of each line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from vandel.ids import orgnr
from vandel.registers import codes, door
from vandel.registers.arrival import Member
from vandel.registers.facts import Field, Reading, Statement
from vandel.registers.readers.tally import Tally
from vandel.registers.refusal import RegisterRefused

NEEDED: Final = (
    "PeOrgNr",
    "Namn",
    "Foretagsnamn",
    "JurForm",
    "FtgStat",
    "Gatuadress",
    "PostNr",
    "PostOrt",
    "RegDatKtid",
    "Ng1",
)
_INDUSTRIES: Final = ("Ng1", "Ng2", "Ng3", "Ng4", "Ng5")
_LINE: Final = 100_000
_DAY: Final = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


def is_header(line: str) -> bool:
    """Whether a file's first line is this format's."""
    return {"PeOrgNr", "FtgStat", "JurForm"} <= set(_cells(line.lstrip("\ufeff")))


def read(member: Member, tally: Tally) -> Iterator[Reading]:
    """The organisations of one file. Errors: ``RegisterRefused`` for another format or a cut file."""
    with member.text(_encoding(member)) as text:
        header = _cells(text.readline(_LINE))
        if missing := [name for name in NEEDED if name not in header]:
            raise RegisterRefused(
                "registers.wrong_format",
                f"The file's first line lacks the columns {', '.join(missing)}.",
                missing=", ".join(missing),
            )
        places = {name: header.index(name) for name in {*NEEDED, *_INDUSTRIES} & set(header)}
        width, line = max(places.values()) + 1, ""
        for line in text:
            cells = line.rstrip("\r\n").split("\t")
            if len(cells) < width:
                if not line.strip("\r\n\x00\x1a "):
                    continue
                _refuse_cut(line, tally.seen)
                tally.unreadable += 1
                continue
            yield from _readings(cells, places, tally=tally)
        if line:
            _refuse_narrow_end(line, header, seen=tally.seen)


def _encoding(member: Member) -> str:
    """ISO-8859-1 as documented; UTF-8 should it come so, which ISO-8859-1's letters never happen to be."""
    head = member.head(2**20)
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return "iso-8859-1"
    return "iso-8859-1" if head.isascii() else "utf-8-sig"


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.rstrip("\r\n").rstrip("\t").split("\t")]


def _refuse_cut(line: str, seen: int) -> None:
    if not line.endswith("\n"):
        raise RegisterRefused(
            "registers.cut",
            f"The file ends in the middle of record {seen + 1}: it was cut off.",
            row=seen + 1,
        )


def _refuse_narrow_end(line: str, header: Sequence[str], *, seen: int) -> None:
    if not line.endswith("\n") and line.count("\t") + 1 < len(header):
        _refuse_cut(line, seen - 1)


def _readings(cells: Sequence[str], places: dict[str, int], *, tally: Tally) -> Iterator[Reading]:
    row = {name: cells[place].replace("\x00", "").strip() for name, place in places.items()}
    identity = row["PeOrgNr"]
    number = door.organisation_number(identity)
    if row["JurForm"] in door.PERSON_LEGAL_FORMS or (number is None and orgnr.is_personal(identity)):
        tally.persons += 1
    elif number is None:
        tally.others += 1
    elif len(identity) == 12 and not identity.startswith("16"):
        tally.persons += 1
    else:
        tally.wrong_check_digit += not orgnr.passes_luhn(number)
        tally.kept += 1
        yield Reading(number, tuple(_statements(row)))


def _statements(row: dict[str, str]) -> Iterator[Statement]:
    names = [door.one_line(row[column]) for column in ("Namn", "Foretagsnamn")]
    for name in dict.fromkeys(filter(None, names)):
        yield Statement(Field.NAME, name)
    if form := row["JurForm"]:
        yield Statement(Field.LEGAL_FORM, codes.in_words(codes.LEGAL_FORMS, form), form)
    if standing := row["FtgStat"]:
        yield Statement(Field.ACTIVE, codes.in_words(codes.STANDINGS, standing), standing)
    if found := _DAY.match(row["RegDatKtid"]):
        day = "-".join(found.groups())
        yield Statement(Field.REGISTERED_ON, day, "", day)
    for column in _INDUSTRIES:
        if row.get(column, "").strip("0 "):
            yield Statement(Field.INDUSTRY, row[column], row[column])
    place = f"{row['PostNr']} {row['PostOrt']}".strip()
    if address := ", ".join(filter(None, (door.street(row["Gatuadress"]), place))):
        yield Statement(Field.ADDRESS, address)
