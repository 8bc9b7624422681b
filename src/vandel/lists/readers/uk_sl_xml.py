"""UK Sanctions List, XML."""

from __future__ import annotations

from datetime import date, datetime

from vandel.lists.dates import full_date, moment
from vandel.lists.draft import Draft, Drafts, first_of
from vandel.lists.markup import Node, Root, records
from vandel.lists.parsed import ParsedList
from vandel.lists.readers import uk_words
from vandel.lists.safety import Material

FORMAT = "uk-sl-xml"
_NAME_PARTS = tuple(f"Name{number}" for number in range(1, 7))
_ADDRESS_PARTS = (*(f"AddressLine{number}" for number in range(1, 7)), "AddressPostalCode")
# Numbers stand at different depths for persons, organisations and ships: they are found by name.
_NUMBERS = {
    "PassportNumber": "passport",
    "NationalIdentifierNumber": "national id",
    "BusinessRegistrationNumber": "business registration",
    "IMONumber": "IMO",
}
_COUNTRIES = ("Nationality", "CurrentBelievedFlagOfShip")


def read(material: Material, list_id: str) -> ParsedList:
    """The list in the file. Errors: ``ListRefused``."""
    drafts = Drafts()
    printed = ""
    tags = frozenset({"Designation", "DateGenerated"})
    for root, node in records(material, material.first, tags=tags, expect=_is_list):
        printed = printed or first_of((root.attributes.get("DateGenerated", ""),))
        if node.tag == "DateGenerated":
            printed = node.text.strip()
        else:
            _entry(drafts, node)
    listings, notes = drafts.finish(list_id)
    published, dated = _dates(printed)
    return ParsedList(listings, FORMAT, published_on=published, file_dated_at=dated, notes=notes)


def _dates(printed: str) -> tuple[date | None, datetime | None]:
    dated = moment(printed) if "T" in printed else None
    return (dated.date() if dated else full_date(printed)), dated


def _is_list(root: Root) -> bool:
    return root.tag == "Designations"


def _entry(drafts: Drafts, node: Node) -> None:
    id = node.value("UniqueID")
    draft = drafts.begin(id, uk_words.schema_of(node.value("IndividualEntityShip")))
    for name in node.all("Names", "Name"):
        kind = uk_words.kind_of(name.value("NameType"), quality=name.value("AliasStrength"))
        draft.name(" ".join(name.value(part) for part in _NAME_PARTS), kind)
    for name in node.all("NonLatinNames", "NonLatinName"):
        draft.name(name.value("NameNonLatinScript"))
    for address in node.all("Addresses", "Address"):
        parts = [address.value(part) for part in _ADDRESS_PARTS]
        uk_words.address(draft, parts, country=address.value("AddressCountry"))
    _details(draft, node)
    draft.program(node.value("RegimeName"))
    draft.listed(full_date(node.value("DateDesignated")))
    draft.reference = id
    draft.remark(node.value("OtherInformation"))
    draft.remark(node.value("UKStatementofReasons"))


def _details(draft: Draft, node: Node) -> None:
    for child in node.children:
        text = child.text.strip()
        if child.tag == "DOB":
            draft.birth(text)
        elif child.tag in _COUNTRIES:
            draft.country(text)
        elif child.tag in _NUMBERS:
            uk_words.identify(draft, _NUMBERS[child.tag], text=text)
        _details(draft, child)
