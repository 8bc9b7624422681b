"""Which word of the query stands for which word of the listed name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vandel.matching.candidates import Comparison
from vandel.names.transliterate import latin

JOINED_SIMILARITY = 0.97
INITIAL_SIMILARITY = 0.8
ACRONYM_SIMILARITY = 0.78
SHORTENED_SIMILARITY = 0.72


class Pair(NamedTuple):
    """Word ``query`` of the query is word ``target`` of the listed name, ``similarity`` 0 to 1."""

    query: int
    target: int
    similarity: float


def align(case: Comparison) -> list[Pair]:
    """The best pairing of the words of a query with those of a listed name, each word used once.

    Words run together on one side give two pairs that share the longer word.
    """
    partition, asked, number = case
    hits, row = asked.hits, case.words
    proposals = [
        (-similarity, abs(query - target), query, target)
        for target, word in enumerate(row)
        if word in hits
        for query, similarity in hits[word]
    ]
    if len(proposals) > 1:
        proposals.sort()
    pairs: list[Pair] = []
    free_query, free_target = set(range(len(asked.tokens))), set(range(len(row)))
    for negative, _, query, target in proposals:
        if query in free_query and target in free_target:
            pairs.append(Pair(query, target, -negative))
            free_query.discard(query)
            free_target.discard(target)
    if free_query and free_target:
        rest = _Rest(partition.vocabulary, asked.spelled, row, free_query, free_target)
        if number in asked.joined_rows or not asked.joined_words.isdisjoint(row):
            pairs += rest.joined()
        if asked.has_initial or number in partition.with_initials:
            pairs += rest.initials()
        if number in asked.acronym_rows or not asked.shortened.keys().isdisjoint(row):
            pairs += rest.acronyms(case)
        if not partition.person and free_query and free_target:
            pairs += rest.shortened()
    return pairs


class _Rest(NamedTuple):
    """Words of both names that found no partner of their own."""

    vocabulary: Sequence[str]
    keys: Sequence[str]
    row: Sequence[int]
    free_query: set[int]
    free_target: set[int]

    def joined(self) -> list[Pair]:
        """Pairs for words that one of the names writes together."""
        pairs: list[Pair] = []
        for query in sorted(self.free_query):
            for target in sorted(self.free_target):
                if target + 1 in self.free_target and self.keys[query] == self._target(target) + self._target(
                    target + 1
                ):
                    self.free_query.discard(query)
                    self.free_target.difference_update((target, target + 1))
                    pairs += [
                        Pair(query, target, JOINED_SIMILARITY),
                        Pair(query, target + 1, JOINED_SIMILARITY),
                    ]
                    break
        for target in sorted(self.free_target):
            for query in sorted(self.free_query):
                if (
                    query + 1 in self.free_query
                    and self._target(target) == self.keys[query] + self.keys[query + 1]
                ):
                    self.free_target.discard(target)
                    self.free_query.difference_update((query, query + 1))
                    pairs += [
                        Pair(query, target, JOINED_SIMILARITY),
                        Pair(query + 1, target, JOINED_SIMILARITY),
                    ]
                    break
        return pairs

    def initials(self) -> list[Pair]:
        """Pairs of an initial and a word that begins with it."""
        pairs: list[Pair] = []
        for query in sorted(self.free_query):
            key = self.keys[query]
            for target in sorted(self.free_target):
                other = self._target(target).lstrip("=")
                if 1 in (len(key), len(other)) and key[:1] == other[:1] and len(key) != len(other):
                    pairs.append(Pair(query, target, INITIAL_SIMILARITY))
                    self.free_query.discard(query)
                    self.free_target.discard(target)
                    break
        return pairs

    def acronyms(self, case: Comparison) -> list[Pair]:
        """Pairs of an abbreviation on one side and each word that it stands for on the other."""
        partition, asked, number = case
        pairs: list[Pair] = []
        for query in sorted(self.free_query):
            if query in asked.acronym_rows.get(number, ()):
                span = _span(
                    partition.letters[number], latin(asked.tokens[query].text), free=self.free_target
                )
                pairs += [Pair(query, target, ACRONYM_SIMILARITY) for target in span]
                self.free_target.difference_update(span)
                self.free_query.difference_update((query,) if span else ())
        for target in sorted(self.free_target):
            short = asked.shortened.get(self.row[target])
            if short:
                span = _span(asked.letters, short, free=self.free_query)
                pairs += [Pair(query, target, ACRONYM_SIMILARITY) for query in span]
                self.free_query.difference_update(span)
                self.free_target.difference_update((target,) if span else ())
        return pairs

    def shortened(self) -> list[Pair]:
        """Pairs of a word and its beginning (``engin``) or its consonants (``srvcs``)."""
        pairs: list[Pair] = []
        others = [(target, self._target(target).lstrip("=")) for target in sorted(self.free_target)]
        for query in sorted(self.free_query):
            key = self.keys[query]
            for target, other in others:
                if key[0] == other[0] and target in self.free_target and _shortens(key, other):
                    pairs.append(Pair(query, target, SHORTENED_SIMILARITY))
                    self.free_query.discard(query)
                    self.free_target.discard(target)
                    break
        return pairs

    def _target(self, place: int) -> str:
        return self.vocabulary[self.row[place]]


def _span(letters: Sequence[tuple[str, int]], short: str, *, free: set[int]) -> list[int]:
    """The places of the free words whose initials make ``short``; ``[]`` when too few of them are free."""
    for start in range(len(letters)):
        text = ""
        for end in range(start, len(letters)):
            text += letters[end][0]
            if text == short:
                places = sorted({place for _, place in letters[start : end + 1]} & free)
                return (
                    places if 2 * len(places) >= len({place for _, place in letters[start : end + 1]}) else []
                )
            if not short.startswith(text):
                break
    return []


def _shortens(one: str, other: str) -> bool:
    if len(one) > len(other):
        one, other = other, one
    if len(one) < 3 or len(other) - len(one) < 2 or one[0] != other[0] or len(one) > 6:
        return False
    if other.startswith(one):
        return True
    if any(letter in "aeiou" for letter in one[1:]):
        return False
    rest = iter(other)
    return all(letter in rest for letter in one)
