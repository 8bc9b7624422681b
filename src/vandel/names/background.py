"""How common words are in names in general, so that a short list does not take "trading" for a rare word."""

from __future__ import annotations

from functools import cache

from vandel.names.fold import fold
from vandel.names.resources import resource
from vandel.names.transliterate import latin

_DICTIONARY = 0.004  # a word that stands in a dictionary or a list of given names is no rare word


@cache
def _shares() -> dict[str, float]:
    shares: dict[str, float] = {}
    for share, written in resource("common_words").items():
        for word in str(written).split():
            key = word if word.startswith("=") else fold(latin(word.casefold()))
            shares.setdefault(key, float(share))
    return shares


def background_share(key: str) -> float:
    """The share of names in general that have the word with this folded ``key``; 0 when it is not known."""
    share = _shares().get(key)
    return share if share is not None else _DICTIONARY if key[:1] == "=" else 0.0
