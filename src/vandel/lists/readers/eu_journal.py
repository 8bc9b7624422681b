"""Annexes of the EU's sanctions regulations as printed in the Official Journal: one table or many."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator

from vandel.lists.dates import full_date
from vandel.lists.draft import Draft, Drafts, squeeze
from vandel.lists.identifiers import identifier, labelled
from vandel.lists.parsed import ParsedList
from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Material
from vandel.lists.tables import cells, keyed, rows
from vandel.model import NameKind, Schema

FORMAT = "eu-journal-csv"
_REQUIRED = ("recordId", "programKey", "annex", "measure", "startDate", "schema", "name", "alias")
_SCHEMAS = {schema.value: schema for schema in Schema}
_NAMES = (
    ("alias", NameKind.ALIAS),
    ("weakAlias", NameKind.WEAK),
    ("previousName", NameKind.PREVIOUS),
)
_COUNTRIES = ("jurisdiction", "flag", "country", "nationality")
_NUMBERS = {"innCode": "inn", "ogrnCode": "ogrn", "leiCode": "lei", "imoNumber": "imo", "swiftBic": "bic"}
_OTHER_NUMBERS = {
    "registrationNumber": "registration",
    "taxNumber": "tax",
    "idNumber": "id",
    "passportNumber": "passport",
    "okpoCode": "okpo",
}
_BRACKETED = re.compile(r"^(.*\S)\s*\(([^()]+)\)$")
_PLACE = "https://eur-lex.europa.eu/legal-content/SV/TXT/?uri=CELEX:"


def read(material: Material, list_id: str) -> ParsedList:
    """The parties in the annexes; things that are no party are left out. Errors: ``ListRefused``."""
    drafts, things = Drafts(), 0
    for part in material.parts:
        for row in keyed(rows(material, part), _REQUIRED, name=part.name):
            schema = _SCHEMAS.get(row["schema"])
            if schema is None:
                things += 1
            else:
                _row(drafts, row, schema=schema)
    listings, notes = drafts.finish(list_id)
    if things:
        notes = (*notes, f"Left out, since they are things and no party: {things} of the rows.")
    return ParsedList(listings, FORMAT, notes=notes)


def _row(drafts: Drafts, row: dict[str, str], *, schema: Schema) -> None:
    framework = row.get("amendedCelex") or row.get("celex", "")
    if not framework:
        raise ListRefused("lists.no_id", "A row does not say which act it belongs to.")
    draft = drafts.open(_id(row, framework), schema)
    _add_name(draft, row["name"], kind=NameKind.PRIMARY)
    for column, kind in _NAMES:
        for text in _values(row.get(column, "")):
            _add_name(draft, text, kind=kind)
    for column in _COUNTRIES:
        draft.country(row.get(column, ""))
    draft.birth(row.get("birthDate"))
    for text in _values(row.get("address", "")):
        draft.address(text)
        draft.country_at_end(text)
    _numbers(draft, row)
    draft.program(f"{row['programKey']}: {row['measure']}")
    draft.listed(full_date(row["startDate"]))
    draft.reference = draft.reference or squeeze(f"{framework} {row['annex']} {row['recordId']}")
    draft.reference_url = _PLACE + (row.get("amendmentCelex") or framework)
    for text in (*_values(row.get("notes", "")), row.get("reason", "")):
        draft.remark(text)


def _id(row: dict[str, str], framework: str) -> str:
    """Act, annex, printed number; where none is printed, a digest of what tells the entry from others."""
    record = row["recordId"]
    if not record:
        identity = "|".join((row["schema"], row["name"].casefold(), row.get("birthDate", "")))
        record = hashlib.sha256(identity.encode()).hexdigest()[:12]
    return f"{framework}/{row['annex']}/{record}/{row['schema']}"


def _values(cell: str) -> Iterator[str]:
    """``A; "B; C"`` is two values."""
    yield from (value.strip() for value in cells(cell) if value.strip())


def _add_name(draft: Draft, text: str, *, kind: NameKind) -> None:
    match = _BRACKETED.match(squeeze(text))
    # In brackets, in other letters: the same name again, not a part of it.
    if match and _script(match.group(1)) != _script(match.group(2)):
        draft.name(match.group(1), kind)
        draft.name(match.group(2), NameKind.ALIAS if kind is NameKind.PRIMARY else kind)
    else:
        draft.name(text, kind)


def _script(text: str) -> str:
    letter = next((letter for letter in text if letter.isalpha()), "?")
    return unicodedata.name(letter, "").split(" ")[0]


def _numbers(draft: Draft, row: dict[str, str]) -> None:
    for column, scheme in _NUMBERS.items():
        for text in _values(row.get(column, "")):
            draft.identify(identifier(scheme, text))
    for column, label in _OTHER_NUMBERS.items():
        for text in _values(row.get(column, "")):
            draft.identify(labelled(label, text, country=next(iter(draft.countries), None)))
