"""Names to plant in the self-test: listed names as somebody else writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from vandel.model import Entity, Listing, Name
from vandel.screening import has_usable_name

_LONG = 8
_SHORT = 4
# Letter by letter as Russian and Ukrainian passports have it the other way round; longest first.
_CYRILLIC = {
    "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю", "ya": "я",
    "ye": "е", "iy": "ий", "a": "а", "b": "б", "c": "к", "d": "д", "e": "е", "f": "ф", "g": "г", "h": "х",
    "i": "и", "j": "й", "k": "к", "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "q": "к", "r": "р",
    "s": "с", "t": "т", "u": "у", "v": "в", "w": "в", "x": "кс", "y": "ы", "z": "з",
}  # fmt: skip


class How(StrEnum):
    """How a listed name is planted."""

    MISSPELT = "misspelt"
    CYRILLIC = "cyrillic"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Plant:
    """A name to plant, and the entry that must be found by it."""

    how: How
    name: str
    listed: Listing


def plants(listings: Iterable[Listing], *, seed: str) -> list[Plant]:
    """One of each kind, as far as the list has names to take; other ones with each ``seed``.

    Names of everyday words alone are left out: they are too weak to be found by, and no fault is to be
    suspected when they aren't.
    """
    rows, random = sorted(listings, key=lambda row: row.entity.id), Random(seed)  # noqa: S311 - no secret
    firms = [row for row in rows if not row.entity.schema.is_person]
    persons = [row for row in rows if row.entity.schema.is_person]
    wanted = (
        (How.MISSPELT, firms, misspelt, _has_long_word),
        (How.CYRILLIC, persons, in_cyrillic, _is_two_plain_words),
        (How.INDIRECT, firms, misspelt, _has_long_word),
    )
    return [
        Plant(how, write(row.entity.caption), row)
        for how, among, write, fits in wanted
        if (row := _one(among, random, fits=fits)) is not None
    ]


def misspelt(name: str) -> str:
    """The name with two neighbouring letters of its longest word changed about."""
    longest = max(name.split(), key=len)
    at = next(
        place for place in range(2, len(longest) - 1) if longest[place].lower() != longest[place + 1].lower()
    )
    slipped = f"{longest[:at]}{longest[at + 1]}{longest[at]}{longest[at + 2 :]}"
    return name.replace(longest, slipped, 1)


def in_cyrillic(name: str) -> str:
    """The name in Cyrillic letters."""
    return " ".join(_word(word.lower()).capitalize() for word in name.split())


def _word(word: str) -> str:
    written = ""
    while word:
        latin = next(key for key in _CYRILLIC if word.startswith(key))
        written, word = written + _CYRILLIC[latin], word[len(latin) :]
    return written


def _one(rows: list[Listing], random: Random, *, fits: Callable[[str], bool]) -> Listing | None:
    """A usable entry, or None; a hundred are tried, so that a list of everyday words ends too."""
    for row in random.sample(rows, min(len(rows), 100)):
        if fits(row.entity.caption) and has_usable_name(_named(row.entity)):
            return row
    return None


def _named(entity: Entity) -> Entity:
    return Entity(entity.id, entity.schema, (Name(entity.caption),))


def _has_long_word(name: str) -> bool:
    longest = max(name.split(), key=len)
    return len(longest) >= _LONG and longest.isascii() and longest.isalpha() and len(set(longest[2:])) > 1


def _is_two_plain_words(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and all(len(word) >= _SHORT and word.isascii() and word.isalpha() for word in words)
