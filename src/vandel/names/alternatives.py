"""Several names written as one: "A / B", "A (formerly B)", "A; B"."""

from __future__ import annotations

import re

_ALSO = re.compile(
    r"\s*(?:;|\s/\s|(?<=\w{3})/(?=\w{3}\S*\s+\w)"
    r"|\b(?:a\.?\s?k\.?\s?a\.?|f\.?\s?k\.?\s?a\.?|also known as|formerly known as|formerly|previously"
    r"|now known as|née|прежнее название)(?!\w)[.:]?)\s*",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"[(\[（/;,]|\b[af]\.?\s?k\b|\b[af]\.?\s?k\.?\s?a\b|formerly|previously|known|née|прежнее", re.IGNORECASE
)
_BRACKETS = re.compile(r"[(\[（]([^()\[\]（）]*)[)\]）]")
_OR = re.compile(r"(?<!\S)([^\s/]{2,})/([^\s/]{2,})(?!\S)")
_ENOUGH = re.compile(r"(?:[^\W\d_].*){3}")


def alternatives(text: str, *, person: bool) -> tuple[str, ...]:
    """``text`` and the names that it holds, each once. The whole comes first."""
    if not _HINT.search(text):
        return (text,)
    found = wholes = [text]
    if _BRACKETS.search(text):
        wholes = [_BRACKETS.sub(" ", text), *_BRACKETS.findall(text)]
        found = [text, *wholes]
    found = found + [part for whole in wholes for part in _parts(whole, person=person)]
    least = 2 if person else 1
    parts = [part.strip(" ,;:-") for part in found[1:] if _ENOUGH.search(part) and len(part.split()) >= least]
    return tuple(dict.fromkeys((text, *parts)))


def _parts(text: str, *, person: bool) -> list[str]:
    """The names in ``text`` between signs and words that mean "also called"."""
    parts = [part for part in _ALSO.split(text) if part.strip()]
    if parts == [text]:
        parts = []
    slash = _OR.search(text)
    if slash:
        parts += [text.replace(slash[0], slash[1]), text.replace(slash[0], slash[2])]
    if not person and text.count(", ") >= 1:
        pieces = text.split(", ")
        parts += [piece for piece in pieces if len(piece.split()) >= 2] if len(pieces) > 1 else []
    return parts
