"""Signs: the words and turns of phrase that the rules are made of, read from rows of data.

A row's pattern lists alternatives parted by commas or new lines. ``*`` stands for any letters, ``~`` for
up to five words between, ``( | )`` groups and ``?`` makes optional. A pattern always matches whole words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from vandel.names.resources import resource

LANGUAGES: Final = ("sv", "en", "de", "da", "no", "fi", "ru", "uk", "fr", "pl", "nl", "et", "lv", "lt")
_FILES: Final = ("places", *LANGUAGES[:3], "da_no", *LANGUAGES[5:10], "other", "other_turns", "terms")
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
def lexicon(language: str) -> Mapping[str, re.Pattern[str]]:
    """One pattern a sign for ``language``; an unknown language gets every language's rows.

    English is read along with every other language, since pages mix it in.
    """
    wanted = _wanted(language)
    patterns: dict[str, list[str]] = {}
    for row in sign_rows():
        if wanted is None or wanted & set(row.languages):
            for sign in row.signs:
                patterns.setdefault(sign, []).append(row.pattern)
    return {sign: compiled("\n".join(parts)) for sign, parts in patterns.items()}


def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression of a row's pattern, for text in lower case."""
    pattern = pattern.replace("§", _any_place())
    alternatives = [part.strip() for line in pattern.splitlines() for part in line.split(",")]
    body = "|".join(_expression(part) for part in alternatives if part)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)")


@cache
def _any_place() -> str:
    """A group of every way to name the place; ``§`` in a pattern."""
    rows = [row.pattern for row in sign_rows() if row.signs == ("place",)]
    parts = [part.strip() for row in rows for line in row.splitlines() for part in line.split(",")]
    return "(" + "|".join(part for part in parts if part) + ")"


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
