"""The few names of a list that a query may be, without comparing with all of them."""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vandel.matching.likeness import Likeness, Speller
from vandel.matching.partition import Letters, Partition, acronyms
from vandel.names.analyse import INITIAL, LEGAL, WORD, Token, family, initials
from vandel.names.fold import fold
from vandel.names.transliterate import latin

_CLOSE = 0.85  # a similarity above this is of spelling or script only
_SURE = 8  # so many rows are looked at closely whatever their share
_SHARE = 0.5  # of the best row's share: rows below that never win
_LEAST_SHARE = 0.15  # of the weight of both names; the same name shares about half of it


class Asked(NamedTuple):
    """A query's name, ready for comparing. Legal forms stand apart from the ``tokens``."""

    tokens: tuple[Token, ...]
    forms: tuple[Token, ...]
    weights: tuple[float, ...]
    alike: tuple[tuple[Likeness, ...], ...]  # per token the listed words that it is like
    hits: dict[int, list[tuple[int, float]]]  # the other way round: a listed word -> places and similarities
    letters: Letters  # initials of the words, for abbreviations
    shortened: dict[int, str]  # a listed word -> the query's initials that it may stand for
    acronym_rows: dict[int, list[int]]  # a row -> the places of the tokens that may abbreviate it
    joined_rows: frozenset[int]  # rows with two words that the query writes together
    joined_words: frozenset[int]  # listed words that the query writes as two
    has_initial: bool
    spelled: tuple[str, ...]  # the tokens by their letters, also where a meaning is known
    kinds: tuple[str, ...]  # of the tokens
    lengths: tuple[int, ...]  # of their keys
    family: frozenset[int]  # the places of the words marked as family name
    mass: float  # the sum of the weights
    close: tuple[tuple[int, ...], ...]  # per token the listed words that it all but surely is


class Comparison(NamedTuple):
    """A query's name held against the listed name in ``row``."""

    partition: Partition
    asked: Asked
    row: int

    @property
    def words(self) -> list[int]:
        """The words of the listed name, legal forms apart, as numbers in the vocabulary."""
        return self.partition.rows[self.row]


def ask(speller: Speller, tokens: tuple[Token, ...], *, text: str) -> Asked:
    """One reading of the query's name ``text`` with what the speller's partition knows of each word."""
    partition = speller.partition
    words = tuple(token for token in tokens if token.kind != LEGAL)
    alike = tuple(map(speller.like, words))
    hits: dict[int, list[tuple[int, float]]] = {}
    for place, likenesses in enumerate(alike):
        for number, similarity in likenesses:
            hits.setdefault(number, []).append((place, similarity))
    weights = tuple(map(partition.weight, words))
    letters = () if partition.person else tuple(initials(tokens))
    number_of, keys = partition.number_of, [token.key for token in words]
    spelled = tuple(fold(latin(token.text)) if token.key[:1] == "=" else token.key for token in words)
    shortened = {number_of[fold(short)]: short for short in acronyms(letters) if fold(short) in number_of}
    acronym_rows: dict[int, list[int]] = {}
    for place, token in enumerate(words):
        for row in partition.by_acronym.get(latin(token.text), ()) if token.kind == WORD else ():
            acronym_rows.setdefault(row, []).append(place)
    pairs = [one + other for one, other in itertools.pairwise(spelled)]
    return Asked(
        words, tuple(token for token in tokens if token.kind == LEGAL), weights,
        alike, hits, letters, shortened, acronym_rows,
        frozenset(row for key in keys for row in partition.by_joined.get(key, ())),
        frozenset(number_of[pair] for pair in pairs if pair in number_of),
        any(token.kind == INITIAL for token in words),
        spelled,
        tuple(token.kind for token in words),
        tuple(map(len, keys)),
        family(text, words) if partition.person else frozenset(),
        sum(weights),
        tuple([tuple([number for number, similarity in each if similarity > _CLOSE]) for each in alike]),
    )  # fmt: skip


def candidates(partition: Partition, asked: Asked) -> list[int]:
    """Rows worth a close look, best first: those that share most of their weight with the query.

    However many they are: of a hundred namesakes none is left out. What shares next to nothing with the query
    is, save the best few: the question has no good answer then.
    """
    if not partition.names:
        return []
    total = _shared(partition, asked)
    touched = np.flatnonzero(total)
    if not len(touched):
        return []
    share = total[touched] / (partition.mass[touched] + asked.mass + 0.2)
    near = np.flatnonzero(share >= max(_SHARE * float(share.max()), _LEAST_SHARE))
    if len(near) < _SURE:
        near = np.argsort(-share, kind="stable")[:_SURE]
    rows: list[int] = touched[near[np.lexsort((touched[near], -share[near]))]].tolist()
    return rows


def _shared(partition: Partition, asked: Asked) -> NDArray[np.float32]:
    """Per row, the weight of the words that it shares with the query."""
    total = np.zeros(len(partition.names), dtype=np.float32)
    weights, postings = partition.weights, partition.postings
    for token, weight, alike in zip(asked.tokens, asked.weights, asked.alike, strict=True):
        if token.kind != INITIAL:
            for number, similarity in alike:
                worth = min(weight, weights[number]) if similarity < 1 else weights[number]
                total[postings[number]] += worth * similarity * similarity
    for number in asked.joined_words:
        total[postings[number]] += weights[number]
    for number, short in asked.shortened.items():
        total[postings[number]] += weights[number] * min(len(short), 6) / 6
    if asked.joined_rows:
        total[list(asked.joined_rows)] += 1.0
    if asked.acronym_rows:
        total[list(asked.acronym_rows)] += 0.9
    return total
