"""Bolagsverket's bulk file: semicolons, quotes around every field, parts split by ``$`` and lists by ``|``.

Written to what five public projects report of it: quotation marks and line breaks inside descriptions, NUL
bytes, several rows for one number, natural persons among the organisations.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from typing import Final

from vandel.ids import orgnr
from vandel.registers import codes, door
from vandel.registers.arrival import Member
from vandel.registers.facts import Field, Reading, Statement
from vandel.registers.readers.tally import Tally
from vandel.registers.refusal import RegisterRefused

COLUMNS: Final = (
    "organisationsidentitet",
    "namnskyddslopnummer",
    "registreringsland",
    "organisationsnamn",
    "organisationsform",
    "avregistreringsdatum",
    "avregistreringsorsak",
    "pagandeAvvecklingsEllerOmstruktureringsforfarande",
    "registreringsdatum",
    "verksamhetsbeskrivning",
    "postadress",
)
_ACTIVITY: Final = COLUMNS.index("verksamhetsbeskrivning")
_AFTER: Final = len(COLUMNS) - _ACTIVITY - 1
_START: Final = re.compile(r'"?[^;"$]{0,40}\$[A-ZÅÄÖ_]{1,60}-IDORG"?;')
_NAME: Final = re.compile(r"(?:^|\|)(.*?)\$([A-ZÅÄÖ_]+)-ORGNAM(?:\$([^|$]*))?(?:\$[^|]*)?", re.DOTALL)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_RECORD_CHARACTERS: Final = 1_000_000
_ACTIVITY_CHARACTERS: Final = 1_000


def is_header(line: str) -> bool:
    """Whether a file's first line is this format's."""
    names = {name.strip().strip('"').casefold() for name in line.lstrip("\ufeff").split(";")}
    return {"organisationsidentitet", "organisationsnamn", "organisationsform"} <= names


def read(member: Member, tally: Tally) -> Iterator[Reading]:
    """The organisations of one file. Errors: ``RegisterRefused`` for another format or a cut file."""
    with member.text("utf-8-sig") as text:
        places = _places(text.readline(_RECORD_CHARACTERS))
        for record, is_last in _records(text):
            fields = _fields(record, len(places))
            if fields is None:
                _refuse_cut(tally.seen, is_last=is_last)
                tally.unreadable += 1
                continue
            reading = _reading({name: fields[place] for name, place in places.items()}, tally)
            if reading is not None:
                tally.kept += 1
                yield reading


def _places(header: str) -> dict[str, int]:
    known = {name.casefold(): name for name in COLUMNS}
    found = [name.strip().strip('"').casefold() for name in header.split(";")]
    places = {known[name]: place for place, name in enumerate(found) if name in known}
    if len(places) < len(COLUMNS):
        missing = ", ".join(name for name in COLUMNS if name not in places)
        raise RegisterRefused(
            "registers.wrong_format", f"The file's first line lacks the columns {missing}.", missing=missing
        )
    return places


def _refuse_cut(seen: int, *, is_last: bool) -> None:
    if is_last:
        raise RegisterRefused(
            "registers.cut",
            f"The file ends in the middle of record {seen + 1}: it was cut off.",
            row=seen + 1,
        )


def _records(text: Iterator[str]) -> Iterator[tuple[str, bool]]:
    """The records, each with whether it is the last: a record runs until a line begins the next one."""
    lines: list[str] = []
    size = 0
    for line in text:
        if lines and _START.match(line):
            yield "".join(lines), False
            lines, size = [], 0
        size += len(line)
        if size > _RECORD_CHARACTERS:
            raise RegisterRefused("registers.record_too_long", "A record of the file never ends.")
        if lines or line.strip("\r\n\x00 "):
            lines.append(line)
    if lines:
        yield "".join(lines), True


def _fields(record: str, width: int) -> list[str] | None:
    body = record.replace("\x00", "").rstrip("\r\n ")
    if len(body) > 1 and body[0] == '"' and body[-1] == '"':
        fields = body[1:-1].split('";"')
        if len(fields) == width:
            return fields
        if len(fields) > width == len(COLUMNS):
            # Only the description is free text long enough to hold the separator itself.
            head, tail = fields[:_ACTIVITY], fields[len(fields) - _AFTER :]
            return [*head, '";"'.join(fields[_ACTIVITY : len(fields) - _AFTER]), *tail]
    return _half_quoted(body, width)


def _half_quoted(body: str, width: int) -> list[str] | None:
    """A record whose empty fields lack quotes, read in the usual way."""
    try:
        rows = list(csv.reader([body], delimiter=";", strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 and len(rows[0]) == width else None


def _reading(row: Mapping[str, str], tally: Tally) -> Reading | None:
    identity, _, kind = row["organisationsidentitet"].partition("$")
    form = _code(row["organisationsform"])
    if _code(kind) not in door.ORGANISATION_IDENTITIES or form in door.PERSON_FORMS:
        tally.persons += 1
        return None
    number = door.organisation_number(identity)
    if number is None:
        # An organisation's number that begins as a birth date does is a person's, whatever it is called.
        tally.persons += orgnr.is_personal(identity)
        tally.others += not orgnr.is_personal(identity)
        return None
    tally.wrong_check_digit += not orgnr.passes_luhn(number)
    business = row["namnskyddslopnummer"].strip()
    return Reading(
        number, tuple(_statements(row, form, business=int(business) if business.isdecimal() else 1))
    )


def _statements(row: Mapping[str, str], form: str, *, business: int) -> Iterator[Statement]:
    yield from _names(row["organisationsnamn"], business)
    if form:
        yield Statement(Field.LEGAL_FORM, codes.in_words(codes.FORMS, form), form, "", business)
    if country := _code(row["registreringsland"]):
        yield Statement(Field.COUNTRY, country, country, "", business)
    for field, column in (
        (Field.REGISTERED_ON, "registreringsdatum"),
        (Field.DEREGISTERED_ON, "avregistreringsdatum"),
    ):
        if day := _day(row[column]):
            yield Statement(field, day, "", day, business)
    if cause := _code(row["avregistreringsorsak"]):
        words = codes.in_words(codes.CAUSES, cause)
        yield Statement(Field.DEREGISTRATION_CAUSE, words, cause, "", business)
    yield from _proceedings(row["pagandeAvvecklingsEllerOmstruktureringsforfarande"], business)
    if activity := door.one_line(row["verksamhetsbeskrivning"]):
        yield Statement(Field.ACTIVITY, activity[:_ACTIVITY_CHARACTERS], "", "", business)
    if address := _address(row["postadress"]):
        yield Statement(Field.ADDRESS, address, "", "", business)


def _names(cell: str, business: int) -> Iterator[Statement]:
    found = _NAME.findall(cell)
    for name, kind, since in found:
        if text := door.one_line(name):
            yield Statement(Field.NAME, text, kind, _day(since), business)
    if not found and (text := door.one_line(cell.partition("$")[0])):
        yield Statement(Field.NAME, text, "", "", business)


def _proceedings(cell: str, business: int) -> Iterator[Statement]:
    for item in cell.split("|"):
        code, _, since = item.partition("$")
        if code := _code(code):
            yield Statement(
                Field.PROCEEDING, codes.in_words(codes.PROCEEDINGS, code), code, _day(since), business
            )


def _address(cell: str) -> str:
    """Street, postcode, place: who the post goes by (c/o) is a person as a rule, and is left out."""
    parts = [part.strip() for part in cell.split("$")]
    if len(parts) != 5:
        return ""
    line, _, place, postcode, _ = parts
    return ", ".join(filter(None, (door.street(line), f"{postcode} {place}".strip())))


def _code(cell: str) -> str:
    """``AB-ORGFO`` gives ``AB``: what follows the last hyphen names the list of codes."""
    head = cell.strip().partition("$")[0]
    return head.rpartition("-")[0] or head


def _day(cell: str) -> str:
    found = _DAY.match(cell.strip())
    return found[0] if found else ""
