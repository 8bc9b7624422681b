"""Fast search for signs: within one regular expression the alternatives are sorted by their first letter.

A word that begins with k is then held against the alternatives that can begin with k and no others, so
that a lexicon of thousands of turns of phrase costs little more than one of hundreds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

_GROUP_OR_CLASS: Final = re.compile(r"[()\[\]|]")
PLACE: Final = "place"
_ANY_PLACE: Final = "§"
# A beginning: the first letter or none, and whether anything may stand there.
Beginning = tuple[str, bool]
# A sign found, with its half-open span.
Found = tuple[str, int, int]
# An alternative as it is written in a row, and its regular expression.
Alternative = tuple[str, str]


class SignSearch:
    """Finds every sign of a lexicon in a stretch of text."""

    def __init__(self, alternatives: Mapping[str, Sequence[Alternative]]) -> None:
        self._plain = _patterns(alternatives, around_places=False)
        self._around_places = _patterns(alternatives, around_places=True)

    def find(self, text: str, start: int, end: int) -> Iterator[Found]:
        """Every sign in ``text[start:end]``; no two of one pattern overlap."""
        found = [
            (sign, match.start(), match.end())
            for sign, pattern in self._plain
            for match in pattern.finditer(text, start, end)
        ]
        yield from found
        places = [(first - start, last - start) for sign, first, last in found if sign == PLACE]
        if places and self._around_places:
            shown = _with_places(text[start:end], places)
            for sign, pattern in self._around_places:
                for match in pattern.finditer(shown):
                    yield sign, start + match.start(), start + match.end()


def _patterns(
    alternatives: Mapping[str, Sequence[Alternative]], *, around_places: bool
) -> list[tuple[str, re.Pattern[str]]]:
    chosen = {
        sign: [(written, expression.replace(_ANY_PLACE, f"{_ANY_PLACE}+")) for written, expression in choices]
        for sign, choices in alternatives.items()
    }
    kept = {
        sign: [choice for choice in choices if (_ANY_PLACE in choice[0]) == around_places]
        for sign, choices in chosen.items()
    }
    return [(sign, re.compile(by_first_letter(choices))) for sign, choices in kept.items() if choices]


def _with_places(text: str, places: Sequence[tuple[int, int]]) -> str:
    """The text with a row of the sign for any place where each place stands, no letter longer or shorter."""
    shown = text
    for first, last in places:
        shown = shown[:first] + _ANY_PLACE * (last - first) + shown[last:]
    return shown


def by_first_letter(alternatives: Sequence[Alternative]) -> str:
    """One regular expression for whole words, its alternatives grouped by the letter that they begin with."""
    groups: dict[str, list[str]] = {}
    for written, expression in alternatives:
        for letter in sorted(_beginnings(written)):
            groups.setdefault(letter, []).append(expression)
    anywhere = groups.pop("", [])
    parts = [rf"(?={re.escape(letter)})(?:{'|'.join(held)})" for letter, held in sorted(groups.items())]
    return rf"(?<!\w)(?:{'|'.join([*parts, *anywhere])})(?!\w)"


def _beginnings(written: str) -> set[str]:
    """The letters that an alternative can begin with; an empty one where it can be any."""
    found = {letter for letter, _ in _sequence(written)}
    return {""} if "" in found else found


def _sequence(written: str) -> set[Beginning]:
    """The beginnings of a pattern's parts read one after the other, as far as they are sure."""
    found: set[Beginning] = {("", False)}
    rest = written
    while rest and ("", False) in found:
        options, rest = _first_part(rest)
        found = {
            (letter, done) if done or letter else option
            for letter, done in found
            for option in options
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
    else:
        options, rest = {(written[0], False)}, written[1:]
    if rest.startswith("?"):
        return options | {("", False)}, rest[1:]
    if rest.startswith(("*", "+")) and written.startswith("("):
        return {(letter, True) for letter, _ in options}, ""
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
