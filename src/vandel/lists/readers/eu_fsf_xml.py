"""EU consolidated financial sanctions list, XML 1.1 (Financial Sanctions Files of the Commission)."""

from __future__ import annotations

from datetime import datetime

from vandel.lists.dates import full_date, moment, reduced
from vandel.lists.draft import Draft, Drafts, first_of, squeeze
from vandel.lists.identifiers import labelled
from vandel.lists.markup import Node, Root, records
from vandel.lists.parsed import ParsedList
from vandel.lists.safety import Material
from vandel.model import NameKind, Schema

FORMAT = "eu-fsf-xml-1.1"
NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
_MAIN_LANGUAGES = ("", "en")


def read(material: Material, list_id: str) -> ParsedList:
    """The list in the file. Errors: ``ListRefused``."""
    drafts = Drafts()
    dated: datetime | None = None
    for root, node in records(
        material, material.first, tags=frozenset({"sanctionEntity"}), expect=_is_export
    ):
        dated = dated or moment(root.attributes.get("generationDate", ""))
        _entry(drafts, node)
    listings, notes = drafts.finish(list_id)
    published = dated.date() if dated else None
    return ParsedList(listings, FORMAT, published_on=published, file_dated_at=dated, notes=notes)


def _is_export(root: Root) -> bool:
    return root.tag == "export" and root.namespace == NAMESPACE


def _entry(drafts: Drafts, node: Node) -> None:
    draft = drafts.begin(node.get("euReferenceNumber") or node.get("logicalId"), _schema(node))
    _names(draft, node)
    for citizenship in node.all("citizenship"):
        _country(draft, citizenship)
    for birth in node.all("birthdate"):
        _birth(draft, birth)
    for document in node.all("identification"):
        _document(draft, document)
    for address in node.all("address"):
        _address(draft, address)
    _act(draft, node)
    for remark in node.values("remark"):
        draft.remark(remark)
    draft.remark(node.get("designationDetails"))


def _schema(node: Node) -> Schema:
    for subject in node.all("subjectType"):
        code = (subject.get("classificationCode") or subject.get("code")).lower()
        if code in ("p", "person"):
            return Schema.PERSON
    return Schema.LEGAL_ENTITY


def whole_name(whole: str, *parts: str) -> str:
    """The name as one text; the parts (first, middle, last) only where the issuer left the whole empty."""
    return squeeze(whole) or squeeze(" ".join(parts))


def _names(draft: Draft, node: Node) -> None:
    aliases = [
        (whole_name(*(alias.get(key) for key in ("wholeName", "firstName", "middleName", "lastName"))), alias)
        for alias in node.all("nameAlias")
    ]
    strong = [(text, alias) for text, alias in aliases if alias.get("strong").lower() != "false"]
    # Organisations are named in all languages of the Union: the first without language or in English is the
    # main name.
    main = first_of(
        [text for text, alias in strong if alias.get("nameLanguage").lower() in _MAIN_LANGUAGES]
        + [text for text, _ in strong]
    )
    for text, alias in aliases:
        kind = NameKind.PRIMARY if text == main else NameKind.ALIAS
        if alias.get("strong").lower() == "false":
            kind = NameKind.WEAK
        draft.name(text, kind, language=alias.get("nameLanguage").lower() or None)


def _country(draft: Draft, node: Node) -> str | None:
    code = node.get("countryIso2Code").lower()
    if len(code) == 2 and code.isalpha():
        draft.country(code)
        return code
    return None


def _birth(draft: Draft, node: Node) -> None:
    if node.get("calendarType").upper() not in ("", "GREGORIAN"):
        return
    printed = node.get("birthdate")
    first, last = node.get("yearRangeFrom"), node.get("yearRangeTo")
    if not printed:
        printed = reduced(node.get("year"), node.get("monthOfYear"), day=node.get("dayOfMonth")) or ""
    if not printed and first and last:
        printed = f"{first}/{last}"
    draft.birth(printed)


def _document(draft: Draft, node: Node) -> None:
    number = first_of((node.get("latinNumber"), node.get("number")))
    country = node.get("countryIso2Code").lower()
    label = f"{node.get('identificationTypeCode')} {node.get('identificationTypeDescription')}"
    draft.identify(labelled(label, number, country=country if country.isalpha() else None))


def _address(draft: Draft, node: Node) -> None:
    code = _country(draft, node)
    if code is None:
        draft.country(node.get("countryDescription"))
    parts = [node.get(key) for key in ("street", "poBox", "zipCode", "city", "region", "place")]
    if any(parts):
        known = node.get("countryDescription")
        draft.address(*parts, "" if known.upper() == "UNKNOWN" else known)


def _act(draft: Draft, node: Node) -> None:
    for regulation in node.all("regulation"):
        draft.program(regulation.get("programme"))
        draft.listed(full_date(regulation.get("publicationDate")))
        if draft.reference is None:
            draft.reference = regulation.get("numberTitle") or None
            draft.reference_url = regulation.value("publicationUrl") or regulation.get("publicationUrl")
    designated = full_date(node.get("designationDate"))
    if designated is not None:
        draft.listed_on = designated
