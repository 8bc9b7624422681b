"""EU consolidated financial sanctions list, CSV 1.1 and 1.0: a row for each name, number and address.

Entries have the same ids as in the XML, so that editions of the one and the other can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from vandel.lists.dates import full_date, reduced
from vandel.lists.draft import Draft, Drafts, first_of
from vandel.lists.identifiers import labelled
from vandel.lists.parsed import ParsedList
from vandel.lists.readers.eu_fsf_xml import whole_name
from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Material
from vandel.lists.tables import cells, keyed, rows
from vandel.model import NameKind, Schema

FORMAT = "eu-fsf-csv-1.1"
FORMAT_OLD = "eu-fsf-csv-1.0"


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of one version of the file, by what they mean."""

    dated: str
    id: str
    reference: str
    subject: str
    act: Mapping[str, str]
    remark: str
    name: tuple[str, ...]
    language: str
    address: tuple[str, ...]
    address_country: tuple[str, ...]
    birth: str
    number: tuple[str, ...]
    number_country: str
    citizenship: str


_NEW = _Columns(
    dated="fileGenerationDate",
    id="Entity_LogicalId",
    reference="Entity_EU_ReferenceNumber",
    subject="Entity_SubjectType",
    act={
        "programme": "Entity_Regulation_Programme",
        "title": "Entity_Regulation_NumberTitle",
        "date": "Entity_Regulation_PublicationDate",
        "url": "Entity_Regulation_PublicationUrl",
    },
    remark="Entity_Remark",
    name=("NameAlias_WholeName", "NameAlias_FirstName", "NameAlias_MiddleName", "NameAlias_LastName"),
    language="NameAlias_NameLanguage",
    address=(
        "Address_Street",
        "Address_PoBox",
        "Address_ZipCode",
        "Address_City",
        "Address_Region",
        "Address_Place",
    ),
    address_country=("Address_CountryIso2Code", "Address_CountryDescription"),
    birth="BirthDate_BirthDate",
    number=("Identification_LatinNumber", "Identification_Number"),
    number_country="Identification_CountryIso2Code",
    citizenship="Citizenship_CountryIso2Code",
)
_OLD = _Columns(
    dated="Date_file",
    id="Entity_logical_id",
    reference="EU_ref_num",
    subject="Subject_type",
    act={
        "programme": "Programme",
        "title": "Leba_numtitle",
        "date": "Leba_publication_date",
        "url": "Leba_url",
    },
    remark="Entity_remark",
    name=("Naal_wholename", "Naal_firstname", "Naal_middlename", "Naal_lastname"),
    language="Naal_language",
    address=("Addr_number", "Addr_street", "Addr_zipcode", "Addr_city", "Addr_other"),
    address_country=("Addr_country",),
    birth="Birt_date",
    number=("Iden_number",),
    number_country="Iden_country",
    citizenship="Citi_country",
)


def read(material: Material, list_id: str) -> ParsedList:
    """The list in a file of version 1.1. Errors: ``ListRefused``."""
    return _read(
        material, list_id, columns=_NEW, required=(_NEW.id, _NEW.reference, _NEW.subject, *_NEW.name)
    )


def read_old(material: Material, list_id: str) -> ParsedList:
    """The list in a file of version 1.0. Errors: ``ListRefused``."""
    return _read(material, list_id, columns=_OLD, required=(_OLD.reference, _OLD.subject, *_OLD.name))


def _read(material: Material, list_id: str, *, columns: _Columns, required: tuple[str, ...]) -> ParsedList:
    drafts = Drafts()
    published = None
    for row in keyed(_unwrapped(material), required, name=material.first.name):
        published = published or full_date(row.get(columns.dated) or row.get(f"{columns.dated}xxxx", ""))
        if not row.get(columns.id):
            raise ListRefused("lists.no_id", "A row has no id of its entry.")
        _row(drafts, row, columns=columns)
    listings, notes = drafts.finish(list_id)
    format = FORMAT if columns is _NEW else FORMAT_OLD
    return ParsedList(listings, format, published_on=published, notes=notes)


def _unwrapped(material: Material) -> Iterator[list[str]]:
    """The rows; some copies in circulation have each whole line in quotes, padded with tabs."""
    part = material.first
    if not part.head(1).startswith(b'"'):
        yield from rows(material, part, delimiter=";")
        return
    for line in rows(material, part):
        yield cells(",".join(line).rstrip("\t"))


def _row(drafts: Drafts, row: Mapping[str, str], *, columns: _Columns) -> None:
    id = row.get(columns.reference) or row[columns.id]
    schema = Schema.PERSON if row[columns.subject].upper() in ("P", "PERSON") else Schema.LEGAL_ENTITY
    draft = drafts.open(id, schema)
    _name(draft, row, columns=columns)
    parts = [row.get(column, "") for column in columns.address]
    country = first_of(row.get(column, "") for column in reversed(columns.address_country))
    for column in columns.address_country[:1]:
        draft.country(row.get(column, ""))
    if any(parts):
        draft.address(*parts, "" if country.upper() == "UNKNOWN" else country)
    draft.country(row.get(columns.citizenship, ""))
    _birth(draft, row, columns=columns)
    number = first_of(row.get(column, "") for column in columns.number)
    label = f"{row.get('Identification_TypeCode', '')} {row.get('Identification_TypeDescription', '')}"
    draft.identify(labelled(label, number, country=row.get(columns.number_country, "").lower() or None))
    _act(draft, row, columns=columns)


def _name(draft: Draft, row: Mapping[str, str], *, columns: _Columns) -> None:
    text = whole_name(*(row.get(column, "") for column in columns.name))
    weak = (
        row.get("NameAlias_Strong", "").lower() == "false"
        or "low quality" in row.get("NameAlias_Remark", "").lower()
    )
    language = row.get(columns.language, "").lower()
    draft.name(text, NameKind.WEAK if weak else NameKind.ALIAS, language=language[:2] or None)


def _birth(draft: Draft, row: Mapping[str, str], *, columns: _Columns) -> None:
    if row.get("BirthDate_CalendarType", "").upper() not in ("", "GREGORIAN"):
        return
    first, last = row.get("BirthDate_YearRangeFrom", ""), row.get("BirthDate_YearRangeTo", "")
    draft.birth(
        row.get(columns.birth)
        or reduced(row.get("BirthDate_Year"), row.get("BirthDate_Month"), day=row.get("BirthDate_Day"))
        or (f"{first}/{last}" if first and last else "")
    )


def _act(draft: Draft, row: Mapping[str, str], *, columns: _Columns) -> None:
    act = {key: row.get(column, "") for key, column in columns.act.items()}
    draft.program(act["programme"])
    draft.listed(full_date(row.get("Entity_DesignationDate", "") or act["date"]))
    draft.reference = draft.reference or act["title"] or None
    draft.reference_url = draft.reference_url or act["url"] or None
    draft.remark(row.get(columns.remark, "").replace("\\n", "\n"))
