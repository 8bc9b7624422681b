"""UK Sanctions List, CSV: a line with the report's date, a header, several rows for one designation."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from vandel.lists.dates import full_date
from vandel.lists.draft import Draft, Drafts
from vandel.lists.parsed import ParsedList
from vandel.lists.readers import uk_words
from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Material
from vandel.lists.tables import keyed, rows

FORMAT = "uk-sl-csv"
_NAME_PARTS = tuple(f"Name {number}" for number in range(1, 7))
_ADDRESS_PARTS = (*(f"Address Line {number}" for number in range(1, 7)), "Address Postal Code")
_REQUIRED = (*_NAME_PARTS, "Unique ID", "Name type", "Regime Name")
_TYPE_COLUMNS = ("Designation Type", "Individual, Entity, Ship")
_NUMBERS = (
    ("Passport number", "passport"),
    ("National Identifier number", "national id"),
    ("Business registration number (s)", "business registration"),
    ("IMO number", "IMO"),
)


def read(material: Material, list_id: str) -> ParsedList:
    """The list in the file. Errors: ``ListRefused``."""
    table = rows(material, material.first)
    first = next(table, [])
    published = None
    if "Unique ID" not in first:
        published = full_date(" ".join(first).replace("-", " "))
    else:
        table = chain([first], table)
    drafts = Drafts()
    for row in keyed(table, _REQUIRED, name=material.first.name):
        if not row["Unique ID"]:
            raise ListRefused("lists.no_id", "A row has no Unique ID.")
        _row(drafts, row)
    listings, notes = drafts.finish(list_id)
    return ParsedList(listings, FORMAT, published_on=published, notes=notes)


def _row(drafts: Drafts, row: dict[str, str]) -> None:
    type_ = next((row[column] for column in _TYPE_COLUMNS if row.get(column)), "")
    draft = drafts.open(row["Unique ID"], uk_words.schema_of(type_))
    kind = uk_words.kind_of(row["Name type"], quality=row.get("Alias strength", ""))
    draft.name(" ".join(row[part] for part in _NAME_PARTS), kind)
    draft.name(row.get("Name non-latin script", ""))
    for value in uk_words.numbered(row.get("D.O.B", "")):
        draft.birth(value)
    draft.country(row.get("Nationality(/ies)", ""))
    draft.country(row.get("Current believed flag of ship", ""))
    uk_words.address(
        draft, [row.get(part, "") for part in _ADDRESS_PARTS], country=row.get("Address Country", "")
    )
    for column, label in _NUMBERS:
        uk_words.identify(draft, label, text=row.get(column, ""))
    draft.program(row["Regime Name"])
    draft.listed(full_date(row.get("Date Designated", "")))
    draft.reference = row["Unique ID"]
    _texts(draft, (row.get("Other Information", ""), row.get("UK Statement of Reasons", "")))


def _texts(draft: Draft, texts: Iterable[str]) -> None:
    for text in texts:
        draft.remark(text)
