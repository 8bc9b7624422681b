"""US Treasury, OFAC: SDN.CSV with ALT.CSV and ADD.CSV (and CONS_PRIM, CONS_ALT, CONS_ADD). No header rows.

The three files are told apart by their width: names 12 columns, addresses 6, aliases 5. ``-0-`` is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from vandel.lists.draft import Drafts
from vandel.lists.parsed import ParsedList
from vandel.lists.readers import ofac_words
from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Material, Part
from vandel.lists.tables import rows
from vandel.model import NameKind, Schema

FORMAT = "ofac-csv"
_NAMES, _ADDRESSES, _ALIASES = 12, 6, 5


def read(material: Material, list_id: str) -> ParsedList:
    """The list in the files. Without alias or address file the notes say so. Errors: ``ListRefused``."""
    tables: dict[int, Part] = {}
    for part in material.parts:
        width = len(next(rows(material, part), []))
        if width not in (_NAMES, _ADDRESSES, _ALIASES) or width in tables:
            raise ListRefused(
                "lists.wrong_columns", f"{part.name} is not one of OFAC's three files.", name=part.name
            )
        tables[width] = part
    if _NAMES not in tables:
        raise ListRefused(
            "lists.missing_file", "The file with the names (SDN.CSV) is missing.", name="SDN.CSV"
        )
    drafts, notes = Drafts(), []
    repeated = sum(_entry(drafts, row) for row in _cells(material, tables[_NAMES], width=_NAMES))
    if repeated:
        notes.append(f"Put together, since they stand twice in the file: {repeated} of the entries.")
    for width, add, what in ((_ALIASES, _alias, "alias"), (_ADDRESSES, _address, "address")):
        notes += _joined(material, tables.get(width), width=width, add=_into(drafts, add), what=what)
    listings, more = drafts.finish(list_id)
    return ParsedList(listings, FORMAT, notes=(*notes, *more))


_Add = Callable[[list[str]], bool]


def _into(drafts: Drafts, add: Callable[[Drafts, list[str]], bool]) -> _Add:
    return lambda row: add(drafts, row)


def _joined(material: Material, part: Part | None, *, width: int, add: _Add, what: str) -> list[str]:
    if part is None:
        return [f"There was no {what} file beside the names: the entries are without it."]
    orphans = sum(1 for row in _cells(material, part, width=width) if not add(row))
    return [f"Left out, since they belong to no entry: {orphans} rows of the {what} file."] if orphans else []


def _refuse_open_end(part: Part) -> None:
    """A row cut off in its last column looks whole; but OFAC ends every row, and so its files."""
    last = b""
    for chunk in part.chunks():
        last = chunk[-1:]
    if last not in (b"\n", b"\x1a"):
        raise ListRefused(
            "lists.truncated", f"{part.name} ends in the middle of a row: it was cut off.", name=part.name
        )


def _cells(material: Material, part: Part, *, width: int) -> Iterator[list[str]]:
    _refuse_open_end(part)
    for number, row in enumerate(rows(material, part), start=1):
        if len(row) != width:
            raise ListRefused(
                "lists.row_width",
                f"{part.name}, row {number} has {len(row)} columns instead of {width}: damaged or cut off.",
                name=part.name,
                row=number,
            )
        yield ["" if cell.strip() == "-0-" else cell.strip() for cell in row]


def _entry(drafts: Drafts, row: list[str]) -> bool:
    """Add an entry; whether it was there already, which happens where lists were joined into one file."""
    id, name, type_, programs, *_ = row
    schema = ofac_words.SCHEMAS.get(type_.lower(), Schema.LEGAL_ENTITY)
    name = ofac_words.name_in_order(name, schema)
    known = drafts.find(id)
    draft = known if known is not None and known.has_name(name) else drafts.begin(id, schema)
    draft.name(name, NameKind.PRIMARY)
    ofac_words.programs(draft, programs)
    draft.country(row[9])
    draft.reference = f"OFAC {id}"
    ofac_words.remarks(draft, row[11])
    return known is not None


def _alias(drafts: Drafts, row: list[str]) -> bool:
    draft = drafts.find(row[0])
    if draft is None:
        return False
    draft.name(ofac_words.name_in_order(row[3], draft.schema), ofac_words.alias_kind(row[2]))
    return True


def _address(drafts: Drafts, row: list[str]) -> bool:
    draft = drafts.find(row[0])
    if draft is None:
        return False
    _, _, street, city, country, _ = row
    draft.country(country)
    if street or city:
        draft.address(street, city, country)
    return True
