"""Which words of the list a word of a query may be: same, other spelling or script, slip of the pen."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from vandel.matching.partition import Partition
from vandel.names.analyse import MEANING, WORD, Token
from vandel.names.fold import loose, skeleton, stem
from vandel.names.lexicon import compound

SAME, STEM, LOOSE, SKELETON = 1.0, 0.94, 0.88, 0.96
_LEAST = 0.66


class Likeness(NamedTuple):
    """A word of the list (its number) and how like the query's word it is, 0 to 1."""

    number: int
    similarity: float


def signature(key: str) -> int:
    """A 64-bit set of the letter pairs of ``key``, ends included."""
    padded = f"^{key}$"
    bits = 0
    for one, other in itertools.pairwise(padded):
        bits |= 1 << ((ord(one) * 31 + ord(other)) & 63)
    return bits


class Speller:
    """Finds the words of a partition that are like a given word, without comparing with all of them."""

    def __init__(self, partition: Partition) -> None:
        self.partition = partition
        self._words = [n for n, kind in enumerate(partition.kinds) if kind == 0]
        self._keys = [partition.vocabulary[n] for n in self._words]
        self._signatures: NDArray[np.uint64] = np.array(
            [signature(key) for key in self._keys], dtype=np.uint64
        )
        self._lengths = np.array([len(key) for key in self._keys], dtype=np.int16)
        self.like: Callable[[Token], tuple[Likeness, ...]] = lru_cache(maxsize=20_000)(self._like)

    def parted(self, reading: tuple[Token, ...]) -> tuple[Token, ...]:
        """``reading`` with unknown words parted where both parts are known; ``()`` when none is."""
        tokens: list[Token] = []
        found = False
        for token in reading:
            parts = (
                ()
                if token.kind != WORD or len(token.key) < 7 or self._known(token.key)
                else compound(token.key, self._known)
            )
            for part in parts:
                tokens += (
                    [Token(WORD, part, token.text)]
                    if isinstance(part, str)
                    else [Token(MEANING, key, token.text) for key in part]
                )
            if parts:
                found = True
            else:
                tokens.append(token)
        return tuple(tokens) if found else ()

    def _known(self, key: str) -> bool:
        return self.partition.knows(key)

    def _like(self, token: Token) -> tuple[Likeness, ...]:
        found: dict[int, float] = {}
        exact = self.partition.number_of.get(token.key)
        if exact is not None:
            found[exact] = SAME
        if token.kind == WORD and len(token.key) > 2:
            self._spelled_otherwise(token, found)
            self._mistyped(token.key, found)
        return tuple(Likeness(number, similarity) for number, similarity in found.items())

    def _spelled_otherwise(self, token: Token, found: dict[int, float]) -> None:
        key, part = token.key, self.partition
        if not part.person:
            for number in part.by_stem.get(stem(key), ()):
                found.setdefault(number, STEM)
        bones = skeleton(key)
        if len(bones) > 1 and "\u0590" <= token.text[0] <= "\u08ff":
            for number in part.by_skeleton.get(bones, ()):
                found.setdefault(number, SKELETON if len(bones) > 2 else LOOSE)
        elif len(bones) > 2 and part.person:
            for number in part.by_skeleton.get(bones, ()):
                if len(part.vocabulary[number]) - len(bones) < 2:
                    found.setdefault(number, SKELETON)
        if len(key) >= (3 if part.person else 4):
            for sound in loose(key):
                for number in part.by_loose.get(sound, ()):
                    found.setdefault(number, LOOSE)

    def _mistyped(self, key: str, found: dict[int, float]) -> None:
        length = len(key)
        edits = 1 if length < 6 else 2 if length < 10 else 3
        if length < 4 or not self._keys:
            return
        common = np.bitwise_count(self._signatures & np.uint64(signature(key)))
        near = np.flatnonzero((common >= length + 1 - 2 * edits) & (np.abs(self._lengths - length) <= edits))
        for at in near.tolist():
            other = self._keys[at]
            distance = OSA.distance(key, other, score_cutoff=edits)
            similarity = 1.0 - distance / max(length, len(other))
            if 0 < distance <= edits and similarity >= _LEAST:
                number = self._words[at]
                if found.get(number, 0.0) < similarity:
                    found[number] = similarity
