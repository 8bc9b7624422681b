"""FollowTheMoney entities, one JSON object per line (also as nested targets)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from vandel.lists.dates import full_date
from vandel.lists.draft import Draft, Drafts
from vandel.lists.identifiers import identifier, labelled
from vandel.lists.parsed import ParsedList
from vandel.lists.refusal import ListRefused
from vandel.lists.safety import Material
from vandel.model import NameKind, Schema

FORMAT = "ftm-jsonl"
_SCHEMAS = {schema.value: schema for schema in Schema}
_NAMES = (
    ("name", NameKind.PRIMARY),
    ("alias", NameKind.ALIAS),
    ("previousName", NameKind.PREVIOUS),
    ("weakAlias", NameKind.WEAK),
)
_COUNTRIES = ("country", "jurisdiction", "mainCountry", "flag", "nationality", "citizenship")
_NUMBERS = {
    "innCode": "inn",
    "ogrnCode": "ogrn",
    "leiCode": "lei",
    "imoNumber": "imo",
    "swiftBic": "bic",
    "vatCode": "vat",
}
_LABELS = ("registrationNumber", "taxNumber", "idNumber", "passportNumber", "okpoCode", "mmsi")
_SUBDIVISION = re.compile(r"[a-z]{2}-[a-z0-9]+")


def read(material: Material, list_id: str) -> ParsedList:
    """The listed parties in the file; other kinds of entity only serve to tell more of them."""
    drafts, sanctions, skipped = Drafts(), [], 0
    for entity in _entities(material):
        schema = _SCHEMAS.get(entity["schema"])
        if schema is not None and entity.get("target", True) is not False:
            # The same id again is another fragment of the same entity.
            _entry(drafts.open(entity["id"], schema), entity["properties"])
        elif entity["schema"] == "Sanction":
            sanctions.append(entity["properties"])
        else:
            skipped += 1
    for properties in sanctions:
        for target in _texts(properties, "entity"):
            draft = drafts.find(target)
            if draft is not None:
                _sanction(draft, properties)
    listings, notes = drafts.finish(list_id)
    if skipped:
        notes = (*notes, f"Passed over, since they are no listed party: {skipped} of the entities.")
    return ParsedList(listings, FORMAT, notes=notes)


def _entities(material: Material) -> Iterator[dict[str, Any]]:
    limits = material.limits
    with material.first.open() as stream:
        number = 0
        while line := stream.readline(limits.line_bytes + 1):
            number += 1
            if number % 500 == 0:
                material.tick()
            if len(line) > limits.line_bytes or number > limits.rows:
                raise ListRefused("lists.too_many_rows", f"Line {number} is beyond what a list may hold.")
            if line.strip():
                yield _entity(line, number)


def _entity(line: bytes, number: int) -> dict[str, Any]:
    try:
        entity = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except (ValueError, RecursionError) as error:
        raise ListRefused(
            "lists.broken_json", f"Line {number} is not a whole JSON object: damaged or cut off.", line=number
        ) from error
    if (
        not isinstance(entity, dict)
        or not isinstance(entity.get("id"), str)
        or not isinstance(entity.get("schema"), str)
        or not isinstance(entity.get("properties"), dict)
    ):
        raise ListRefused(
            "lists.not_ftm", f"Line {number} is not an entity with id, schema and properties.", line=number
        )
    return entity


def _texts(properties: Mapping[str, Any], key: str) -> list[str]:
    values = properties.get(key)
    return [value for value in values if isinstance(value, str)] if isinstance(values, list) else []


def _nested(properties: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    values = properties.get(key)
    for value in values if isinstance(values, list) else []:
        if isinstance(value, dict) and isinstance(value.get("properties"), dict):
            yield value["properties"]


def _entry(draft: Draft, properties: Mapping[str, Any]) -> None:
    for key, kind in _NAMES:
        for text in _texts(properties, key):
            draft.name(text, kind)
            kind = NameKind.ALIAS if kind is NameKind.PRIMARY else kind
    for key in _COUNTRIES:
        for text in _texts(properties, key):
            # Parts of a country (gb-sct) count as the country.
            draft.country(text[:2] if _SUBDIVISION.fullmatch(text) else text)
    for text in _texts(properties, "birthDate"):
        draft.birth(text)
    for key, scheme in _NUMBERS.items():
        for text in _texts(properties, key):
            draft.identify(identifier(scheme, text))
    for key in _LABELS:
        for text in _texts(properties, key):
            draft.identify(labelled(key, text, country=next(iter(draft.countries), None)))
    for text in _texts(properties, "address"):
        draft.address(text)
    _facts(draft, properties)


def _facts(draft: Draft, properties: Mapping[str, Any]) -> None:
    for key in ("program", "programId"):
        for text in _texts(properties, key):
            draft.program(text)
    for text in _texts(properties, "notes"):
        draft.remark(text)
    for nested in _nested(properties, "addressEntity"):
        for text in _texts(nested, "full"):
            draft.address(text)
    for nested in _nested(properties, "sanctions"):
        _sanction(draft, nested)


def _sanction(draft: Draft, properties: Mapping[str, Any]) -> None:
    for key in ("program", "programId"):
        for text in _texts(properties, key):
            draft.program(text)
    for key in ("listingDate", "startDate"):
        for text in _texts(properties, key):
            draft.listed(full_date(text))
    for text in (*_texts(properties, "authorityId"), *_texts(properties, "recordId"))[:1]:
        draft.reference = draft.reference or text
    for text in _texts(properties, "sourceUrl")[:1]:
        draft.reference_url = draft.reference_url or text
