"""What the British lists share: names in six parts, kinds of alias, numbered values in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vandel.lists.draft import Draft
from vandel.lists.identifiers import labelled
from vandel.model import NameKind, Schema

SCHEMAS = {"individual": Schema.PERSON, "ship": Schema.VESSEL, "entity": Schema.LEGAL_ENTITY}
_NUMBERING = re.compile(r"\(\d{1,2}\)")


def schema_of(text: str) -> Schema:
    return SCHEMAS.get(text.strip().lower(), Schema.LEGAL_ENTITY)


def kind_of(type_: str, *, quality: str) -> NameKind:
    """The kind of a name by its type (Primary name, AKA, FKA ...) and quality (Low quality)."""
    if "low" in quality.lower():
        return NameKind.WEAK
    word = type_.strip().lower()
    if word in ("primary name", "primary"):
        return NameKind.PRIMARY
    return NameKind.PREVIOUS if word in ("fka", "formerly known as") else NameKind.ALIAS


def numbered(text: str) -> list[str]:
    """``(1) A (2) B`` as its values; a text without numbering is one value."""
    return [value for piece in _NUMBERING.split(text) if (value := piece.strip(" ;,"))]


def identify(draft: Draft, label: str, *, text: str) -> None:
    """Every number of a cell."""
    for value in numbered(text):
        draft.identify(labelled(label, value))


def address(draft: Draft, parts: Iterable[str], *, country: str) -> None:
    """An address with its country; a country alone is only a country."""
    draft.country(country)
    lines = list(parts)
    if any(lines):
        draft.address(*lines, country)
