"""What words of institutions, places and given names mean, whatever language they are written in."""

from __future__ import annotations

from functools import cache

from vandel.names.phrases import Phrases, keys
from vandel.names.resources import resource

Meanings = tuple[str, ...]


def _split(written: str) -> list[str]:
    return [part.strip() for part in str(written).split(",") if part.strip()]


@cache
def organisation_words() -> Phrases[Meanings]:
    """Phrases in names of organisations, each with the meanings that it carries; ``()`` for words of no weight."""
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
