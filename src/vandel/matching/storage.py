"""An index on disk: arrays and JSON in one ``.npz`` file, nothing that could run when it is read."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from vandel.errors import InputError
from vandel.matching.partition import Partition, Usage
from vandel.model import Entity, Identifier, Listing, Name, NameKind, Schema

FORMAT: Final = 2
_ARRAYS: Final = ("reading", "weak", "owner", "name_tokens", "name_start")
_LISTING: Final = tuple(field.name for field in fields(Listing) if field.name != "entity")
_ENTITY: Final = tuple(field.name for field in fields(Entity) if field.name not in ("names", "identifiers"))
_LISTS: Final = ("person", "vocabulary", "kinds", "weights", "entities", "names", "letters", "family")


class StoredListings(Sequence[Listing]):
    """Listings that are made from their JSON when somebody asks for them, which is seldom."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: Any) -> Any:
        return [_listing(row) for row in self.rows[at]] if isinstance(at, slice) else _listing(self.rows[at])


def write(path: Path, listings: Sequence[Listing], *, partitions: Sequence[Partition], rules: str) -> None:
    """Write an index to ``path``, whole or not at all."""
    texts = {
        "format": FORMAT,
        "rules": rules,
        "listings": [_row(listing) for listing in listings],
        "partitions": [_texts(part) for part in partitions],
    }
    arrays = {f"{key}_{at}": getattr(part, key) for at, part in enumerate(partitions) for key in _ARRAYS}
    arrays["texts"] = np.frombuffer(
        json.dumps(texts, default=str, ensure_ascii=False).encode(), dtype=np.uint8
    )
    partial = path.with_name(path.name + ".part")
    with partial.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    partial.replace(path)


def read(path: Path, *, rules: str) -> tuple[StoredListings, tuple[Partition, Partition]]:
    """The listings and partitions in ``path``.

    Raises :class:`InputError` (``index.unreadable``, ``index.other_rules``) when it is no index, is damaged,
    or was made under other rules of comparison than ``rules``.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            texts = json.loads(stored["texts"].tobytes())
            arrays = {key: stored[key] for key in stored.files if key != "texts"}
        if (texts["format"], texts["rules"]) != (FORMAT, rules):
            raise InputError(
                "index.other_rules", f"{path.name} was made under other rules; build it again", file=path.name
            )
        first, second = (_partition(each, arrays, at=at) for at, each in enumerate(texts["partitions"]))
        return StoredListings(texts["listings"]), (first, second)
    except (OSError, EOFError, KeyError, TypeError, zipfile.BadZipFile, UnicodeDecodeError) as error:
        raise _unreadable(path) from error
    except ValueError as error:
        raise (error if isinstance(error, InputError) else _unreadable(path)) from error


def _row(listing: Listing) -> dict[str, Any]:
    """What ``dataclasses.asdict`` gives, without its copying of each value: a list is large."""
    entity = listing.entity
    names = [{"text": name.text, "kind": name.kind, "language": name.language} for name in entity.names]
    identifiers = [{"scheme": one.scheme, "value": one.value} for one in entity.identifiers]
    nested = {"names": names, "identifiers": identifiers}
    return {
        **{key: getattr(listing, key) for key in _LISTING},
        "entity": {key: getattr(entity, key) for key in _ENTITY} | nested,
    }


def _texts(part: Partition) -> dict[str, Any]:
    kept = asdict(part.kept_usage) if part.kept_usage else None
    return {key: getattr(part, key) for key in _LISTS} | {"kept_usage": kept}


def _unreadable(path: Path) -> InputError:
    return InputError("index.unreadable", f"{path.name} is not an index, or is damaged", file=path.name)


def _partition(texts: dict[str, Any], arrays: dict[str, Any], *, at: int) -> Partition:
    kept = texts.pop("kept_usage")
    lists: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in texts.items()
    }
    lists["kept_usage"] = Usage(**kept) if kept else None
    return Partition(**(lists | {key: arrays[f"{key}_{at}"] for key in _ARRAYS}))


def _listing(row: dict[str, Any]) -> Listing:
    entity = row["entity"]
    plain = {key: tuple(entity[key]) for key in ("countries", "birth_dates", "addresses")}
    names = tuple(Name(name["text"], NameKind(name["kind"]), name["language"]) for name in entity["names"])
    identifiers = tuple(Identifier(one["scheme"], one["value"]) for one in entity["identifiers"])
    listed = date.fromisoformat(row["listed_on"]) if row["listed_on"] else None
    rest = {key: row[key] for key in ("list_id", "reference", "reference_url", "remarks")}
    return Listing(
        entity=Entity(entity["id"], Schema(entity["schema"]), names, identifiers=identifiers, **plain),
        programs=tuple(row["programs"]), listed_on=listed, **rest,
    )  # fmt: skip
