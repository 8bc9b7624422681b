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
from typing import Any

import yaml

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=20_000)
def country_codes(text: str) -> tuple[str, ...]:
    """Every country named in a text, in order, each once. Words that are no country are passed over."""
    code = _code(text)
    if code is not None:
        return (code,)
    names, longest = _names()
    words = _words(text)
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


def is_country(text: str) -> bool:
    """Whether a text names one country and nothing else."""
    return " ".join(_words(text)) in _names()[0] or _code(text) is not None


def _code(text: str) -> str | None:
    stripped = text.strip()
    if len(stripped) == 2 and stripped.lower() in _table()["names"]:
        return stripped.lower()
    # Three letters in lower case are more often a word (and, per, can).
    return _table()["alpha_3"].get(stripped) if len(stripped) == 3 and stripped.isupper() else None


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text.casefold().replace("’", "").replace("'", ""))
    return _WORD.findall("".join(letter for letter in folded if not unicodedata.combining(letter)))


@lru_cache(maxsize=1)
def _table() -> Mapping[str, Any]:
    text = resources.files("vandel.resources").joinpath("countries.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    loaded["alpha_3"] = dict(pair.split("=") for pair in loaded["alpha_3"].split())
    return loaded


@lru_cache(maxsize=1)
def _names() -> tuple[Mapping[str, str], int]:
    names = {" ".join(_words(name)): code for code, entries in _table()["names"].items() for name in entries}
    return names, max(len(name.split()) for name in names)
