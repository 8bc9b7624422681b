"""The word lists of the demo, read once."""

from __future__ import annotations

from collections.abc import Mapping
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


@dataclass(frozen=True, slots=True)
class ListedWords:
    """Parts of the names on the invented list.

    ``firsts`` and ``seconds`` are words in English, Russian, German and Swedish; Arabic names are pairs of
    Latin and Arabic letters; ``kinds`` are patterns by language.
    """

    men: tuple[str, ...]
    women: tuple[str, ...]
    fathers: tuple[str, ...]
    family_heads: tuple[str, ...]
    family_tails: tuple[str, ...]
    arabic_men: tuple[tuple[str, str], ...]
    arabic_women: tuple[tuple[str, str], ...]
    arabic_family: tuple[tuple[str, str], ...]
    kinds: tuple[Mapping[str, str], ...]
    firsts: tuple[tuple[str, ...], ...]
    seconds: tuple[tuple[str, ...], ...]
    cities: tuple[tuple[str, str], ...]
    southern_cities: tuple[tuple[str, str], ...]
    streets: tuple[str, ...]
    functions: tuple[str, ...]
    letters: Mapping[str, Mapping[str, str]]

    def latin(self, text: str, language: str) -> str:
        """Cyrillic ``text`` as ``language`` (EN, DE, FR) spells it."""
        return _respell(text, self.letters[language])

    def greek(self, text: str) -> str:
        """Latin ``text`` in Greek letters, as lists print it for Greek readers."""
        return _respell(text, self.letters["EL"])


def _respell(text: str, letters: Mapping[str, str]) -> str:
    def one(letter: str) -> str:
        new = letters.get(letter.lower(), letter)
        return new.capitalize() if letter.isupper() else new

    return "".join(map(one, text))


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


@cache
def listed_words() -> ListedWords:
    """The parts of names in ``listed.yml``."""
    found = _load("listed.yml")
    cyrillic, enterprise = found["cyrillic"], found["enterprise"]
    return ListedWords(
        **{key: tuple(cyrillic[key]) for key in ("men", "women", "fathers", "family_heads", "family_tails")},
        **{f"arabic_{key}": tuple(map(_frozen, found["arabic"][key])) for key in ("men", "women", "family")},
        kinds=tuple(enterprise["kinds"]),
        firsts=tuple(map(_frozen, enterprise["firsts"])),
        seconds=tuple(map(_frozen, enterprise["seconds"])),
        **{key: tuple(map(_frozen, found[key])) for key in ("cities", "southern_cities")},
        streets=tuple(found["streets"]),
        functions=tuple(found["functions"]),
        letters={**found["latin"], "EL": found["greek"]},
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
