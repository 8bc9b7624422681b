"""The few names of a list that a query may be, without comparing with all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from vandel.matching.likeness import Likeness, Speller
from vandel.matching.partition import Partition, acronyms
from vandel.names.analyse import INITIAL, LEGAL, WORD, Token, initials
from vandel.names.fold import fold
from vandel.names.transliterate import latin

CANDIDATES = 40


class Asked(NamedTuple):
    """A query's name, ready for comparing. Legal forms stand apart from the ``tokens``.

    ``alike`` holds per token the listed words that it is like, ``hits`` the same the other way round:
    a listed word's number -> the places of the query's tokens that are like it, with the similarity.
    """

    tokens: tuple[Token, ...]
    forms: tuple[str, ...]
    weights: tuple[float, ...]
    alike: tuple[tuple[Likeness, ...], ...]
    hits: dict[int, list[tuple[int, float]]]
    letters: tuple[tuple[str, int], ...]  # initials of the words, for abbreviations
    shortened: dict[int, str]  # a listed word's number -> the query's initials that it may stand for


def ask(partition: Partition, speller: Speller, tokens: tuple[Token, ...]) -> Asked:
    """``tokens`` of a query with what the partition knows of each."""
    words = tuple(token for token in tokens if token.kind != LEGAL)
    alike = tuple(map(speller.like, words))
    hits: dict[int, list[tuple[int, float]]] = {}
    for place, likenesses in enumerate(alike):
        for number, similarity in likenesses:
            hits.setdefault(number, []).append((place, similarity))
    forms = tuple(token.key for token in tokens if token.kind == LEGAL)
    letters = () if partition.person else tuple(initials(tokens))
    shortened = {
        partition.number_of[fold(short)]: short for short in acronyms(letters) if fold(short) in partition.number_of
    }
    return Asked(words, forms, tuple(map(partition.weight, words)), alike, hits, letters, shortened)


def candidates(partition: Partition, asked: Asked, *, most: int = CANDIDATES) -> list[int]:
    """Rows of names worth a close look, best first, at most ``most``."""
    if not partition.names:
        return []
    total = np.zeros(len(partition.names), dtype=np.float32)
    for token, weight, alike in zip(asked.tokens, asked.weights, asked.alike, strict=True):
        if token.kind != INITIAL:
            _add(partition, total, weight, alike)
    _add_joined(partition, total, asked)
    _add_acronyms(partition, total, asked)
    touched = np.flatnonzero(total)
    if not len(touched):
        return []
    share = total[touched] / (partition.mass[touched] + sum(asked.weights) + 0.2)
    if len(touched) > most:
        best = np.argpartition(-share, most)[:most]
        touched, share = touched[best], share[best]
    order: Sequence[int] = np.lexsort((touched, -share)).tolist()
    return [int(touched[at]) for at in order]


def _add(partition: Partition, total: np.ndarray, weight: float, alike: Sequence[Likeness]) -> None:
    for number, similarity in alike:
        worth = min(weight, partition.weights[number]) if similarity < 1 else partition.weights[number]
        total[partition.postings[number]] += worth * similarity * similarity


def _add_joined(partition: Partition, total: np.ndarray, asked: Asked) -> None:
    words = [(token.key, weight) for token, weight in zip(asked.tokens, asked.weights, strict=True)]
    for key, weight in words:
        rows = partition.by_joined.get(key)
        if rows:
            total[rows] += weight
    for (one, weight), (other, second) in zip(words, words[1:], strict=False):
        number = partition.number_of.get(one + other)
        if number is not None:
            total[partition.postings[number]] += weight + second


def _add_acronyms(partition: Partition, total: np.ndarray, asked: Asked) -> None:
    for token, weight in zip(asked.tokens, asked.weights, strict=True):
        rows = partition.by_acronym.get(latin(token.text)) if token.kind == WORD else None
        if rows:
            total[rows] += weight
    for number, short in asked.shortened.items():
        total[partition.postings[number]] += partition.weights[number] * min(len(short), 6) / 6
