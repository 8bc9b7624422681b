"""The word lists of the demo, read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """Given and family names that sound natural together."""

    given: tuple[str, ...]
    family: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Parts of organisation names and of their surroundings; pairs of trade and sentence in ``trades``."""

    heads: tuple[str, ...]
    tails: tuple[str, ...]
    english_heads: tuple[str, ...]
    english_tails: tuple[str, ...]
    english_trades: tuple[str, ...]
    trades: tuple[tuple[str, str], ...]
    civil: tuple[tuple[str, str, str], ...]
    public: tuple[tuple[str, str, str], ...]
    municipalities: tuple[str, ...]
    districts: tuple[str, ...]
    streets: tuple[str, ...]


def _load(name: str) -> Any:
    return yaml.safe_load(files(__name__).joinpath(name).read_text(encoding="utf-8"))


@cache
def words() -> Words:
    """The parts of names in ``words.yml``."""
    found = _load("words.yml")
    return Words(
        **{
            key: tuple(found[key].items()) if key == "trades" else tuple(map(_frozen, found[key]))
            for key in Words.__dataclass_fields__
        }
    )


@cache
def people_groups() -> tuple[PeopleGroup, ...]:
    """The groups of names in ``people.yml``."""
    return tuple(PeopleGroup(tuple(group["given"]), tuple(group["family"])) for group in _load("people.yml"))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
