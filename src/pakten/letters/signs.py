"""Signs in letters: which are taken away, which are written otherwise because no embedded font has them."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

# A word without any place to break would run over the edge of the page.
_LONG_WORD = re.compile(r"[^\s/\-\u200b]{46,}")
_BREAK_EVERY = 30
# What the embedded fonts surely have; other signs may be there too, one by one.
_CERTAIN = re.compile(r"[\n -~\u00a0-\u017f\u2010-\u2015\u2018-\u201e\u2022\u2026\u20ac\u200b]")
_SHOWN = re.compile(
    r"[\n -~\u00a0-\u024f\u0370-\u03ff\u0400-\u045f\u05d0-\u05ea\u0621-\u063a\u0641-\u064a"
    r"\u2010-\u2026\u20ac\u200b]"
)


def plain(text: str) -> str:
    """Without signs that show nothing: control signs, turned reading direction, joiners, half surrogates."""
    whole = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    whole = unicodedata.normalize("NFC", whole.replace("\t", " "))
    return _with_breaks("".join(sign for sign in map(_seen, whole) if sign))


def only_shown(text: str) -> str:
    """With everything outside the commonest scripts in Latin letters: ``"中"`` gives ``"Zhong"``."""
    return _written(text, _SHOWN)


def only_certain(text: str) -> str:
    """With everything that is not Latin in Latin letters."""
    return _written(text, _CERTAIN)


def _written(text: str, kept: re.Pattern[str]) -> str:
    signs = (sign if kept.fullmatch(sign) else anyascii(sign) or "?" for sign in plain(text))
    return _with_breaks("".join(signs))


def _seen(sign: str) -> str:
    if sign == "\n" or sign in "\u2028\u2029":
        return "\n"
    kind = unicodedata.category(sign)
    return "" if kind in {"Cc", "Cf", "Cs", "Co", "Cn"} else sign


def _with_breaks(text: str) -> str:
    def cut(word: re.Match[str]) -> str:
        found = word.group()
        return "\u200b".join(found[at : at + _BREAK_EVERY] for at in range(0, len(found), _BREAK_EVERY))

    return _LONG_WORD.sub(cut, text)
