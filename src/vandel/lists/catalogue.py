"""The catalogue of lists: who issues each, where, in which format, and whether it binds in Sweden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import yaml

from vandel.lists.refusal import ListRefused


@dataclass(frozen=True, slots=True)
class ListSource:
    """One list. ``binds`` is true for what binds in Sweden (EU, UN); every other list is information only.

    ``min_counts`` has floors by ``persons``, ``organisations``, ``vessels``, ``aircraft``, ``addresses`` or
    ``entries``; ``min_fill`` has least shares (0-1) by ``person_birth_dates``. ``invented`` marks a list
    that was written for demonstration.
    """

    id: str
    issuer_sv: str
    issuer_en: str
    title_sv: str
    title_en: str
    address: str | None
    formats: tuple[str, ...]
    binds: bool
    invented: bool
    min_counts: Mapping[str, int]
    min_fill: Mapping[str, float]
    warn_after_hours: int = 24
    red_after_hours: int = 72


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, ListSource]:
    """All lists by id, in the catalogue's order. Read once from ``vandel/resources/lists.yml``."""
    text = resources.files("vandel.resources").joinpath("lists.yml").read_text(encoding="utf-8")
    return MappingProxyType({id: _source(id, entry) for id, entry in yaml.safe_load(text).items()})


def source_of(list_id: str) -> ListSource:
    """The catalogue's entry. Errors: ``ListRefused`` (lists.unknown_list)."""
    known = catalogue()
    if list_id not in known:
        raise ListRefused(
            "lists.unknown_list",
            f"There is no list {list_id!r}; known are: {', '.join(known)}.",
            list_id=list_id,
        )
    return known[list_id]


def _source(id: str, entry: Mapping[str, Any]) -> ListSource:
    return ListSource(
        id=id,
        issuer_sv=entry["issuer"]["sv"],
        issuer_en=entry["issuer"]["en"],
        title_sv=entry["title"]["sv"],
        title_en=entry["title"]["en"],
        address=entry.get("address"),
        formats=tuple(entry["formats"]),
        binds=entry["binds"],
        invented=entry.get("invented", False),
        min_counts=MappingProxyType(entry.get("min_counts", {})),
        min_fill=MappingProxyType(entry.get("min_fill", {})),
        warn_after_hours=entry.get("warn_after_hours", 24),
        red_after_hours=entry.get("red_after_hours", 72),
    )
