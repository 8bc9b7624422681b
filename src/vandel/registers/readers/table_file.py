"""Any register as a table, CSV or Excel, with a column for the number and one for the name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from vandel.ids import lei, orgnr
from vandel.registers import codes, door
from vandel.registers.facts import Field, Reading, Statement
from vandel.registers.limits import Limits
from vandel.registers.readers.tally import Tally
from vandel.registers.refusal import RegisterRefused
from vandel.registers.table import TableStream, open_table

NUMBER: Final = (
    "organisationsnummer",
    "organisationsnr",
    "org.nr",
    "orgnr",
    "org_nr",
    "org nr",
    "peorgnr",
    "lei",
    "id",
)
HEADS: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.NAME: ("namn", "organisationsnamn", "företagsnamn", "myndighet", "name", "legal_name"),
    Field.LEGAL_FORM: ("organisationsform", "juridisk form", "form", "jurform", "legal_form"),
    Field.ACTIVE: ("status", "läge", "standing"),
    Field.ACTIVITY: ("verksamhet", "verksamhetsbeskrivning", "activity"),
    Field.REGISTERED_ON: ("registreringsdatum", "registrerad", "registered_on"),
    Field.WEBSITE: ("webbadress", "webbplats", "hemsida", "website"),
}
_STREET: Final = ("postadress", "adress", "gatuadress", "besöksadress", "address")
_POSTCODE: Final = ("postnr", "postnummer", "postcode")
_PLACE: Final = ("postort", "ort", "place", "city")
# Read row by row, so that rows and bytes may be many; a worksheet's cells are bounded by their own limit.
_LIMITS: Final = Limits(bytes=2**30, rows=5_000_000)
_CHARACTERS: Final = 1_000


def read(path: Path, tally: Tally) -> Iterator[Reading]:
    """The organisations of a table. Errors: ``InputError`` with a code that begins with ``table.``,
    ``RegisterRefused`` when the columns of number and name are missing."""
    table = open_table(path, limits=_LIMITS)
    number_place, places = _columns(table)
    for row in table:
        number = _number(row.values[number_place], tally)
        if number is None:
            continue
        form = row.values[places[Field.LEGAL_FORM]] if Field.LEGAL_FORM in places else ""
        if form.strip() in door.PERSON_FORMS | door.PERSON_LEGAL_FORMS:
            tally.persons += 1
            continue
        tally.kept += 1
        yield Reading(number, tuple(_statements(row.values, places)))


def _columns(table: TableStream) -> tuple[int, dict[str, int]]:
    heads = {head.casefold().strip(): place for place, head in reversed(list(enumerate(table.headers)))}
    wanted: dict[str, tuple[str, ...]] = {field.value: names for field, names in HEADS.items()}
    wanted |= {"street": _STREET, "postcode": _POSTCODE, "place": _PLACE, "number": NUMBER}
    places = {
        key: next(heads[name] for name in names if name in heads)
        for key, names in wanted.items()
        if any(name in heads for name in names)
    }
    if "number" not in places or Field.NAME not in places:
        raise RegisterRefused(
            "registers.wrong_format",
            "The table needs one column with the organisation number and one with the name.",
        )
    return places.pop("number"), places


def _number(cell: str, tally: Tally) -> str | None:
    number = door.organisation_number(cell)
    if number is not None:
        tally.wrong_check_digit += not orgnr.passes_luhn(number)
        return number
    if orgnr.is_personal(cell):
        tally.persons += 1
        return None
    other = lei.normalize(cell)
    tally.others += other is None
    return other


def _statements(values: tuple[str, ...], places: Mapping[str, int]) -> Iterator[Statement]:
    for field in HEADS:
        text = door.one_line(values[places[field]])[:_CHARACTERS] if field in places else ""
        if text:
            is_form = field is Field.LEGAL_FORM
            words = codes.in_words(codes.FORMS, codes.in_words(codes.LEGAL_FORMS, text)) if is_form else text
            yield Statement(field, words, text if words != text else "")
    found = {part: values[places[part]] if part in places else "" for part in ("street", "postcode", "place")}
    place = f"{found['postcode']} {found['place']}".strip()
    if address := ", ".join(filter(None, (door.street(found["street"]), place))):
        yield Statement(Field.ADDRESS, address)
