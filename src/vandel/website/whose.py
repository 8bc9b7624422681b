"""Whose website it is: how surely the pages are the organisation's own, and where that is seen.

Levels, best first: A the organisation number is there; B the registered name with its seat or street; C the
name only; D nothing; X another organisation's number and not ours. X and D are a task for a person, never a
refusal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final

from vandel.ids import orgnr

_NUMBER: Final = re.compile(
    r"(?<![\d-])(?P<vat>SE[ \u00a0-]?)?(?P<century>16)?\d{6}"
    r"(?P<mark>[ \u00a0]?[-\u2010-\u2013][ \u00a0]?|[ \u00a0])?"
    r"\d{4}(?:[ \u00a0-]?01)?(?![\d-])",
    re.A,
)
_NAMED: Final = re.compile(r"(?:org|organisations|momsreg|vat|moms|tax|reg)[^\n\d]{0,25}\Z", re.I)
_FORMS: Final = {"ab": "(?:ab|aktiebolag|aktiebolaget)", "aktiebolag": "(?:ab|aktiebolag|aktiebolaget)"}
_MOST_MARKS: Final = 20
# A page of nothing but numbers must not cost seconds.
_MOST_NUMBERS: Final = 5_000


class Level(StrEnum):
    """How surely a website is the organisation's own."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    X = "X"

    @property
    def needs_a_person(self) -> bool:
        return self in {Level.D, Level.X}


@dataclass(frozen=True, slots=True)
class Claimed:
    """The organisation as registered. ``org_nr`` in any spelling; ``places`` are its seat and street."""

    name: str
    org_nr: str = ""
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageText:
    """One stored text: the page's address, which of its texts (``full`` or ``head``), and the text."""

    url: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """Where something was seen: ``text[start:end]`` of the stored text is what stands there, word for word.

    ``kind`` is ``own_number``, ``other_number``, ``name`` or ``place``. Another's number that has a personal
    number's form is never marked.
    """

    kind: str
    url: str
    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Belonging:
    """The level and every mark that it rests on."""

    level: Level
    marks: tuple[Mark, ...] = ()


def whose(claimed: Claimed, texts: Iterable[PageText]) -> Belonging:
    """How surely the texts are the claimed organisation's own."""
    own = orgnr.normalize(claimed.org_nr)
    name = _pattern(claimed.name, is_name=True)
    places = [pattern for place in claimed.places if (pattern := _pattern(place, is_name=False))]
    marks: list[Mark] = []
    for text in texts:
        marks += _few(_numbers(text, own))
        marks += _marks(text, name, kind="name")
        for place in places:
            marks += _marks(text, place, kind="place")
    return Belonging(_level({mark.kind for mark in marks}), tuple(marks))


def _few(marks: Iterator[Mark]) -> list[Mark]:
    """The first marks, the own number before others': a list of members may hold a hundred of them."""
    return sorted(marks, key=lambda mark: mark.kind != "own_number")[:_MOST_MARKS]


def _level(kinds: set[str]) -> Level:
    if "own_number" in kinds:
        return Level.A
    if "other_number" in kinds:
        return Level.X
    if "name" in kinds:
        return Level.B if "place" in kinds else Level.C
    return Level.D


def _numbers(text: PageText, own: str | None) -> Iterator[Mark]:
    for found in islice(_NUMBER.finditer(text.text), _MOST_NUMBERS):
        number = _normal(found)
        if number is None:
            continue
        if number == own:
            yield Mark("own_number", text.url, text.part, found.start(), found.end())
        elif not orgnr.is_personal(number) and _is_meant(found, text.text):
            yield Mark("other_number", text.url, text.part, found.start(), found.end())


def _normal(found: re.Match[str]) -> str | None:
    digits = re.sub(r"\D", "", found[0])
    if found["vat"]:
        return orgnr.normalize(f"SE{digits}") if digits.endswith("01") and len(digits) == 12 else None
    return orgnr.normalize(digits)


def _is_meant(found: re.Match[str], text: str) -> bool:
    """Ten digits in a row may be a telephone or an invoice; a hyphen or the word before tells."""
    hyphened = bool(found["mark"]) and found["mark"].strip(" \u00a0") != ""
    return (
        bool(found["vat"])
        or hyphened
        or _NAMED.search(text[max(0, found.start() - 40) : found.start()]) is not None
    )


def _pattern(words: str, *, is_name: bool) -> re.Pattern[str] | None:
    parts = re.findall(r"\w+", words)
    if not parts or len("".join(parts)) < 3:
        return None
    spelled = [_FORMS.get(part.casefold(), re.escape(part)) if is_name else re.escape(part) for part in parts]
    between = r"[\W_]{1,3}"
    return re.compile(rf"(?<!\w){between.join(spelled)}(?!\w)", re.I)


def _marks(text: PageText, pattern: re.Pattern[str] | None, *, kind: str) -> list[Mark]:
    if pattern is None:
        return []
    found = islice(pattern.finditer(text.text), _MOST_MARKS)
    return [Mark(kind, text.url, text.part, one.start(), one.end()) for one in found]
