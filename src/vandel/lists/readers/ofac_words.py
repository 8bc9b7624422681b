"""What OFAC's two formats share: its way of writing names, programmes and facts in running text."""

from __future__ import annotations

import re

from vandel.lists.countries import country_codes
from vandel.lists.draft import Draft
from vandel.lists.identifiers import labelled
from vandel.model import NameKind, Schema

SCHEMAS = {
    "individual": Schema.PERSON,
    "vessel": Schema.VESSEL,
    "aircraft": Schema.AIRPLANE,
    "entity": Schema.LEGAL_ENTITY,
}
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv)\.?", re.IGNORECASE)
_QUOTED_NAME = re.compile(r"^(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.)\s+['\"](.+?)['\"]\.?$", re.IGNORECASE)
_FACT = re.compile(r"^(?:alt\. )?(DOB|nationality|citizen)\s+(.+)$", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(?:alt\. )?(?P<label>[^\d:;]{2,60}?)\s*#?\s*"
    r"(?P<number>(?:IMO )?[A-Z]{0,4}[-./]?\d[\w./-]*|[A-Z]{6}[A-Z0-9]{2,5})"
    r"(?:\s+\((?P<country>[^)]*)\))?(?:\s+(?:issued|expires)\b.*)?\.?$"
)
_NUMBER_LABEL = re.compile(
    r"passport|\bid\b|i\.d\.|\bno\.|number|identification|swift|bic|\bimo\b|mmsi|nit\b|ruc\b|rif\b|rfc|r\.f\.c|"
    r"c\.u\.|d\.n\.i|cedula|tax|licen[cs]e|registration|code|card|\bssn\b|cif\b|duns|d-u-n-s|folio|matricula",
    re.IGNORECASE,
)
# What looks like a number with a label but names no party.
_NO_IDENTITY = re.compile(
    r"executive order|gazette|gender|website|email|phone|fax|date|currency|target|ticker|isin|issuer|"
    r"manufactur|construction|model|serial|mode s|tonnage|sanctions|linked|directive|prohibited|secondary|"
    r"resolution|nationality|un/locode|section|year",
    re.IGNORECASE,
)


def person_name(text: str) -> str:
    """``LAST, First Middle`` as ``First Middle LAST``, a suffix (Jr.) at the end.

    A name without a comma is left as it stands: it is either one word or already in its order.
    """
    last, comma, rest = text.partition(",")
    if not comma or not rest.strip():
        return text.strip(" ,")
    first, _, suffix = rest.rpartition(",")
    if not _SUFFIX.fullmatch(suffix.strip()):
        first, suffix = rest, ""
    return " ".join(part for part in (first.strip(), last.strip(), suffix.strip()) if part)


def name_in_order(text: str, schema: Schema) -> str:
    """A name as people write it: only persons' names are turned (``Trading Co., Ltd.`` stays)."""
    return person_name(text) if schema is Schema.PERSON else text


def alias_kind(type_: str, *, weak: bool = False) -> NameKind:
    """``aka``, ``fka``, ``nka`` (with or without dots) as kinds of name."""
    if weak:
        return NameKind.WEAK
    return NameKind.PREVIOUS if type_.replace(".", "").lower() == "fka" else NameKind.ALIAS


def programs(draft: Draft, text: str) -> None:
    """``SDGT] [SYRIA`` is two programmes."""
    for program in re.split(r"[\[\];]+", text):
        draft.program(program)


def number(draft: Draft, label: str, *, text: str, country: str = "") -> None:
    """A labelled number, when its label is one that names a party."""
    if not _NO_IDENTITY.search(label):
        # Without a country of its own the number is taken to be from where the party is.
        codes = country_codes(country) or draft.countries
        draft.identify(labelled(f"{label} {text[:4]}", text, country=codes[0] if codes else None))


def remarks(draft: Draft, text: str) -> None:
    """The facts in OFAC's running text, which is kept too. Quoted aliases there are the weak ones."""
    draft.remark(text)
    for piece in text.split(";"):
        _fact(draft, piece.strip().removesuffix("."))


def _fact(draft: Draft, piece: str) -> None:
    if quoted := _QUOTED_NAME.match(piece):
        kind = NameKind.PREVIOUS if quoted.group(1).lower() == "f.k.a." else NameKind.WEAK
        draft.name(name_in_order(quoted.group(2), draft.schema), kind)
    elif fact := _FACT.match(piece):
        if fact.group(1).upper() == "DOB":
            draft.birth(fact.group(2))
        else:
            draft.country(fact.group(2))
    elif (found := _NUMBER.match(piece)) and _NUMBER_LABEL.search(found["label"]):
        number(draft, found["label"], text=found["number"], country=found["country"] or "")
