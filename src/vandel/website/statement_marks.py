"""Windows: the sentences around a place or a term, with the signs in them, denied or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from vandel.website.statement_rules import Mark, Marks
from vandel.website.statement_search import Found
from vandel.website.statement_signs import lexicon, openers
from vandel.website.statement_text import ReadableText, Sentence

_OPENS: Final = {"russia": ("place",), "agreement": ("agreement",), "values": ("value", "excludes")}
# What a question names is still its subject, and "why have you none" grants it; what it does is not yet said.
_SUBJECTS: Final = frozenset(
    {"agr_firm_no", "bound", "energy", "innocent", "invest", "owner_word", "place", "there"}
)
# What a clause on rivals ("while others pack up") still says; what they do is not told of the owner.
_STATED: Final = frozenset({"place", "there", "rivals", "others", "neg", "falseneg"})
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
        "clean",
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
        "rivals",
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

    family: str
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


def windows(page: ReadableText, parts: Sequence[Sentence], *, language: str) -> Iterator[Window]:
    """Every passage of the page that one of the families has to do with, family by family."""
    reader = _Reader(page.text, parts, language=language)
    for family in _OPENS:
        for first, last in _ranges(reader.opened(family), len(parts)):
            chosen = tuple(parts[first:last])
            yield Window(family, page.text, chosen, _marks(reader, range(first, last), family=family))


class _Reader:
    """Reads each sentence once, however many windows it stands in."""

    def __init__(self, text: str, parts: Sequence[Sentence], *, language: str) -> None:
        self.text = text
        self.parts = parts
        self._lexicon = lexicon(language)
        self._openers = openers(language)
        self._read: dict[int, list[Found]] = {}
        self._opened = [
            {sign for sign, _, _ in self._openers.find(text, start=part.start, end=part.end)}
            for part in parts
        ]

    def opened(self, family: str) -> list[int]:
        """The numbers of the sentences that ``family`` has to do with."""
        return [n for n, signs in enumerate(self._opened) if not signs.isdisjoint(_OPENS[family])]

    def found(self, number: int) -> list[Found]:
        """Every sign in a sentence, with its span."""
        if number not in self._read:
            part = self.parts[number]
            self._read[number] = list(self._lexicon.find(self.text, start=part.start, end=part.end))
        return self._read[number]


def _ranges(hits: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """Half-open runs of sentences: each hit with its neighbours, near ones together, none too long."""
    first = last = -1
    for hit in hits:
        if first >= 0 and hit + 2 - first <= _LONGEST_WINDOW:
            last = min(hit + _AFTER, count)
        elif hit >= last or last < count:
            if first >= 0:
                yield first, last
            first, last = max(hit - 1, last, 0), min(hit + _AFTER, count)
    if first >= 0:
        yield first, last


def _marks(reader: _Reader, numbers: range, *, family: str) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {}
    answered = any(not reader.parts[n].asks for n in numbers)
    for n in numbers:
        found = reader.found(n)
        for sign, mark in _sentence_marks(reader.parts[n], found, family=family, answered=answered):
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
    part: Sentence, found: Sequence[Found], *, family: str, answered: bool
) -> Iterator[tuple[str, Mark]]:
    signs = {sign for sign, _, _ in found}
    here = not signs.isdisjoint(("place", "there"))
    if family == "russia" and not here and "elsewhere" in signs:
        return
    if part.asks:
        yield "asks", Mark(part.start, part.end, False, here)
    denials = _denials(found)
    theirs = {part.clause(start) for sign, start, _ in found if sign == "rivals"}
    for sign, start, end in found:
        if not _belongs(sign, family) or (part.asks and answered and sign not in _SUBJECTS):
            continue
        if theirs and sign not in _STATED and part.clause(start) in theirs:
            continue
        denied = sign not in _UNDENIABLE and _denied(part, start, denials=denials)
        yield sign, Mark(start, end, denied, here)


@cache
def _belongs(sign: str, family: str) -> bool:
    if sign in _SHARED or sign in _OPENS[family]:
        return True
    if family == "russia":
        return not sign.startswith(("agr_", "val_")) and sign not in ("agreement", "value", "excludes")
    return sign.startswith(_SEEN_BY[family])


def _denied(part: Sentence, position: int, *, denials: Sequence[int]) -> bool:
    """A negation denies what follows it in its clause, and what stands close before it."""
    clause = part.clause(position)
    return any(
        -_REACH_BEFORE <= position - denial <= _REACH_AFTER and part.clause(denial) == clause
        for denial in denials
    )


def _denials(found: Sequence[Found]) -> list[int]:
    """Where the negations stand; "not only" and "no longer" are none."""
    passed = [(start, end) for sign, start, end in found if sign in ("falseneg", "nolonger")]
    return [
        start
        for sign, start, end in found
        if sign == "neg" and not any(first <= start and end <= last for first, last in passed)
    ]
