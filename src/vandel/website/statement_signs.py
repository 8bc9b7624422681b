"""Signs: the words and turns of phrase that the rules are made of, read from rows of data.

A row's pattern lists alternatives parted by commas or new lines. ``*`` stands for any letters, ``~`` for
up to five words between, ``( | )`` groups and ``?`` makes optional. A pattern always matches whole words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from vandel.names.resources import resource
from vandel.website.statement_search import SignSearch

LANGUAGES: Final = ("sv", "en", "de", "da", "no", "fi", "ru", "uk", "fr", "pl", "nl", "et", "lv", "lt")
_FILES: Final = (
    "places", *LANGUAGES[:3], "da_no", *LANGUAGES[5:10], "other", "other_turns", "terms",
    "sv_wide", "en_wide", "de_wide", "nordic_wide", "fi_wide", "slavic_wide", "turns_wide",
    "harmless", "later",
)  # fmt: skip
OPENERS: Final = frozenset({"place", "agreement", "value", "excludes"})
_SAME: Final = {"nb": "no", "nn": "no", "be": "ru"}
_GAP_WORDS: Final = 5
_IN_BRACKETS: Final = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class SignRow:
    """One row: what it finds, in which languages, and the examples that prove it."""

    id: str
    languages: tuple[str, ...]
    signs: tuple[str, ...]
    pattern: str
    hit: tuple[str, ...]
    miss: tuple[str, ...]


@cache
def sign_rows() -> tuple[SignRow, ...]:
    """Every row of the resources, in the order of the files."""
    return tuple(_row(row) for name in _FILES for row in resource(f"statements/{name}"))


@cache
def lexicon(language: str) -> SignSearch:
    """The search for every sign of ``language``; an unknown language gets every language's rows.

    English is read along with every other language, since pages mix it in.
    """
    return _search(language, None)


@cache
def openers(language: str) -> SignSearch:
    """The search for the few signs that say that a sentence is worth reading at all."""
    return _search(language, OPENERS)


def _search(language: str, only: frozenset[str] | None) -> SignSearch:
    wanted = _wanted(language)
    alternatives: dict[str, list[tuple[str, str]]] = {}
    for row in sign_rows():
        if wanted is None or wanted & set(row.languages):
            for sign in row.signs if only is None else only.intersection(row.signs):
                alternatives.setdefault(sign, []).extend(row_alternatives(row.pattern))
    return SignSearch(alternatives)


@cache
def row_alternatives(pattern: str) -> tuple[tuple[str, str], ...]:
    """Each alternative of a row's pattern as written, with its regular expression for lower-case text.

    A ``§`` stays as it is: the search puts it where the places of the text stand.
    """
    return tuple((part, _expression(part)) for part in _split(pattern))


def compiled(pattern: str) -> re.Pattern[str]:
    """One regular expression for the whole of a row's pattern, for text in lower case."""
    parts = _split(pattern.replace("§", _any_place()))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expression, parts))})(?!\w)")


def _split(pattern: str) -> list[str]:
    parts = (part.strip() for line in pattern.splitlines() for part in line.split(","))
    return [part for part in parts if part]


@cache
def _any_place() -> str:
    """A group of every way to name the place but telephone numbers and domains; ``§`` in a pattern."""
    rows = [row.pattern for row in sign_rows() if row.signs == ("place",)]
    return "(" + "|".join(part for row in rows for part in _split(row) if part[0] != "[") + ")"


def _wanted(language: str) -> set[str] | None:
    code = language.strip().lower().replace("_", "-").split("-")[0]
    code = _SAME.get(code, code)
    return {"any", "en", code} if code in LANGUAGES else None


def _expression(alternative: str) -> str:
    parts: list[str] = []
    last = 0
    for match in _IN_BRACKETS.finditer(alternative):
        parts += [_outside(alternative[last : match.start()], after_class=last > 0), match.group()]
        last = match.end()
    return "".join([*parts, _outside(alternative[last:], after_class=last > 0)])


def _outside(text: str, *, after_class: bool) -> str:
    kept = ""
    if after_class and text[:1] in {"*", "+", "?"}:
        kept, text = text[0], text[1:]
    text = re.sub(r"\((?!\?)", "(?:", text).replace("*", r"\w*")
    text = re.sub(r"\s*~(?:\s*~)*\s*", _gap, text)
    return kept + text.replace(" ", r"\s+")


def _gap(match: re.Match[str]) -> str:
    most = _GAP_WORDS * match.group().count("~")
    return rf"(?:[^\w.;!?]+[\w-]+){{0,{most}}}?[^\w.;!?]+"


def _row(row: dict[str, Any]) -> SignRow:
    return SignRow(
        row["id"],
        tuple(row["language"]),
        tuple(row["sign"].split()),
        row["pattern"],
        tuple(map(str, row["hit"])),
        tuple(map(str, row["miss"])),
    )
