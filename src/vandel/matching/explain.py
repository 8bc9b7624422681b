"""A likeness told in plain words, and the letters that agree and differ, for the person who judges it."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz.distance import Indel

from vandel.matching.countries import country_name
from vandel.model import Finding, Reason, ReasonCode
from vandel.names.fold import fold
from vandel.names.transliterate import latin

_SENTENCES: dict[str, dict[ReasonCode, str]] = {
    "en": {
        ReasonCode.SAME_NAME: "The names are the same, but for case, script and spelling system.",
        ReasonCode.SAME_WORD: "“{query}” is in both names.",
        ReasonCode.SAME_WORD_OTHER_SPELLING: (
            "“{query}” and “{target}” are read as the same word, spelled differently."
        ),
        ReasonCode.SAME_WORD_OTHER_SCRIPT: (
            "“{query}” and “{target}” are read as the same word in different scripts."
        ),
        ReasonCode.SAME_WORD_TRANSLATED: "“{query}” and “{target}” mean the same.",
        ReasonCode.INITIAL: "“{query}” and “{target}” have the same initial.",
        ReasonCode.ACRONYM: "“{query}” and “{target}” may be an abbreviation and what it stands for.",
        ReasonCode.JOINED_WORDS: "“{query}” and “{target}” are the same, written as one word or as several.",
        ReasonCode.WORD_MISSING: "“{query}” is not in the listed name.",
        ReasonCode.WORD_EXTRA: "The listed name also has “{target}”.",
        ReasonCode.NUMBER_DIFFERS: "The numbers differ: “{query}” against “{target}”.",
        ReasonCode.LEGAL_FORM_SAME: "The legal forms “{query}” and “{target}” are of the same kind.",
        ReasonCode.LEGAL_FORM_DIFFERS: "The legal forms differ: “{query}” against “{target}”.",
        ReasonCode.BIRTH_DATE_SAME: "The dates of birth agree: {query} and {target}.",
        ReasonCode.BIRTH_DATE_DIFFERS: "The dates of birth differ: {query} against {target}.",
        ReasonCode.COUNTRY_SAME: "The country agrees: {target}.",
        ReasonCode.COUNTRY_DIFFERS: "The countries differ: {query} against {target}.",
        ReasonCode.IDENTIFIER_SAME: "The identifier {target} is the same.",
        ReasonCode.IDENTIFIER_DIFFERS: "The identifiers differ: {query} against {target}.",
        ReasonCode.WEAK_ALIAS: "“{target}” is an alias that the issuer itself calls weak.",
    },
    "sv": {
        ReasonCode.SAME_NAME: "Namnen är desamma, bortsett från skiftläge, skrift och stavningssätt.",
        ReasonCode.SAME_WORD: "”{query}” finns i båda namnen.",
        ReasonCode.SAME_WORD_OTHER_SPELLING: (
            "”{query}” och ”{target}” läses som samma ord med olika stavning."
        ),
        ReasonCode.SAME_WORD_OTHER_SCRIPT: "”{query}” och ”{target}” läses som samma ord i olika skrift.",
        ReasonCode.SAME_WORD_TRANSLATED: "”{query}” och ”{target}” betyder samma sak.",
        ReasonCode.INITIAL: "”{query}” och ”{target}” har samma första bokstav.",
        ReasonCode.ACRONYM: "”{query}” och ”{target}” kan vara en förkortning och det som den står för.",
        ReasonCode.JOINED_WORDS: "”{query}” och ”{target}” är samma, skrivet i ett eller flera ord.",
        ReasonCode.WORD_MISSING: "”{query}” finns inte i namnet på listan.",
        ReasonCode.WORD_EXTRA: "Namnet på listan har också ”{target}”.",
        ReasonCode.NUMBER_DIFFERS: "Numren skiljer sig: ”{query}” mot ”{target}”.",
        ReasonCode.LEGAL_FORM_SAME: "Företagsformerna ”{query}” och ”{target}” är av samma slag.",
        ReasonCode.LEGAL_FORM_DIFFERS: "Företagsformerna skiljer sig: ”{query}” mot ”{target}”.",
        ReasonCode.BIRTH_DATE_SAME: "Födelsedatumen stämmer överens: {query} och {target}.",
        ReasonCode.BIRTH_DATE_DIFFERS: "Födelsedatumen skiljer sig: {query} mot {target}.",
        ReasonCode.COUNTRY_SAME: "Landet är detsamma: {target}.",
        ReasonCode.COUNTRY_DIFFERS: "Länderna skiljer sig: {query} mot {target}.",
        ReasonCode.IDENTIFIER_SAME: "Numret {target} är detsamma.",
        ReasonCode.IDENTIFIER_DIFFERS: "Numren på identiteten skiljer sig: {query} mot {target}.",
        ReasonCode.WEAK_ALIAS: "”{target}” är ett alias som utgivaren själv kallar svagt.",
    },
}
_OF_COUNTRIES = {ReasonCode.COUNTRY_SAME, ReasonCode.COUNTRY_DIFFERS}
_NOTHING = {"en": "nothing", "sv": "inget"}
_WORD = re.compile(r"[^\W_]+")
_ALIKE = 0.5


class Segment(NamedTuple):
    """A stretch of a name whose letters agree with the other name, or don't."""

    text: str
    agrees: bool


def sentences(finding: Finding, language: str = "sv") -> list[str]:
    """One sentence per reason of ``finding``, in plain Swedish (``sv``) or English (``en``).

    Raises :class:`KeyError` for another language.
    """
    return [sentence(reason, language) for reason in finding.reasons]


def sentence(reason: Reason, language: str = "sv") -> str:
    """``reason`` as one sentence."""
    nothing = _NOTHING[language]
    query, target = reason.query, reason.target
    if reason.code in _OF_COUNTRIES:
        query, target = _countries(query, language), _countries(target, language)
    return _SENTENCES[language][reason.code].format(query=query or nothing, target=target or nothing)


def _countries(codes: str, language: str) -> str:
    return ", ".join(country_name(code, language) for code in codes.split(", ") if code)


def letters(name: str, other: str) -> list[Segment]:
    """``name`` cut into stretches that agree with ``other`` or differ; together they are ``name`` again.

    Each word is held against the word of ``other`` that it is most like, wherever it stands and in whatever
    script. ``letters(other, name)`` marks the other name.
    """
    others = [match[0] for match in _WORD.finditer(other)]
    marks = [not letter.isalnum() for letter in name]
    for match in _WORD.finditer(name):
        marks[match.start() : match.end()] = _marks(match[0], others)
    segments: list[Segment] = []
    for letter, agrees in zip(name, marks, strict=True):
        if segments and segments[-1].agrees == agrees:
            segments[-1] = Segment(segments[-1].text + letter, agrees)
        else:
            segments.append(Segment(letter, agrees))
    return segments


def _marks(word: str, others: list[str]) -> list[bool]:
    """Per letter of ``word``, whether the most similar of ``others`` has it too."""
    if not others:
        return [False] * len(word)
    key = fold(latin(word.casefold()))
    best = max(
        others, key=lambda other: (Indel.normalized_similarity(key, fold(latin(other.casefold()))), other)
    )
    if Indel.normalized_similarity(key, fold(latin(best.casefold()))) < _ALIKE:
        return [False] * len(word)
    one, place = _spread(word)
    two, _ = _spread(best)
    marks = [False] * len(word)
    for block in Indel.opcodes(one, two):
        if block.tag == "equal":
            for at in range(block.src_start, block.src_end):
                marks[place[at]] = True
    return marks


def _spread(word: str) -> tuple[str, list[int]]:
    """``word`` in Latin letters, and for each of them the place of the letter that it came from."""
    latin_letters, place = "", []
    for at, letter in enumerate(word):
        sound = latin(letter.casefold())
        latin_letters += sound
        place += [at] * len(sound)
    return latin_letters, place
