"""United Nations Security Council consolidated list, XML."""

from __future__ import annotations

import re
from datetime import datetime

from vandel.lists.dates import full_date, moment
from vandel.lists.draft import Draft, Drafts, first_of
from vandel.lists.identifiers import labelled
from vandel.lists.markup import Node, Root, records
from vandel.lists.parsed import ParsedList
from vandel.lists.safety import Material
from vandel.model import NameKind, Schema

FORMAT = "un-xml"
_SCHEMAS = {"INDIVIDUAL": Schema.PERSON, "ENTITY": Schema.LEGAL_ENTITY}
_KINDS = {"low": NameKind.WEAK, "f.k.a.": NameKind.PREVIOUS}
# Spellings of one alias stand in one element, separated like this.
_SEVERAL = re.compile(r";|(?:^|\s)[a-z]\)\s")
_NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_ADDRESS_PARTS = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")


def read(material: Material, list_id: str) -> ParsedList:
    """The list in the file. Errors: ``ListRefused``."""
    drafts = Drafts()
    dated: datetime | None = None
    for root, node in records(material, material.first, tags=frozenset(_SCHEMAS), expect=_is_list):
        dated = dated or moment(root.attributes.get("dateGenerated", ""))
        _entry(drafts, node)
    listings, notes = drafts.finish(list_id)
    published = dated.date() if dated else None
    return ParsedList(listings, FORMAT, published_on=published, file_dated_at=dated, notes=notes)


def _is_list(root: Root) -> bool:
    return root.tag == "CONSOLIDATED_LIST"


def _entry(drafts: Drafts, node: Node) -> None:
    reference = node.value("REFERENCE_NUMBER")
    draft = drafts.begin(reference or node.value("DATAID"), _SCHEMAS[node.tag])
    draft.name(" ".join(node.value(part) for part in _NAME_PARTS), NameKind.PRIMARY)
    draft.name(node.value("NAME_ORIGINAL_SCRIPT"))
    for alias in node.all(f"{node.tag}_ALIAS"):
        kind = _KINDS.get(alias.value("QUALITY").lower(), NameKind.ALIAS)
        for name in _SEVERAL.split(alias.value("ALIAS_NAME")):
            draft.name(name, kind)
    for country in node.values("NATIONALITY", "VALUE"):
        draft.country(country)
    for address in node.all(f"{node.tag}_ADDRESS"):
        _address(draft, address)
    for birth in node.all("INDIVIDUAL_DATE_OF_BIRTH"):
        _birth(draft, birth)
    for document in node.all("INDIVIDUAL_DOCUMENT"):
        _document(draft, document)
    draft.program(node.value("UN_LIST_TYPE"))
    draft.listed(full_date(node.value("LISTED_ON")))
    draft.reference = reference or None
    draft.remark(node.value("COMMENTS1"))


def _address(draft: Draft, node: Node) -> None:
    draft.country(node.value("COUNTRY"))
    parts = [node.value(part) for part in _ADDRESS_PARTS]
    if any(parts[:-1]):
        draft.address(*parts)


def _birth(draft: Draft, node: Node) -> None:
    first, last = node.value("FROM_YEAR"), node.value("TO_YEAR")
    years = f"{first}/{last}" if first and last else ""
    draft.birth(first_of((node.value("DATE"), node.value("YEAR"), years)))


def _document(draft: Draft, node: Node) -> None:
    draft.identify(labelled(node.value("TYPE_OF_DOCUMENT"), node.value("NUMBER")))
