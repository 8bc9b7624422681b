"""Keys under which names are found again, alike on every database."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from anyascii import anyascii

from vandel.names import legal_forms


def search_key(text: str) -> str:
    """``text`` in plain small letters: ``"Åkeri & Ö"`` and ``"akeri & o"`` have the same key."""
    return " ".join(anyascii(unicodedata.normalize("NFKC", text)).casefold().split())


def search_keys(names: Iterable[str]) -> str:
    """One line per name; what the ``search_key`` column holds."""
    return "\n".join(dict.fromkeys(search_key(name) for name in names))


NO_NAME = "Namn saknas"
# After everything that å, ä and ö become: who has no name heads no list.
_AFTER_ALL = "zzzz"


def is_name(text: str) -> bool:
    """Whether there is a letter or a digit in it: a dash is what stands where a name is missing."""
    return any(sign.isalnum() for sign in text)


# Swedish puts å, ä and ö after z; databases disagree on collation, so the key spells it out.
_LAST_LETTERS = str.maketrans({"å": "zza", "ä": "zzb", "æ": "zzb", "ö": "zzc", "ø": "zzc"})


def sort_key(name: str) -> str:
    """A key that sorts as Swedish does on every database; quotation marks and the like are passed over.

    What is no name comes last.
    """
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_LAST_LETTERS)
    # Letters of other scripts become several of ours: the longest names have no room for all of them.
    key = " ".join("".join(c if c.isalnum() else " " for c in anyascii(folded)).split())[:400]
    return key or _AFTER_ALL


def match_key(name: str) -> str:
    """The key under which spellings of one name meet: without accents, legal form and punctuation."""
    return legal_forms.without(name)[:300]
