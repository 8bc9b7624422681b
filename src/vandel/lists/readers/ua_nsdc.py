"""Ukraine, National Security and Defence Council: a workbook with natural and legal persons on two sheets."""

from __future__ import annotations

import re

from vandel.lists.countries import country_codes
from vandel.lists.dates import full_date
from vandel.lists.draft import Draft, Drafts
from vandel.lists.identifiers import labelled
from vandel.lists.parsed import ParsedList
from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Material
from vandel.lists.tables import keyed
from vandel.lists.workbook import Workbook
from vandel.model import NameKind, Schema

FORMAT = "ua-nsdc-xlsx"
_SHEETS = (("фізичн", Schema.PERSON), ("юридичн", Schema.LEGAL_ENTITY))
_REQUIRED = (
    "№ указу",
    "Дата указу",
    "Дія щодо об'єкту санкцій",
    "п/н",
    "Назва укр.",
    "Назва ориг.",
    "Назва альт.",
)
_IMPOSED = "застосування"
_NUMBER = re.compile(r"([^\W\d_]*)\s*№?\s*(\d{6,15})")
_FORMER = re.compile(r"^стара назва\s*[–-]?\s*", re.IGNORECASE)
_ADDRESSES = ("Місце діяльності", "Місце діяльності додатково")


def read(material: Material, list_id: str) -> ParsedList:
    """The list in both sheets; entries whose sanction was lifted are left out. Errors: ``ListRefused``."""
    drafts, lifted = Drafts(), 0
    book = Workbook(material, material.first)
    for word, schema in _SHEETS:
        sheet = next((name for name in book.sheets if word in name.lower()), None)
        if sheet is None:
            raise ListRefused(
                "lists.missing_sheet",
                f"The workbook has no sheet whose name begins with {word!r}.",
                sheet=word,
            )
        for row in keyed(book.rows(sheet), _REQUIRED, name=sheet):
            if row["Дія щодо об'єкту санкцій"].lower() == _IMPOSED:
                _row(drafts, row, schema=schema)
            elif any(row.values()):
                lifted += 1
    listings, notes = drafts.finish(list_id)
    if lifted:
        notes = (*notes, f"Left out, since they impose no sanction: {lifted} of the rows.")
    return ParsedList(listings, FORMAT, notes=notes)


def _row(drafts: Drafts, row: dict[str, str], *, schema: Schema) -> None:
    letter = "p" if schema is Schema.PERSON else "l"
    draft = drafts.begin(f"{row['№ указу']}/{row['п/н']}/{letter}", schema)
    draft.name(row["Назва укр."], NameKind.PRIMARY, language="uk")
    draft.name(row["Назва ориг."])
    _alternatives(draft, row["Назва альт."])
    draft.birth(row.get("Дата народження"))
    draft.country(row.get("Громадянство", ""))
    _place(draft, row)
    for column in ("ОКПО/ЄДРПОУ", "ІПН"):
        for label, number in _NUMBER.findall(row.get(column, "")):
            draft.identify(labelled(label or column, number))
    draft.listed(full_date(row["Дата указу"]))
    draft.reference = row["№ указу"]
    _remarks(draft, row)


def _alternatives(draft: Draft, text: str) -> None:
    for piece in re.split(r'"\s*[,;]\s*"|\n|;', text):
        former = _FORMER.match(piece)
        draft.name(
            piece[former.end() :] if former else piece, NameKind.PREVIOUS if former else NameKind.ALIAS
        )


def _place(draft: Draft, row: dict[str, str]) -> None:
    for column in _ADDRESSES:
        text = row.get(column, "")
        draft.address(text)
        # The country stands first; further on, streets and towns bear names of countries too.
        for code in country_codes(text)[:1]:
            draft.country(code)
    draft.address(row.get("Місце проживання", ""))


def _remarks(draft: Draft, row: dict[str, str]) -> None:
    for column in ("Зайнятість", "Додатково"):
        draft.remark(row.get(column, ""))
    if row.get("Дата закінчення обмеження"):
        draft.remark(f"Дата закінчення обмеження: {row['Дата закінчення обмеження']}")
