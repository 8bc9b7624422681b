"""Names as sources write them, cut into lower-case words that can be compared.

The words keep their script; :mod:`vandel.names.transliterate` carries them to Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_APOSTROPHES = re.compile(
    "(?<=\\w)['\u2018\u2019\u201b`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2032](?=\\w)"
)
_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_KOREAN_N = re.compile("\\s+['\u2018\u2019\u02bb\u02bc](?=ng?\\b)")
_DIGIT = re.compile(r"\d")
_DIGITS_AND_LETTERS = re.compile(r"(?<=\d)(?=[^\W\d_]{3})|(?<=[^\W\d_]{3})(?=\d)")

_LATIN_AS_CYRILLIC = str.maketrans("aceopxyiktmhbé", "асеорхуіктмнвё")
_CYRILLIC_AS_LATIN = str.maketrans("асеорхуіктмнвё", "aceopxyiktmhbé")


def clean(text: str) -> str:
    """``text`` with compatibility forms, case, invisible marks and inner apostrophes folded away.

    Combining marks stay only where they make another letter (й, ё); white space is single.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.replace("№", " no "))
        text = _INVISIBLE.sub("", text)
    text = text.casefold()
    if "'" in text or "`" in text or not text.isascii():
        text = _APOSTROPHES.sub("", _KOREAN_N.sub("", text))
    return " ".join(text.replace("&", " and ").split())


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a name, in order: ``"ООО «Вега-2»"`` gives ``("ооо", "вега", "2")``.

    A word that mixes Latin and Cyrillic look-alikes is put into the script that most of it is in.
    """
    text = clean(text)
    if _DIGIT.search(text):
        text = _DIGITS_AND_LETTERS.sub(" ", text)
    if not text.isascii():
        text = "".join([c for c in text if not unicodedata.combining(c)])
        return tuple(one_script(word) for word in _WORD.findall(text))
    return tuple(_WORD.findall(text))


def one_script(word: str) -> str:
    """``word`` wholly in one script when it mixes Latin and Cyrillic letters of the same look."""
    latin = sum("a" <= c <= "z" for c in word)
    cyrillic = sum("\u0400" <= c <= "\u04ff" for c in word)
    if not latin or not cyrillic:
        return word
    if cyrillic >= latin:
        changed = word.translate(_LATIN_AS_CYRILLIC)
        return word if any("a" <= c <= "z" for c in changed) else changed
    changed = word.translate(_CYRILLIC_AS_LATIN)
    return changed if changed.isascii() else word
