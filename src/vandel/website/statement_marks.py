"""Windows: the sentences around a place or a term, with the signs in them, denied or not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from vandel.website.statement_rules import Mark, Marks
from vandel.website.statement_signs import lexicon
from vandel.website.statement_text import ReadableText, Sentence

Lexicon = Mapping[str, re.Pattern[str]]

_OPENS: Final = {"russia": ("place",), "agreement": ("agreement",), "values": ("value", "excludes")}
# What a question names is still its subject; what it does is not yet said.
_SUBJECTS: Final = frozenset({"place", "invest", "energy", "there", "innocent", "bound", "owner_word"})
_LONGEST_WINDOW: Final = 5
_AFTER: Final = 3  # the sentence itself and two that may carry on about it
# What a negation in the same clause does not turn round.
_UNDENIABLE: Final = frozenset(
    {
        "agr_firm_no",
        "agr_info",
        "agr_no",
        "appeal",
        "asks",
        "bound",
        "closed",
        "counterfactual",
        "decline",
        "denial",
        "done_away",
        "elsewhere",
        "ended",
        "excludes",
        "falseneg",
        "goal",
        "hold_firm",
        "innocent",
        "neg",
        "nolonger",
        "observer",
        "others",
        "own",
        "own_does",
        "owner_gone",
        "partly",
        "place",
        "request",
        "shelf",
        "since",
        "temp",
        "there",
        "value",
        "waiting",
        "will_end",
    }
)
# In characters: how far a negation reaches forwards and backwards within its clause.
_REACH_AFTER: Final = 80
_REACH_BEFORE: Final = 60
_SEEN_BY: Final = {"agreement": "agr_", "values": "val_"}
_SHARED: Final = frozenset({"own", "others", "appeal", "neg", "nolonger", "falseneg", "asks"})


@dataclass(frozen=True, slots=True)
class Window:
    """A few sentences that are read together, and the marks in them."""

    text: str
    sentences: tuple[Sentence, ...]
    marks: Marks

    def words_around(self, proof: Sequence[Mark]) -> tuple[int, int]:
        """The span of the sentences that hold ``proof``, without the space around them."""
        held = [s for s in self.sentences if any(s.start <= mark.start < s.end for mark in proof)]
        chosen = held or list(self.sentences)
        start, end = chosen[0].start, chosen[-1].end
        piece = self.text[start:end]
        return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def windows(page: ReadableText, parts: Sequence[Sentence], *, language: str, family: str) -> Iterator[Window]:
    """Every passage of the page that ``family`` has to do with."""
    words = lexicon(language)
    openers = [words[sign] for sign in _OPENS[family] if sign in words]
    hits = [
        n for n, part in enumerate(parts) if any(o.search(page.text, part.start, part.end) for o in openers)
    ]
    for first, last in _ranges(hits, len(parts)):
        chosen = tuple(parts[first:last])
        yield Window(page.text, chosen, _marks(page.text, chosen, words=words, family=family))


def _ranges(hits: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """Half-open runs of sentences: each hit with its neighbours, near ones together, none too long."""
    first = last = -1
    for hit in hits:
        if first >= 0 and hit + 2 - first <= _LONGEST_WINDOW:
            last = min(hit + _AFTER, count)
            continue
        if first >= 0:
            yield first, last
        first, last = max(hit - 1, last, 0), min(hit + _AFTER, count)
    if first >= 0:
        yield first, last


def _marks(text: str, parts: Sequence[Sentence], *, words: Lexicon, family: str) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {}
    answered = any(not part.asks for part in parts)
    for part in parts:
        for sign, mark in _sentence_marks(text, part, words=words, family=family, answered=answered):
            marks.setdefault(sign, []).append(mark)
    if family == "russia":
        _ground(marks)
    return marks


def _ground(marks: dict[str, list[Mark]]) -> None:
    """Places bound up in a harmless phrase ("the Russian invasion") do not count as places of business."""
    bound = marks.get("bound", [])
    places = marks.get("place", [])
    free = [
        place for place in places if not any(b.start <= place.start and place.end <= b.end for b in bound)
    ]
    marks["place"] = free
    if free or (places and marks.get("there")):
        marks["energy_russian"] = [mark for mark in marks.get("energy", []) if mark.here]
    if places and not free and marks.get("there"):
        marks["anaphora"] = marks["there"]


def _sentence_marks(
    text: str, part: Sentence, *, words: Lexicon, family: str, answered: bool
) -> Iterator[tuple[str, Mark]]:
    denials = _denials(text, part, words=words)
    here = _names(text, part, words=words, signs=("place", "there"))
    if family == "russia" and not here and _names(text, part, words=words, signs=("elsewhere",)):
        return
    if part.asks:
        yield "asks", Mark(part.start, part.end, False, here)
    for sign, pattern in words.items():
        if not _belongs(sign, family) or (part.asks and answered and sign not in _SUBJECTS):
            continue
        for match in pattern.finditer(text, part.start, part.end):
            denied = sign not in _UNDENIABLE and _denied(part, match.start(), denials=denials)
            yield sign, Mark(match.start(), match.end(), denied, here)


def _belongs(sign: str, family: str) -> bool:
    if sign in _SHARED or sign in _OPENS[family]:
        return True
    if family == "russia":
        return not sign.startswith(("agr_", "val_")) and sign not in ("agreement", "value", "excludes")
    return sign.startswith(_SEEN_BY[family])


def _names(text: str, part: Sentence, *, words: Lexicon, signs: Sequence[str]) -> bool:
    return any(words[sign].search(text, part.start, part.end) for sign in signs if sign in words)


def _denied(part: Sentence, position: int, *, denials: Sequence[int]) -> bool:
    """A negation denies what follows it in its clause, and what stands close before it."""
    clause = part.clause(position)
    return any(
        -_REACH_BEFORE <= position - denial <= _REACH_AFTER and part.clause(denial) == clause
        for denial in denials
    )


def _denials(text: str, part: Sentence, *, words: Lexicon) -> list[int]:
    """Where the negations stand; "not only" and "no longer" are none."""
    passed = [
        match.span()
        for sign in ("falseneg", "nolonger")
        if sign in words
        for match in words[sign].finditer(text, part.start, part.end)
    ]
    return [
        match.start()
        for match in words["neg"].finditer(text, part.start, part.end)
        if not any(start <= match.start() and match.end() <= end for start, end in passed)
    ]
