"""Names to plant in the self-test: listed names as somebody else writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from vandel.matching import Index
from vandel.model import Entity, Listing, Name

_LONG = 8
_SHORT = 4
_TRIED = 100
# Letters that Latin lists have for several sounds.
_AMBIGUOUS = frozenset("cjhqwxy")
# Letter by letter, the longest first, for the letters that stand for one sound.
_CYRILLIC = {
    "ts": "ц", "a": "а", "b": "б", "d": "д", "e": "е", "f": "ф", "g": "г", "i": "и", "k": "к", "l": "л",
    "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у", "v": "в", "z": "з",
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

    Names that the rules of comparison would not find even alone are left for others: what is tested is the
    way through the system. Where they find none, one is planted nevertheless, and its loss is told.
    """
    rows, random = sorted(listings, key=lambda row: row.entity.id), Random(seed)  # noqa: S311 - no secret
    firms = [row for row in rows if not row.entity.schema.is_person]
    persons = [row for row in rows if row.entity.schema.is_person]
    wanted = (
        (How.MISSPELT, persons, misspelt, _is_long_name),
        (How.CYRILLIC, persons, in_cyrillic, _is_plain_name),
        (How.INDIRECT, firms, otherwise_written, _is_telling),
    )
    found = (
        _one(how, random.sample(among, len(among)), write=write, fits=fits)
        for how, among, write, fits in wanted
    )
    return [plant for plant in found if plant is not None]


def misspelt(name: str) -> str:
    """The name with a letter of its longest word written twice."""
    longest = max(name.split(), key=len)
    at = len(longest) // 2
    return name.replace(longest, f"{longest[:at]}{longest[at]}{longest[at:]}", 1)


def in_cyrillic(name: str) -> str:
    """The name in Cyrillic letters."""
    return " ".join(_word(word.lower()).capitalize() for word in name.split())


def _word(word: str) -> str:
    written = ""
    while word:
        latin = next(key for key in _CYRILLIC if word.startswith(key))
        written, word = written + _CYRILLIC[latin], word[len(latin) :]
    return written


def _one(
    how: How, rows: list[Listing], *, write: Callable[[str], str], fits: Callable[[str], bool]
) -> Plant | None:
    """The first that fits and is found alone, else the first that fits; a hundred are tried."""
    fitting = [row for row in rows if fits(row.entity.caption)][:_TRIED]
    made = [Plant(how, write(row.entity.caption), row) for row in fitting]
    return next(filter(_is_found_alone, made), made[0] if made else None)


def _is_found_alone(plant: Plant) -> bool:
    asked = Entity("planted", plant.listed.entity.schema, (Name(plant.name),))
    return bool(Index.build([plant.listed]).search(asked, limit=1))


def otherwise_written(name: str) -> str:
    """The name in capitals where it has small letters, else in small ones."""
    return name.lower() if name.isupper() else name.upper()


def _is_long_name(name: str) -> bool:
    """More words than one, and one long enough for a slip of the pen."""
    words = name.split()
    return len(words) > 1 and len(max(words, key=len)) >= _LONG and _is_plain(words)


def _is_plain_name(name: str) -> bool:
    """Words of letters that are written in one way only in Cyrillic."""
    words = name.split()
    return len(words) > 1 and _is_plain(words) and not _AMBIGUOUS & set(name.lower())


def _is_plain(words: list[str]) -> bool:
    return all(len(word) >= _SHORT and word.isascii() and word.isalpha() for word in words)


def _is_telling(name: str) -> bool:
    """A word long enough to be nobody else's."""
    return any(len(word) >= _LONG for word in name.split())
