"""Which word of the query stands for which word of the listed name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vandel.matching.candidates import Asked
from vandel.matching.partition import Partition

JOINED_SIMILARITY = 0.97
INITIAL_SIMILARITY = 0.8


class Pair(NamedTuple):
    """Word ``query`` of the query is word ``target`` of the listed name, ``similarity`` 0 to 1."""

    query: int
    target: int
    similarity: float


def align(partition: Partition, asked: Asked, row: Sequence[int]) -> list[Pair]:
    """The best pairing of the words of a query with those of a listed name, each word used once.

    Words run together on one side give two pairs that share the longer word.
    """
    hits = asked.hits
    proposals = [
        (-similarity, abs(query - target), query, target)
        for target, number in enumerate(row)
        if number in hits
        for query, similarity in hits[number]
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
        rest = _Rest(partition.vocabulary, [token.key for token in asked.tokens], row, free_query, free_target)
        pairs += rest.joined() + rest.initials()
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
                if target + 1 in self.free_target and self.keys[query] == self._target(target) + self._target(target + 1):
                    self.free_query.discard(query)
                    self.free_target.difference_update((target, target + 1))
                    pairs += [Pair(query, target, JOINED_SIMILARITY), Pair(query, target + 1, JOINED_SIMILARITY)]
                    break
        for target in sorted(self.free_target):
            for query in sorted(self.free_query):
                if query + 1 in self.free_query and self._target(target) == self.keys[query] + self.keys[query + 1]:
                    self.free_target.discard(target)
                    self.free_query.difference_update((query, query + 1))
                    pairs += [Pair(query, target, JOINED_SIMILARITY), Pair(query + 1, target, JOINED_SIMILARITY)]
                    break
        return pairs

    def initials(self) -> list[Pair]:
        """Pairs of an initial and a word that begins with it."""
        pairs: list[Pair] = []
        for query in sorted(self.free_query):
            key = self.keys[query].lstrip("=")
            for target in sorted(self.free_target):
                other = self._target(target).lstrip("=")
                if 1 in (len(key), len(other)) and key[:1] == other[:1] and len(key) != len(other):
                    pairs.append(Pair(query, target, INITIAL_SIMILARITY))
                    self.free_query.discard(query)
                    self.free_target.discard(target)
                    break
        return pairs

    def _target(self, place: int) -> str:
        return self.vocabulary[self.row[place]]
