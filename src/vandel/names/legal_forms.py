"""Legal forms in names: where they stand, their short codes, and which are the same kind of body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from vandel.names.phrases import Phrases, keys
from vandel.names.resources import resource


@dataclass(frozen=True, slots=True)
class LegalForm:
    """A legal form. ``soft`` marks words such as "group" that say next to nothing about the kind of body."""

    code: str
    family: str
    soft: bool = False
    at_edges: bool = False


@cache
def forms() -> Phrases[LegalForm]:
    """All known spellings of all known legal forms."""
    table: Phrases[LegalForm] = Phrases()
    for at_edges in (False, True):
        for code, entry in resource("legal_forms").items():
            form = LegalForm(code, entry["family"], soft=entry.get("soft", False), at_edges=at_edges)
            for text in entry.get("at_edges" if at_edges else "written", ()):
                table.add(str(text), form)
    return table


def find(folded: Sequence[str], start: int) -> tuple[int, LegalForm] | None:
    """The legal form that begins at word ``start`` of the ``folded`` keys: its number of words and the form.

    A form that is also an ordinary word (``as``, ``at``) counts only as the first or the last word.
    """
    found = forms().longest(folded, start)
    if found is None or found[1].soft:
        found = forms().almost(folded, start) or found
    if found is None:
        return None
    length, form = found
    if form.at_edges and start != 0 and start + length != len(folded):
        return None
    return found


def same_kind(one: str, other: str) -> bool:
    """Whether two codes belong to the same family: a Swedish AB and a Russian АО do."""
    data = resource("legal_forms")
    return one == other or data[one]["family"] == data[other]["family"]


def without(text: str) -> str:
    """The folded words of ``text`` without legal forms, joined by spaces; all when nothing else is left."""
    folded = keys(text)
    kept, at = [], 0
    while at < len(folded):
        found = find(folded, at)
        if found:
            at += found[0]
        else:
            kept.append(folded[at])
            at += 1
    return " ".join(kept or folded)
