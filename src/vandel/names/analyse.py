"""A name as a row of tokens: what is compared, once spelling, script, legal form and language are known."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from vandel.names import legal_forms
from vandel.names.alternatives import alternatives
from vandel.names.fold import fold
from vandel.names.lexicon import compound, fathers, misspelled, organisation_words, person_words
from vandel.names.normalize import words
from vandel.names.phrases import Phrases
from vandel.names.respell import System, respell, systems
from vandel.names.transliterate import latin

WORD, MEANING, NUMBER, INITIAL, LEGAL = "word", "meaning", "number", "initial", "legal"
_ROMAN = {
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "xi": "11",
    "xii": "12",
}
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|i|oi|ii|a|ia|e|oe|ie|go)?$")
_LETTERS = re.compile(r"[^\W\d_]+")
_SERVANT = frozenset(("abd", "abdul", "abdel", "abdal", "abdur", "abdu", "abdol"))
_ARTICLES = frozenset(("al", "el", "ul", "ar", "ur", "as", "us"))
_FAITH = re.compile(r"^(?:[aeu]l?)?d(?:ei|i|e)ne?$")
_ENDS_IN_FAITH = re.compile(r"^(.{3,}?)[aeu]?l?d(?:ei|i)ne?$")
_PATRONYMIC = re.compile(r"^(.{3,}?)(?:vič|vic|viti|vits|vna)$")
_ABD = re.compile(r"^abd[aeiou]?l?(?=..)")


class Token(NamedTuple):
    """A word of a name. Equal ``key`` says the same; ``text`` is the word as :func:`words` cuts it."""

    kind: str
    key: str
    text: str


@lru_cache(maxsize=4096)
def variants(text: str, *, person: bool) -> tuple[tuple[Token, ...], ...]:
    """The ways to read a name: as it stands, each name that it holds, with its compounds taken apart, and
    as another country's way of writing Slavic names."""
    parts = alternatives(text, person=person)
    readings = [analyse(part, person=person) for part in parts]
    if not person:
        readings += [_taken_apart(reading) for reading in readings]
    for system in systems(text):
        readings += [analyse(part, person=person, system=system) for part in parts]
    return tuple({_content(reading): reading for reading in reversed(readings) if reading}.values())[::-1]


def initials(reading: tuple[Token, ...]) -> list[tuple[str, int]]:
    """The first letter, in Latin, of each word of ``reading`` with the place of its token; legal forms apart.

    A word that is itself an abbreviation of several gives all its letters.
    """
    letters: list[tuple[str, int]] = []
    told = ""
    place = -1
    for token in reading:
        if token.kind == LEGAL:
            continue
        place += 1
        if token.text == told:
            continue
        told = token.text
        parts = told.split()
        if token.kind == MEANING and len(parts) == 1 and len(told) <= 5 and _abbreviates(told):
            parts = list(told)
        letters += [(latin(part[0]), place) for part in parts]
    return letters


def _abbreviates(word: str) -> bool:
    meaning = organisation_words().single(fold(latin(word)))
    return meaning is not None and len(meaning) > 1


def family(text: str, reading: tuple[Token, ...]) -> frozenset[int]:
    """The places of the tokens that the writing marks as family name: before a comma, or in capitals.

    Empty when the writing does not tell.
    """
    before, comma, after = text.partition(",")
    if comma and after.strip():
        marked = set(words(before))
    else:
        spelled = _LETTERS.findall(text)
        capitals = {word for word in spelled if len(word) > 1 and word.isupper()}
        marked = (
            {part for word in capitals for part in words(word)} if len(capitals) < len(spelled) else set()
        )
    places = frozenset(place for place, token in enumerate(reading) if marked.issuperset(token.text.split()))
    return places if len(places) < len(reading) else frozenset()


def _once(tokens: list[Token]) -> tuple[Token, ...]:
    """``tokens`` without meanings that the name has told already ("commercial bank ... bank")."""
    seen: set[str] = set()
    kept = []
    for token in tokens:
        if token.kind != MEANING or token.key not in seen:
            kept.append(token)
        seen.add(token.key)
    return tuple(kept)


def _content(reading: tuple[Token, ...]) -> tuple[str, ...]:
    return tuple(token.key for token in reading if token.kind != LEGAL)


def _taken_apart(reading: tuple[Token, ...]) -> tuple[Token, ...]:
    tokens: list[Token] = []
    for token in reading:
        parts = compound(token.key) if token.kind == WORD and len(token.key) >= 7 else ()
        tokens += [Token(MEANING, key, token.text) for part in parts for key in part] or [token]
    return tuple(tokens)


@lru_cache(maxsize=4096)
def analyse(text: str, *, person: bool, system: System | None = None) -> tuple[Token, ...]:
    """The tokens of a name of a person or of anything else, in order. Words without weight are left out.

    With ``system`` unknown words are read as written that way.
    """
    written = words(text)
    folded = [fold(latin(word)) for word in written]
    if system is not None:
        folded = [
            _respelled(word, key, person=person, system=system)
            for word, key in zip(written, folded, strict=True)
        ]
    tokens = _person(written, folded) if person else _organisation(written, folded)
    if any(token.kind != LEGAL for token in tokens):
        return tuple(tokens) if person else _once(tokens)
    return tuple(Token(WORD, key, word) for key, word in zip(folded, written, strict=True) if key)


def _respelled(word: str, key: str, *, person: bool, system: System) -> str:
    """The key of ``word`` read as written by ``system``; ``key`` when the word is known as it stands."""
    lexicon = person_words() if person else organisation_words()
    return key if lexicon.single(key) is not None else fold(latin(respell(word, system)))


def _organisation(written: tuple[str, ...], folded: list[str]) -> list[Token]:
    tokens: list[Token] = []
    lexicon = organisation_words()
    at = 0
    while at < len(folded):
        form = legal_forms.find(folded, at)
        meaning = lexicon.longest(folded, at)
        if form and (meaning is None or form[0] >= meaning[0]):
            tokens.append(Token(LEGAL, form[1].code, " ".join(written[at : at + form[0]])))
            at += form[0]
        elif meaning:
            text = " ".join(written[at : at + meaning[0]])
            tokens += [Token(NUMBER if key[0] == "#" else MEANING, key, text) for key in meaning[1]]
            at += meaning[0]
        else:
            at += _plain(tokens, written, folded=folded, at=at)
    return tokens


def _plain(tokens: list[Token], written: tuple[str, ...], *, folded: list[str], at: int) -> int:
    key, text = folded[at], written[at]
    run = at
    while run < len(folded) and len(folded[run]) == 1 and folded[run].isalpha():
        run += 1
    if run - at >= 3:
        tokens.append(Token(WORD, "".join(folded[at:run]), "".join(written[at:run])))
        return run - at
    number = _ORDINAL.match(key)
    guess = misspelled(key) if len(key) >= 8 else None
    if guess is not None:
        tokens += [Token(MEANING, meaning, text) for meaning in guess]
    elif number:
        tokens.append(Token(NUMBER, "#" + (number[1].lstrip("0") or "0"), text))
    elif key in _ROMAN:
        tokens.append(Token(NUMBER, "#" + _ROMAN[key], text))
    elif key:
        tokens.append(Token(INITIAL if len(key) == 1 else WORD, key, text))
    return 1


def _person(written: tuple[str, ...], folded: list[str]) -> list[Token]:
    tokens: list[Token] = []
    lexicon: Phrases[tuple[str, ...]] = person_words()
    at = 0
    while at < len(folded):
        step = 1
        meaning = lexicon.longest(folded, at)
        if meaning:
            step = meaning[0]
            tokens += [Token(MEANING, found, " ".join(written[at : at + step])) for found in meaning[1]]
        elif folded[at] in _SERVANT and at + 1 < len(folded):
            step = 3 if folded[at + 1] in _ARTICLES and at + 2 < len(folded) else 2
            tokens.append(Token(WORD, "abd" + folded[at + step - 1], " ".join(written[at : at + step])))
        elif _FAITH.match(folded[at]) and tokens and tokens[-1].kind in (WORD, MEANING):
            last = tokens.pop()
            tokens.append(Token(WORD, last.key.lstrip("=") + "din", f"{last.text} {written[at]}"))
        elif folded[at]:
            key = person_key(folded[at])
            tokens.append(Token(INITIAL if len(key) == 1 else WORD, key, written[at]))
        at += step
    return tokens


@lru_cache(maxsize=100_000)
def person_key(key: str) -> str:
    """The folded ``key`` of a person's word: Abdul-X, X-ud-Din and patronymics each in one form."""
    father = _PATRONYMIC.match(key)
    if father:
        base = father[1].rstrip("aeiou")
        return f"~{fathers().get(base, base)}{'a' if key.endswith('a') else ''}"
    faith = _ENDS_IN_FAITH.match(key)
    return f"{faith[1]}din" if faith else _ABD.sub("abd", key)
