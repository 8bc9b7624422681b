"""GLEIF's golden copy: who is who (level 1), who consolidates whom, or the reason for not telling (level 2).

XML with the namespaces of 2016, or CSV. Consolidation says nothing of shares: a parent has no percentage.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

from vandel.ids import orgnr
from vandel.ids.characters import squeeze
from vandel.registers import codes, door
from vandel.registers.arrival import Member
from vandel.registers.facts import Field, Reading, Statement
from vandel.registers.readers.tally import Tally
from vandel.registers.readers.xml_stream import Record, records
from vandel.registers.refusal import RegisterRefused

BOLAGSVERKET: Final = "RA000544"
RELATIONS: Final[Mapping[str, Field]] = {
    "IS_DIRECTLY_CONSOLIDATED_BY": Field.DIRECT_PARENT,
    "IS_ULTIMATELY_CONSOLIDATED_BY": Field.ULTIMATE_PARENT,
    "IS_INTERNATIONAL_BRANCH_OF": Field.HEAD_OFFICE,
    "IS_FUND-MANAGED_BY": Field.FUND_MANAGER,
    "IS_SUBFUND_OF": Field.UMBRELLA_FUND,
    "IS_FEEDER_TO": Field.UMBRELLA_FUND,
}
EXCEPTIONS: Final[Mapping[str, Field]] = {
    "DIRECT_ACCOUNTING_CONSOLIDATION_PARENT": Field.DIRECT_PARENT,
    "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT": Field.ULTIMATE_PARENT,
}
_ACTIVE: Final = {"ACTIVE": ("Active", "1"), "INACTIVE": ("Inactive", "9"), "NULL": ("", "")}
_NUMBERED: Final = 6


class Kind(NamedTuple):
    """One of the three files: its XML root and record, its column that no other has, what a record says."""

    root: str
    record: str
    column: str
    parse: Callable[[Record, Tally], Reading | None]


def read(member: Member, tally: Tally, *, kind: Kind) -> Iterator[Reading]:
    """The records of one file, deleted ones left out. Errors: ``RegisterRefused``."""
    rows = _xml(member, tally, kind=kind) if _is_xml(member) else _csv(member, kind)
    for record in rows:
        if "Extension/Deletion/DeletedAt" in record:
            tally.others += 1
            continue
        reading = kind.parse(record, tally)
        if reading is not None:
            tally.kept += 1
            yield reading


def _is_xml(member: Member) -> bool:
    return member.head(64).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")


def _xml(member: Member, tally: Tally, *, kind: Kind) -> Iterator[Record]:
    headers = {"LEIHeader", "Header"}
    with member.open() as stream:
        for tag, record in records(stream, root=kind.root, tags=frozenset({kind.record, *headers})):
            if tag in headers:
                _note_header(record, tally)
            else:
                yield record


def _note_header(record: Record, tally: Tally) -> None:
    promised = _first(record, "RecordCount")
    tally.promised = int(promised) if promised.isdecimal() else None
    try:
        dated = datetime.fromisoformat(_first(record, "ContentDate"))
    except ValueError:
        return
    tally.dated_at = dated if dated.tzinfo else dated.replace(tzinfo=UTC)


def _csv(member: Member, kind: Kind) -> Iterator[Record]:
    """The CSV twin: its columns are the XML's paths with dots."""
    with member.text("utf-8-sig") as text:
        rows = csv.reader(text, strict=True)
        header = [column.strip().replace(".", "/") for column in next(rows, [])]
        if kind.column not in header:
            raise RegisterRefused("registers.wrong_format", f"The file lacks the column {kind.column}.")
        try:
            for number, row in enumerate(rows, start=1):
                if len(row) != len(header):
                    raise RegisterRefused(
                        "registers.cut", f"Record {number} of the file is not whole.", row=number
                    )
                yield {path: [cell] for path, cell in zip(header, row, strict=True) if cell}
        except csv.Error as error:
            raise RegisterRefused("registers.cut", "The file's quotation marks do not match.") from error


def _first(record: Record, *paths: str) -> str:
    return next((record[path][0] for path in paths if path in record), "")


def _party(record: Record, tally: Tally) -> Reading | None:
    number = squeeze(_first(record, "LEI"))
    registered_as = _first(
        record,
        "Entity/RegistrationAuthority/RegistrationAuthorityEntityID",
    )
    swedish = _first(record, "Entity/LegalJurisdiction").startswith("SE")
    if _first(record, "Entity/EntityCategory") in door.PERSON_CATEGORIES or (
        swedish and orgnr.is_personal(registered_as)
    ):
        tally.persons += 1
        return None
    if not number:
        tally.unreadable += 1
        return None
    return Reading(number, tuple(_of_party(record, swedish=swedish, registered_as=registered_as)))


def _of_party(record: Record, *, swedish: bool, registered_as: str) -> Iterator[Statement]:
    if name := _first(record, "Entity/LegalName"):
        yield Statement(Field.NAME, door.one_line(name))
    yield from _other_names(record)
    if swedish and (number := door.organisation_number(registered_as)):
        yield Statement(Field.ORG_NR, number, BOLAGSVERKET)
    if country := _first(record, "Entity/LegalJurisdiction", "Entity/LegalAddress/Country"):
        yield Statement(Field.COUNTRY, country, country)
    if form := _first(record, "Entity/LegalForm/EntityLegalFormCode"):
        yield Statement(Field.LEGAL_FORM, _first(record, "Entity/LegalForm/OtherLegalForm") or form, form)
    words, code = _ACTIVE.get(_first(record, "Entity/EntityStatus"), ("", ""))
    if words:
        yield Statement(Field.ACTIVE, words, code)
    if status := _first(record, "Registration/RegistrationStatus"):
        yield Statement(Field.LEI_STATUS, status, status)
    if day := _first(record, "Entity/EntityCreationDate")[:10]:
        yield Statement(Field.REGISTERED_ON, day, "", day)
    if address := _address(record):
        yield Statement(Field.ADDRESS, address)


def _other_names(record: Record) -> Iterator[Statement]:
    path = "Entity/OtherEntityNames/OtherEntityName"
    found = list(zip(record.get(path, []), record.get(f"{path}@type", []), strict=False))
    for number in range(1, _NUMBERED):
        if name := _first(record, f"{path}/{number}"):
            found.append((name, _first(record, f"{path}/{number}/type")))
    for name, kind in found:
        field = Field.FORMER_NAME if kind == "PREVIOUS_LEGAL_NAME" else Field.NAME
        yield Statement(field, door.one_line(name), kind)


def _address(record: Record) -> str:
    base = "Entity/LegalAddress/"
    line = door.street(_first(record, f"{base}FirstAddressLine"))
    place = f"{_first(record, f'{base}PostalCode')} {_first(record, f'{base}City')}".strip()
    return ", ".join(filter(None, (line, place, _first(record, f"{base}Country"))))


def _relation(record: Record, tally: Tally) -> Reading | None:
    number = squeeze(_first(record, "Relationship/StartNode/NodeID"))
    above = squeeze(_first(record, "Relationship/EndNode/NodeID"))
    kind = _first(record, "Relationship/RelationshipType")
    field = RELATIONS.get(kind)
    if not number or not above or field is None:
        tally.unreadable += 1
        return None
    if _first(record, "Relationship/RelationshipStatus") == "INACTIVE":
        tally.others += 1
        return None
    return Reading(number, (Statement(field, above, kind, _since(record)),))


def _since(record: Record) -> str:
    """When the relation itself began; the periods of accounts and documents say something else."""
    base = "Relationship/RelationshipPeriods/RelationshipPeriod/"
    starts, kinds = record.get(f"{base}StartDate", []), record.get(f"{base}PeriodType", [])
    for start, kind in zip(starts, kinds, strict=False):
        if kind == "RELATIONSHIP_PERIOD":
            return start[:10]
    for number in range(1, _NUMBERED):
        if _first(record, f"Relationship/Period/{number}/periodType") == "RELATIONSHIP_PERIOD":
            return _first(record, f"Relationship/Period/{number}/startDate")[:10]
    return ""


def _exception(record: Record, tally: Tally) -> Reading | None:
    """Why a parent is not told. The free reference beside it may name a person, and is left out."""
    number = squeeze(_first(record, "LEI"))
    field = EXCEPTIONS.get(_first(record, "ExceptionCategory", "Exception/Category"))
    reasons = record.get("ExceptionReason") or [
        _first(record, f"Exception/Reason/{place}") for place in range(1, _NUMBERED)
    ]
    if not number or field is None:
        tally.unreadable += 1
        return None
    return Reading(number, tuple(Statement(field, "", reason) for reason in reasons if reason))


PARTIES: Final = Kind("LEIData", "LEIRecord", "Entity/LegalName", _party)
PARENTS: Final = Kind("RelationshipData", "RelationshipRecord", "Relationship/StartNode/NodeID", _relation)
NO_PARENTS: Final = Kind("ReportingExceptionData", "Exception", "Exception/Category", _exception)


def reason_in_words(code: str) -> str:
    """Why no parent is told, in words."""
    return codes.in_words(codes.NO_PARENT, code)
