"""Fast search for signs: words and stems are looked up, and a turn of several words is tried only where a
word begins as the turn does. The time grows with the text and hardly with the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

PLACE: Final = "place"
_ANY_PLACE: Final = "§"
_KEY: Final = 3  # how many letters of a word choose the turns that are tried
_WORD: Final = re.compile(r"\w+")
_START: Final = re.compile(r"(?<!\w)\S")
_ONE_WORD: Final = re.compile(r"\w+\*?")
_GROUP_OR_CLASS: Final = re.compile(r"[()\[\]|]")
# A beginning: the letters that are sure, and whether anything may follow them.
Beginning = tuple[str, bool]
# A sign found, with its half-open span.
Found = tuple[str, int, int]
# An alternative as it is written in a row, and its regular expression.
Alternative = tuple[str, str]


class SignSearch:
    """Finds every sign of a lexicon in a stretch of text."""

    def __init__(self, alternatives: Mapping[str, Sequence[Alternative]]) -> None:
        self._words, self._stems = _vocabulary(alternatives)
        self._longest_stem = max(map(len, self._stems), default=0)
        self._plain = _Turns(alternatives, around_places=False)
        self._around_places = _Turns(alternatives, around_places=True)

    def find(self, text: str, *, start: int, end: int) -> list[Found]:
        """Every sign in ``text[start:end]``; a word may show several."""
        found = [
            *self._single_words(text, start=start, end=end),
            *self._plain.find(text, start=start, end=end),
        ]
        places = [(first, last) for sign, first, last in found if sign == PLACE]
        if places:
            found += self._around_places.find(_with_places(text, places), start=start, end=end)
        return found

    def _single_words(self, text: str, *, start: int, end: int) -> Iterator[Found]:
        for match in _WORD.finditer(text, start, end):
            word = match.group()
            signs = set(self._words.get(word, ()))
            for length in range(1, min(len(word), self._longest_stem) + 1):
                signs.update(self._stems.get(word[:length], ()))
            for sign in sorted(signs):
                yield sign, match.start(), match.end()


class _Turns:
    """Turns of several words, one expression a sign and first letter, tried where a turn can begin."""

    def __init__(self, alternatives: Mapping[str, Sequence[Alternative]], *, around_places: bool) -> None:
        self._choices: dict[str, list[Alternative]] = {}
        self._patterns: dict[tuple[str, str], re.Pattern[str]] = {}
        self._begins: dict[str, tuple[str, ...]] = {}
        self._known: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        for sign, choices in alternatives.items():
            kept = [
                (written, expression.replace(_ANY_PLACE, f"{_ANY_PLACE}+"))
                for written, expression in choices
                if (_ANY_PLACE in written) == around_places and not _ONE_WORD.fullmatch(written)
            ]
            if kept:
                self._choices[sign] = kept
                self._begins[sign] = tuple({start for written, _ in kept for start in _beginnings(written)})

    def find(self, text: str, *, start: int, end: int) -> Iterator[Found]:
        """Every turn in ``text[start:end]``; no two of one sign overlap."""
        free_from: dict[str, int] = {}
        for word in _START.finditer(text, start, end):
            at = word.start()
            for sign, pattern in self._at(text[at : at + _KEY]):
                if free_from.get(sign, 0) <= at and (match := pattern.match(text, at, end)):
                    free_from[sign] = match.end()
                    yield sign, at, match.end()

    def _at(self, key: str) -> list[tuple[str, re.Pattern[str]]]:
        """The signs of which a turn can begin with ``key``."""
        if key not in self._known:
            fits = (sign for sign, begins in self._begins.items() if key.startswith(begins))
            self._known[key] = [(sign, self._pattern(sign, key[0])) for sign in fits]
        return self._known[key]

    def _pattern(self, sign: str, letter: str) -> re.Pattern[str]:
        """The turns of ``sign`` that can begin with ``letter``; those that must before those that may."""
        if (sign, letter) not in self._patterns:
            begun = [({b[:1] for b in _beginnings(w)}, expression) for w, expression in self._choices[sign]]
            fits = [e for letters, e in begun if letter in letters]
            fits += [e for letters, e in begun if letter not in letters and "" in letters]
            self._patterns[sign, letter] = re.compile(rf"(?<!\w)(?:{'|'.join(fits)})(?!\w)")
        return self._patterns[sign, letter]


def _vocabulary(
    alternatives: Mapping[str, Sequence[Alternative]],
) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The signs of every whole word, and of every stem that any ending may follow."""
    words: dict[str, set[str]] = {}
    stems: dict[str, set[str]] = {}
    for sign, choices in alternatives.items():
        for written, _ in choices:
            if _ONE_WORD.fullmatch(written):
                held = stems if written.endswith("*") else words
                held.setdefault(written.removesuffix("*"), set()).add(sign)
    return words, stems


def _with_places(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with a row of the sign for any place where each place stands, no letter longer or shorter."""
    shown = text
    for first, last in places:
        shown = shown[:first] + _ANY_PLACE * (last - first) + shown[last:]
    return shown


def _beginnings(written: str) -> set[str]:
    """The letters that an alternative can begin with; fewer, or none, where anything may follow."""
    return {letters[:_KEY] for letters, _ in _sequence(written)}


def _sequence(written: str) -> set[Beginning]:
    """The beginnings of a pattern's parts read one after the other, as far as they are sure."""
    found: set[Beginning] = {("", False)}
    rest = written
    while rest and any(not done and len(letters) < _KEY for letters, done in found):
        options, rest = _first_part(rest)
        found = {
            (letters + more, stops) if not done and len(letters) < _KEY else (letters, done)
            for letters, done in found
            for more, stops in options
        }
    return found


def _first_part(written: str) -> tuple[set[Beginning], str]:
    """What the first letter or group of a pattern can be, and the rest of the pattern."""
    if written.startswith("(?"):
        return {("", False)}, written[_closing(written) + 1 :]
    if written.startswith("("):
        end = _closing(written)
        options = {option for part in _parts(written[1:end]) for option in _sequence(part)}
        rest = written[end + 1 :]
    elif written[0] in "[\\*~.+ ":
        return {("", True)}, ""
    elif written[0] == _ANY_PLACE:
        return {(_ANY_PLACE, True)}, ""
    else:
        options, rest = {(written[0], False)}, written[1:]
    if rest.startswith("?"):
        return options | {("", False)}, rest[1:]
    if rest.startswith(("*", "+")):
        return options if written[0] != "(" else {(letters, True) for letters, _ in options}, rest
    return options, rest


def _closing(written: str) -> int:
    """Where the group that ``written`` begins with is closed."""
    depth = 0
    for match in _GROUP_OR_CLASS.finditer(written):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if not depth:
            return match.start()
    return len(written)


def _parts(inner: str) -> list[str]:
    """The alternatives of a group, without cutting groups within it."""
    parts, depth, last = [], 0, 0
    for match in _GROUP_OR_CLASS.finditer(inner):
        depth += {"(": 1, ")": -1}.get(match.group(), 0)
        if match.group() == "|" and not depth:
            parts.append(inner[last : match.start()])
            last = match.end()
    return [*parts, inner[last:]]
