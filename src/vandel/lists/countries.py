"""Countries as lists print them, as ISO 3166-1 alpha-2 codes in lower case.

Lists print names, other names, adjectives and several in one cell. They are used only to tell two listed
parties apart, and only from a listed party's own address, flag or citizenship as the issuer printed it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

import yaml

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=20_000)
def country_codes(text: str) -> tuple[str, ...]:
    """Every country named in a text, in order, each once. Words that are no country are passed over."""
    stripped = text.strip()
    names, longest = _names()
    if len(stripped) == 2 and stripped.lower() in _codes():
        return (stripped.lower(),)
    words = _words(stripped)
    found: dict[str, None] = {}
    position = 0
    while position < len(words):
        for length in range(min(longest, len(words) - position), 0, -1):
            code = names.get(" ".join(words[position : position + length]))
            if code is not None:
                found[code] = None
                position += length
                break
        else:
            position += 1
    return tuple(found)


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "").replace("'", ""))
    return _WORD.findall("".join(letter for letter in folded if not unicodedata.combining(letter)))


@lru_cache(maxsize=1)
def _table() -> Mapping[str, list[str]]:
    text = resources.files("vandel.resources").joinpath("countries.yml").read_text(encoding="utf-8")
    loaded: Mapping[str, list[str]] = yaml.safe_load(text)
    return loaded


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(_table())


@lru_cache(maxsize=1)
def _names() -> tuple[Mapping[str, str], int]:
    names = {" ".join(_words(name)): code for code, entries in _table().items() for name in entries}
    return names, max(len(name.split()) for name in names)
