"""Which word of the query stands for which word of the listed name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vandel.matching.candidates import Asked
from vandel.matching.partition import Partition

_INITIAL_SIMILARITY = 0.8


class Pair(NamedTuple):
    """Word ``query`` of the query is word ``target`` of the listed name, ``similarity`` 0 to 1."""

    query: int
    target: int
    similarity: float


def align(partition: Partition, asked: Asked, row: Sequence[int]) -> list[Pair]:
    """The best pairing of the words of a query with those of a listed name, each word used once.

    Words run together on one side give two pairs that share the longer word.
    """
    places: dict[int, list[int]] = {}
    for target, number in enumerate(row):
        places.setdefault(number, []).append(target)
    proposals = [
        (likeness.similarity, asked.weights[query], -abs(query - target), query, target)
        for query, alike in enumerate(asked.alike)
        for likeness in alike
        if likeness.number in places
        for target in places[likeness.number]
    ]
    proposals.sort(key=lambda p: (-p[0], -p[1], -p[2], p[3], p[4]))
    pairs: list[Pair] = []
    free_query, free_target = set(range(len(asked.tokens))), set(range(len(row)))
    for similarity, _, _, query, target in proposals:
        if query in free_query and target in free_target:
            pairs.append(Pair(query, target, similarity))
            free_query.discard(query)
            free_target.discard(target)
    if free_query and free_target:
        _joined(partition, asked, row, pairs, free_query, free_target)
        _initials(partition, asked, row, pairs, free_query, free_target)
    return pairs


def _joined(partition, asked, row, pairs, free_query, free_target) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    words = partition.vocabulary
    for query in sorted(free_query):
        key = asked.tokens[query].key
        for target in sorted(free_target):
            if target + 1 in free_target and words[row[target]] + words[row[target + 1]] == key:
                pairs += [Pair(query, target, 1.0), Pair(query, target + 1, 1.0)]
                free_query.discard(query)
                free_target -= {target, target + 1}
                break
    for target in sorted(free_target):
        key = words[row[target]]
        for query in sorted(free_query):
            if query + 1 in free_query and asked.tokens[query].key + asked.tokens[query + 1].key == key:
                pairs += [Pair(query, target, 1.0), Pair(query + 1, target, 1.0)]
                free_query -= {query, query + 1}
                free_target.discard(target)
                break


def _initials(partition, asked, row, pairs, free_query, free_target) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    words = partition.vocabulary
    for query in sorted(free_query):
        key = asked.tokens[query].key.lstrip("=")
        for target in sorted(free_target):
            other = words[row[target]].lstrip("=")
            if 1 in (len(key), len(other)) and key[0] == other[0] and len(key) != len(other):
                pairs.append(Pair(query, target, _INITIAL_SIMILARITY))
                free_query.discard(query)
                free_target.discard(target)
                break
