"""What words of institutions, places and given names mean, whatever language they are written in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from vandel.names.fold import stem
from vandel.names.phrases import Phrases, keys
from vandel.names.resources import resource

Meanings = tuple[str, ...]
_NEAR = 7


def _split(written: str) -> list[str]:
    return [part.strip() for part in str(written).split(",") if part.strip()]


@cache
def organisation_words() -> Phrases[Meanings]:
    """Phrases in names of organisations with the meanings they carry; ``()`` for words of no weight."""
    data = resource("words")
    table: Phrases[Meanings] = Phrases(stemmed=True)
    for written in _split(data["stop"]):
        table.add(written, ())
    for short, meaning in data["acronyms"].items():
        for written in _split(short):
            table.add(written, tuple("=" + word for word in meaning.split()))
    for meaning, written in data["same"].items():
        for text in [meaning, *_split(written or "")]:
            table.add(text, tuple("=" + word for word in meaning.split("+")))
    for number, written in data["numbers"].items():
        for text in _split(written):
            table.add(text, (f"#{number}",))
    return table


@cache
def _combining() -> dict[str, Meanings]:
    forms: dict[str, Meanings] = {}
    for meaning, written in resource("words")["combining"].items():
        for text in _split(written):
            forms.setdefault(keys(text)[0], ("=" + meaning,))
    return forms


@cache
def _near() -> dict[str, str]:
    """Every word of the dictionary, with any one letter left out -> the word."""
    found: dict[str, str] = {}
    for key in organisation_words().joined():
        if len(key) >= _NEAR:
            for shorter in _shortened(key):
                found.setdefault(shorter, key)
    return found


def _shortened(key: str) -> Iterator[str]:
    yield key
    for at in range(1, len(key)):
        yield key[:at] + key[at + 1 :]


@lru_cache(maxsize=100_000)
def misspelled(key: str) -> Meanings | None:
    """The meanings of the dictionary's word one slip away from a long ``key``; None without one."""
    if len(key) < _NEAR + 1:
        return None
    near = _near()
    for one in {key, stem(key)}:
        for shorter in _shortened(one):
            word = near.get(shorter)
            if word is not None and OSA.distance(one, word, score_cutoff=1) <= 1:
                return organisation_words().single(word)
    return None


@lru_cache(maxsize=100_000)
def compound(key: str, known: Callable[[str], bool] = lambda key: False) -> tuple[Meanings | str, ...]:
    """The parts of a word that is two or three words run together; ``()`` when it is not seen to be.

    A part is given by its meanings, or by its key when only ``known`` knows it. The longest first part wins.
    """
    for at in range(len(key) - 3, 2, -1):
        left = _part(key[:at], known, first=True)
        if left is None:
            continue
        right = _part(key[at:], known)
        if right is not None:
            return (left, right)
        rest = compound(key[at:], known) if len(key) - at >= 7 else ()
        if rest:
            return (left, *rest)
    return ()


def _part(key: str, known: Callable[[str], bool], *, first: bool = False) -> Meanings | str | None:
    meaning = _combining().get(key) if first or len(key) >= 4 else None
    if meaning is None and len(key) >= 4:
        meaning = organisation_words().single(key)
    return meaning or (key if len(key) >= 4 and known(key) else None)


@cache
def person_words() -> Phrases[Meanings]:
    """Given names with their forms in other languages, and particles and titles of persons (``()``)."""
    data = resource("person_names")
    table: Phrases[Meanings] = Phrases()
    for written in _split(data["particles"]) + _split(data["titles"]):
        table.add(written, ())
    for written in data["given"]:
        forms = _split(written)
        meaning = ("=" + keys(forms[0])[0],)
        for text in forms:
            table.add(text, meaning)
    return table


@cache
def fathers() -> dict[str, str]:
    """The stems of given names, without final vowels -> the name that stands for all its forms."""
    found: dict[str, str] = {}
    for written in resource("person_names")["given"]:
        forms = [keys(text) for text in _split(written)]
        for form in forms:
            if len(form) == 1:
                found.setdefault(form[0].rstrip("aeiou"), forms[0][0])
    return found
