"""Names as Swedes, Finns, Germans, Poles or the French write them, respelled the English way.

The same letters may be something else ("Tatjana", "Sjöberg"), so what is made here is one more reading of a
name beside the plain one, and only where its letters ask for it.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from vandel.names.normalize import words


class System(StrEnum):
    """A family of habits of writing Slavic names."""

    NORTHERN = "northern"  # Swedish, Norwegian, Danish, Finnish, German, Polish, Czech, the libraries' system
    FRENCH = "french"


Rules = tuple[tuple[re.Pattern[str], str], ...]


def _rules(*pairs: tuple[str, str]) -> Rules:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


_SLAVIC = r"(?:[oe]va?|ina?|s[ck]y|sk[iy]j?|skaja|enko|vna|uk)$"
_SIGNS = {
    System.NORTHERN: re.compile(
        rf"[tsz]j|[čšžćśżřě]|szcz|t?sch|tsh|[bdfgklmnprv]jo|(?<=[a-z])j(?![aeiouyjåäö])|j.*{_SLAVIC}"
    ),
    System.FRENCH: re.compile(
        r"""^(?!.*(?:[b-df-hj-np-tv-z]j|j$|sch|cz|w))  # which are signs of the others
        (?:.*[oe]ff$ | .*chk | j.*ou | .*(?<!t)ch.*(?:tch|ou) | .*(?:tch|ou).*(?<!t)ch
        | .*ch.*(?:ine|ski)$ | .*(?:j|gu[ei]).*(?:ine|ski|enko|ov|ev)$)""",
        re.VERBOSE,
    ),
}
_RULES: dict[System, Rules] = {
    System.NORTHERN: _rules(
        (r"[čć]", "tj"),
        (r"[šś]", "sj"),
        (r"[žż]|rz|ř", "zj"),
        (r"ě", "e"),
        (r"sjts?j|sjch|schtsch|szcz|shtsh|shch", "SHCH"),
        (r"tsch|tsh|ts?j|cz", "CH"),
        (r"sch|sj|sz", "SH"),
        (r"zj", "ZH"),
        (r"(?<![cst])ch", "KH"),
        (r"(?<=[CSZ]H)o(?=va?$)|(?<=ZH)o|(?<=CH)o(?=r)", "e"),
        (r"(?<=[bdfgklmnprv])jo", "e"),
        (r"c(?![hk])", "ts"),
        (r"j", "y"),
    ),
    System.FRENCH: _rules(
        (r"chtch", "SHCH"),
        (r"tch", "CH"),
        (r"ch", "SH"),
        (r"dj", "DZH"),
        (r"j", "ZH"),
        (r"gu(?=[ei])", "g"),
        (r"(?<=[oe])ff$", "v"),
        (r"ine$", "in"),
        (r"(?<=[CSZ]H)i?ov(?=a?$)", "ev"),
    ),
}


# Letters without which no word can have signs: most names are told by these alone, and fast.
_HINT = re.compile("[jčšžćśżřě\u0301\u0307\u030c]|ch|sz|tsh|ff|gu[ei]")


def systems(text: str) -> tuple[System, ...]:
    """The families of habits that some word of ``text`` may have been written in."""
    if not _HINT.search(text.casefold()):
        return ()
    found = words(text)
    return tuple(system for system in System if any(map(_SIGNS[system].search, found)))


@lru_cache(maxsize=50_000)
def respell(word: str, system: System) -> str:
    """A lower-case Latin ``word`` written by ``system``, in the English way: ``tjaj`` becomes ``chay``.

    Accents that are no part of the system stay. A word without the system's signs comes back as it is.
    """
    if not _SIGNS[system].search(word):
        return word
    for pattern, replacement in _RULES[system]:
        word = pattern.sub(replacement, word)
    return word.lower()
