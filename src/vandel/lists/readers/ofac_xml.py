"""US Treasury, OFAC: SDN.XML and CONSOLIDATED.XML."""

from __future__ import annotations

from datetime import date

from vandel.lists.dates import american_date
from vandel.lists.draft import Draft, Drafts
from vandel.lists.markup import Node, Root, records
from vandel.lists.parsed import ParsedList
from vandel.lists.readers import ofac_words
from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Material
from vandel.model import NameKind, Schema

FORMAT = "ofac-xml"
_PUBLICATION = ("publshInformation", "publishInformation")
_ADDRESS_PARTS = ("address1", "address2", "address3", "postalCode", "city", "stateOrProvince", "country")


def read(material: Material, list_id: str) -> ParsedList:
    """The list in the file; its own record count must hold. Errors: ``ListRefused``."""
    drafts = Drafts()
    published: date | None = None
    promised = ""
    tags = frozenset({"sdnEntry", *_PUBLICATION})
    for _, node in records(material, material.first, tags=tags, expect=_is_list):
        if node.tag in _PUBLICATION:
            published, promised = american_date(node.value("Publish_Date")), node.value("Record_Count")
        else:
            _entry(drafts, node)
    if promised.isdigit() and int(promised) != len(drafts):
        raise ListRefused(
            "lists.record_count",
            f"The file says that it has {promised} entries but has {len(drafts)}: it is not whole.",
            promised=int(promised),
            found=len(drafts),
        )
    listings, notes = drafts.finish(list_id)
    return ParsedList(listings, FORMAT, published_on=published, notes=notes)


def _is_list(root: Root) -> bool:
    return root.tag == "sdnList"


def _full_name(node: Node) -> str:
    return f"{node.value('firstName')} {node.value('lastName')}"


def _entry(drafts: Drafts, node: Node) -> None:
    uid = node.value("uid")
    schema = ofac_words.SCHEMAS.get(node.value("sdnType").lower(), Schema.LEGAL_ENTITY)
    draft = drafts.begin(uid, schema)
    draft.name(_full_name(node), NameKind.PRIMARY)
    for alias in node.all("akaList", "aka"):
        weak = alias.value("category").lower() == "weak"
        draft.name(_full_name(alias), ofac_words.alias_kind(alias.value("type"), weak=weak))
    for program in node.values("programList", "program"):
        draft.program(program)
    for birth in node.values("dateOfBirthList", "dateOfBirthItem", "dateOfBirth"):
        draft.birth(birth)
    _countries(draft, node)
    for address in node.all("addressList", "address"):
        _address(draft, address)
    for document in node.all("idList", "id"):
        ofac_words.number(
            draft,
            document.value("idType"),
            text=document.value("idNumber"),
            country=document.value("idCountry"),
        )
    draft.reference = f"OFAC {uid}"
    draft.remark(node.value("remarks"))


def _countries(draft: Draft, node: Node) -> None:
    paths = (
        ("nationalityList", "nationality", "country"),
        ("citizenshipList", "citizenship", "country"),
        ("vesselInfo", "vesselFlag"),
    )
    for path in paths:
        for country in node.values(*path):
            draft.country(country)


def _address(draft: Draft, node: Node) -> None:
    draft.country(node.value("country"))
    parts = [node.value(part) for part in _ADDRESS_PARTS]
    if any(parts[:-1]):
        draft.address(*parts)
