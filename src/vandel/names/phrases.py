"""Phrases of one or more words, found in a name whatever its spelling, script and word spacing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from vandel.names.fold import fold, stem
from vandel.names.normalize import words
from vandel.names.transliterate import latin

Value = TypeVar("Value")
_LONGEST = 10
_HEAD = 3
_LONG = 18  # letters from which a phrase is known in spite of slips
_SLIPS = 2


def keys(text: str) -> list[str]:
    """The folded keys of the words of ``text``."""
    return [fold(latin(word)) for word in words(text)]


class Phrases(Generic[Value]):
    """A table from phrases to values; a phrase is found also with words run together or wrongly parted."""

    def __init__(self, *, stemmed: bool = False) -> None:
        self._stemmed = stemmed
        self._values: dict[str, Value] = {}
        self._heads: set[str] = set()
        self._by_head: dict[str, list[str]] = {}
        self._longest = 1

    def add(self, text: str, value: Value) -> None:
        """Let ``text`` mean ``value``; what was added first stays."""
        found = keys(text)
        for joined in {"".join(found), self._ending_free(found)}:
            if joined:
                self._values.setdefault(joined, value)
                self._heads.add(joined[:_HEAD])
        self._longest = min(_LONGEST, max(self._longest, len(found)))

    def longest(self, folded: Sequence[str], start: int) -> tuple[int, Value] | None:
        """How many words from ``start`` make the longest known phrase, and its value; None when none does."""
        limit = min(len(folded), start + self._longest)
        if folded[start] not in self._values and self._head(folded, start) not in self._heads:
            return None
        for end in range(limit, start, -1):
            part = folded[start:end]
            value = self._values.get("".join(part))
            if value is None and self._stemmed:
                value = self._values.get(self._ending_free(part))
            if value is not None:
                return end - start, value
        return None

    def almost(self, folded: Sequence[str], start: int) -> tuple[int, Value] | None:
        """As :meth:`longest`, for long phrases with a slip or two of the pen."""
        head = self._head(folded, start)
        if head not in self._heads:
            return None
        for end in range(min(len(folded), start + self._longest), start, -1):
            joined = "".join(folded[start:end])
            if len(joined) < _LONG:
                return None
            for phrase in self._long().get(head, ()):
                if OSA.distance(joined, phrase, score_cutoff=_SLIPS) <= _SLIPS:
                    return end - start, self._values[phrase]
        return None

    def _long(self) -> dict[str, list[str]]:
        if not self._by_head:
            for phrase in self._values:
                if len(phrase) >= _LONG - _SLIPS:
                    self._by_head.setdefault(phrase[:_HEAD], []).append(phrase)
        return self._by_head

    def single(self, key: str) -> Value | None:
        """The value of one folded word, grammatical endings apart; None when it is not known."""
        value = self._values.get(key)
        if value is None and self._stemmed:
            value = self._values.get(stem(key))
        return value

    def joined(self) -> Iterator[str]:
        """All joined keys."""
        return iter(self._values)

    @staticmethod
    def _head(folded: Sequence[str], start: int) -> str:
        first = folded[start]
        return first[:_HEAD] if len(first) >= _HEAD else "".join(folded[start : start + _HEAD])[:_HEAD]

    def _ending_free(self, folded: Sequence[str]) -> str:
        return "".join(map(stem, folded)) if self._stemmed else "".join(folded)
