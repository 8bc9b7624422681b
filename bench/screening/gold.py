"""The gold set as the engine's own values, and the shared scorer, found by path."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from vandel.model import Entity, Listing, Name, NameKind, Schema

_KINDS = (
    ("name", NameKind.PRIMARY),
    ("alias", NameKind.ALIAS),
    ("weakAlias", NameKind.WEAK),
    ("previousName", NameKind.PREVIOUS),
)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def listings(gold: Path, watchlist: str) -> list[Listing]:
    """The watchlist, names only plus birth dates and countries, as the command reads it."""
    found = []
    for row in lines(gold / f"watchlist_{watchlist}.ftm.jsonl"):
        properties = row["properties"]
        names = tuple(Name(text, kind) for key, kind in _KINDS for text in properties.get(key, ()))
        entity = Entity(
            row["id"], Schema(row["schema"]), names,
            countries=tuple(properties.get("country", ())),
            birth_dates=tuple(properties.get("birthDate", ())),
        )  # fmt: skip
        found.append(Listing(watchlist, entity))
    return found


def queries(gold: Path, watchlist: str) -> list[dict[str, Any]]:
    """Positive and negative queries for ``watchlist``, with a key ``entity`` (id, name and type only)."""
    found = []
    for file in ("positives.jsonl", "negatives.jsonl"):
        for row in lines(gold / file):
            if row["watchlist"] in (watchlist, "*"):
                query = row["query"]
                schema = Schema.PERSON if query["type"] == "person" else Schema.ORGANIZATION
                row["entity"] = Entity(row["qid"], schema, (Name(query["name"]),))
                found.append(row)
    return found


def scorer(folder: Path) -> ModuleType:
    """The shared ``score.py`` in ``folder``."""
    sys.path.insert(0, str(folder))
    spec = importlib.util.spec_from_file_location("gold_score", folder / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
