"""Words in other scripts, written with Latin letters.

One neutral system per script; the differences between systems (kh/h/x, ya/ia/ja ...) are folded afterwards
by :mod:`vandel.names.fold`, so a table here needs to be regular rather than official.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "і": "i", "ї": "i", "є": "e", "ґ": "g", "ў": "u", "ј": "i", "љ": "l",
    "њ": "n", "ђ": "dj", "ћ": "ch", "џ": "dzh", "ѓ": "g", "ќ": "k", "ѕ": "dz", "ә": "a", "ғ": "g", "қ": "k",
    "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h",
}  # fmt: skip
_GREEK_PAIRS = {
    "ου": "u",
    "μπ": "b",
    "ντ": "d",
    "γκ": "g",
    "γγ": "ng",
    "τσ": "ts",
    "τζ": "tz",
    "αυ": "av",
    "ευ": "ev",
}
_GREEK = dict(zip("αβγδεζηθικλμνξοπρσςτυφχψω", (
    "a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s", "t", "y",
    "f", "ch", "ps", "o"), strict=True))  # fmt: skip
_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ى": "a", "ء": "", "ؤ": "u", "ئ": "i", "ب": "b",
    "پ": "p",
    "ت": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "z", "ر": "r", "ز": "z",
    "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f",
    "ڤ": "v", "ق": "q", "ک": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a",
    "ۀ": "h",
    "و": "u", "ي": "i", "ی": "i", "ې": "e", "ے": "e", "ټ": "t", "ډ": "d", "ړ": "r", "ږ": "z", "ښ": "sh",
    "ڼ": "n",
}  # fmt: skip
_SPECIAL = {
    "å": "a",
    "ø": "o",
    "æ": "ae",
    "œ": "oe",
    "ß": "ss",
    "þ": "th",
    "ð": "d",
    "ł": "l",
    "đ": "d",
    "ı": "i",
}
_UKRAINIAN_YO = re.compile("(?<=[бвгджзклмнпрстфхцчшщ])[йь]о")  # where Russian writes ё
_CONSONANT_WAW = re.compile("^و|و(?=[اآ])|(?<=[اآ])و")
_ARABIC_VOWELS = frozenset(("a", "e", "i", "u", ""))
_TOGETHER = frozenset(("tz", "ts", "sz", "cz"))  # two letters here that are one sound elsewhere
_ARTICLE = "ال"


@lru_cache(maxsize=200_000)
def latin(word: str) -> str:
    """A lower-case ``word`` in Latin letters a-z and digits; what is Latin already loses only its accents."""
    if word.isascii():
        return word
    script = script_of(word)
    if script == "Cyrillic":
        word = _UKRAINIAN_YO.sub("е", word)
        return anyascii("".join(_CYRILLIC.get(c, c) for c in word)).lower()
    if script == "Greek":
        return _greek(word)
    if script == "Arabic":
        return _arabic(word)
    if script == "Latin":
        return anyascii("".join(_SPECIAL.get(c, c) for c in _bare(word))).lower()
    return anyascii(word).lower().replace("'", "").replace("`", "")


def script_of(word: str) -> str:
    """The Unicode name of the script of the first letter (``Latin``, ``Cyrillic``) or ``""``."""
    for letter in word:
        if letter.isalpha():
            return (
                unicodedata.name(letter, "").split(" ")[0].capitalize() if not letter.isascii() else "Latin"
            )
    return ""


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


def _greek(word: str) -> str:
    word = _bare(word)
    for pair, sound in _GREEK_PAIRS.items():
        word = word.replace(pair, sound)
    return anyascii("".join(_GREEK.get(c, c) for c in word)).lower()


def _arabic(word: str) -> str:
    if word.startswith(_ARTICLE) and len(word) > 4:
        word = word[2:]
    if len(word) > 2 and word[-1] == "ه":
        word = word[:-1] + "ة"
    word = _CONSONANT_WAW.sub("ڤ", word)
    sounds = [_ARABIC.get(letter, letter) for letter in word]
    text = "".join(
        sound + "'"
        if (sound[-1:] not in _ARABIC_VOWELS and after[:1] == "h") or sound + after in _TOGETHER
        else sound
        for sound, after in zip(sounds, [*sounds[1:], ""], strict=True)
    )
    return anyascii(text).lower()
