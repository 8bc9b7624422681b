"""United Kingdom, OFSI ConList (2022 format), as CSV or XLSX: several rows for one group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from vandel.lists.dates import full_date
from vandel.lists.draft import Draft, Drafts
from vandel.lists.parsed import ParsedList
from vandel.lists.readers import uk_words
from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Material
from vandel.lists.tables import keyed, rows
from vandel.lists.workbook import Workbook

FORMAT = "uk-conlist"
_NAME_PARTS = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_ADDRESS_PARTS = tuple(f"Address {number}" for number in range(1, 7))
_REQUIRED = (*_NAME_PARTS, "Group Type", "Group ID", "Alias Type", "Regime", "Listed On")
_FACT = re.compile(r"\((UK Sanctions List Ref|Business Reg No|IMO number)\):\s*([^(]+)")


def read(material: Material, list_id: str) -> ParsedList:
    """The list in the file. Errors: ``ListRefused``."""
    table = _table(material)
    first = next(table, [])
    published = None
    if first and first[0].strip().lower() == "last updated" and "Name 6" not in first:
        published = full_date(first[1] if len(first) > 1 else "")
    else:
        table = chain([first], table)
    drafts = Drafts()
    for row in keyed(table, _REQUIRED, name=material.first.name):
        _row(drafts, row)
    listings, notes = drafts.finish(list_id)
    return ParsedList(listings, FORMAT, published_on=published, notes=notes)


def _table(material: Material) -> Iterator[list[str]]:
    part = material.first
    if not part.head(2).startswith(b"PK"):
        return rows(material, part)
    book = Workbook(material, part)
    return book.rows(book.sheets[0])


def _row(drafts: Drafts, row: dict[str, str]) -> None:
    group = row["Group ID"]
    if not group:
        raise ListRefused("lists.no_id", "A row has no Group ID.")
    draft = drafts.open(group, uk_words.schema_of(row["Group Type"]))
    kind = uk_words.kind_of(row["Alias Type"], quality=row.get("Alias Quality", ""))
    draft.name(" ".join(row[part] for part in _NAME_PARTS), kind)
    draft.name(row.get("Name Non-Latin Script", ""))
    draft.birth(row.get("DOB"))
    draft.country(row.get("Nationality", ""))
    parts = [row.get(part, "") for part in (*_ADDRESS_PARTS, "Post/Zip Code")]
    uk_words.address(draft, parts, country=row.get("Country", ""))
    uk_words.identify(draft, "passport", text=row.get("Passport Number", ""))
    uk_words.identify(draft, "national id", text=row.get("National Identification Number", ""))
    draft.program(row["Regime"])
    draft.listed(full_date(row["Listed On"]))
    _other_information(draft, row.get("Other Information", ""))


def _other_information(draft: Draft, text: str) -> None:
    draft.remark(text)
    for label, value in _FACT.findall(text):
        if label == "UK Sanctions List Ref":
            draft.reference = draft.reference or value.split()[0].rstrip(".,")
        else:
            for piece in value.split(";"):
                uk_words.identify(draft, label, text=piece.strip(" ."))
