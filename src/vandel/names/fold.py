"""One spelling for the many systems of transliteration.

Three keys of growing looseness are made of a Latin word: :func:`fold` (systems of transliteration and habits
of spelling agree), :func:`stem` (grammatical endings are gone) and :func:`loose` (vowels and related
consonants agree). Nobody reads keys. In them ``š`` stands for sh, ``č`` for ch, ``ž`` for zh.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Each with letters that every match holds: looking for them costs a tenth of looking for a match.
_RULES = tuple(
    (needed, re.compile(pattern), replacement)
    for needed, pattern, replacement in (
        ("c", r"shch|schtsch|stsch|chtch|szcz", "š"),
        ("c", r"tsch|tch|cz", "č"),
        ("s", r"sch|sh|sz", "š"),
        ("d", r"dzh|dj|dž", "j"),
        ("zh", r"zh", "ž"),
        ("tech", r"tech", "teh"),
        ("chr", r"chr", "kr"),
        ("ch", r"ch", "č"),
        ("kh", r"kh", "h"),
        ("gh", r"gh", "g"),
        ("ph", r"ph", "f"),
        ("th", r"th", "t"),
        ("dh", r"dh", "d"),
        ("rh", r"rh", "r"),
        ("", r"ck|q", "k"),
        ("x", r"x", "ks"),
        ("w", r"w", "v"),
        ("c", r"c(?![eiy])", "k"),
        ("t", r"ts|tz", "c"),
        ("o", r"ou|oo", "u"),
        ("yo", r"(?<=[bdfghklmnprstvzžčšc])yo(?=[a-zžčš])", "e"),
        ("j", r"(?<=[bcdfgklmnprstvz])j(?=[aeiou])", "i"),
        ("e", r"(?:^|(?<=[aeiouy]))[yij]e", "e"),
        ("j", r"j$", "i"),
        ("y", r"y", "i"),
        ("ae", r"ae", "a"),
        ("oe", r"oe", "o"),
        ("", r"(.)\1+", r"\1"),
        ("u", r"iu(?=.)|^ue", "iu"),
        ("i", r"ei|ai", "ei"),
        ("of", r"of$", "ov"),
        ("iov", r"(?<=[bcdfghklmnprstvzžčš])iov(?=a?$)", "ev"),
        ("h", r"(?<=[aeiou])h$", ""),
    )
)
_ENDINGS = re.compile(
    r"(?:(?:[eoi]?v|e)?sk(?:ogo|oe|eia|aia|oi|om|omu|im|imi|ie|ih|uiu|i|a|o|e|ei|ii|iy)?"
    r"|(?:ogo|ego|oe|ee|eia|aia|ieia|iaia|oi|om|omu|im|imi|ie|ih|uiu|ov|ev|ova|eva|ami|iami|am|ah|iah)"
    r"|i?es|ii|ie|ia|iu|s|a|i|u|e|o)$"
)
_AFTER_SK = re.compile(r"(?<=sk)(?:ogo|oe|eia|oi|om|omu|im|imi|ie|ih|uiu|i|a|o|e|ei|ii)$")
_LOOSE = str.maketrans({
    "e": "i", "o": "u", "h": None, "š": "s", "z": "s", "ž": "s", "c": "s", "y": "i", "f": "v",
    "č": "s", "g": "k", "w": "v", "t": "d", "p": "b",
})  # fmt: skip
_J = ("s", "i", "k")  # Jong and Chong, Juri and Yuri, Rajab and Ragab
_VOWELS = str.maketrans(dict.fromkeys("aeiouyj"))


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """The key under which all spellings of a Latin ``word`` in common systems of transliteration meet."""
    if (len(word) <= 3 and "'" not in word) or word.isdigit():  # short words are mostly abbreviations
        return word.replace("y", "i") if len(word) > 1 else word
    key = word
    for needed, pattern, replacement in _RULES:
        if needed in key:
            key = pattern.sub(replacement, key)
    return key.replace("'", "")  # which kept letters of Arabic writing apart


@lru_cache(maxsize=200_000)
def stem(key: str) -> str:
    """A folded ``key`` without Slavic endings and without a plural s; short keys stay whole."""
    if len(key) < 5:
        return key
    short = _ENDINGS.sub("", key)
    if len(short) < 4:
        short = _AFTER_SK.sub("", key)
    return short if len(short) >= 4 else key


@lru_cache(maxsize=200_000)
def loose(key: str) -> tuple[str, ...]:
    """``key`` with one letter for sounds that scribes confuse; several keys where j can be several."""
    text = key.translate(_LOOSE)
    found = [text.replace("j", sound) for sound in _J] if "j" in text else [text]
    return tuple("".join(c for i, c in enumerate(one) if not i or c != one[i - 1]) for one in found)


@lru_cache(maxsize=200_000)
def skeleton(key: str) -> str:
    """The consonants of a folded ``key``: what Arabic and Hebrew writing show of a word."""
    text = key.translate(_VOWELS)
    return "".join(c for i, c in enumerate(text) if not i or c != text[i - 1])
