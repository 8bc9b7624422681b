"""The folded form under which a name is filed and looked for: Latin letters, one spelling for many."""

from __future__ import annotations

from vandel.names.legal_forms import without
from vandel.names.phrases import keys


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, in order, legal form included."""
    return tuple(keys(name))


def name_key(name: str) -> str:
    """The folded words in one row, without the legal form where other words remain."""
    return without(name)


def wanted_words(query: str) -> tuple[str, ...]:
    """The folded words to look for: those of the key."""
    return tuple(name_key(query).split())
