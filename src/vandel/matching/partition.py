"""All names of one kind of entity as numbers: a vocabulary, the names that use each word, and how rare each word is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vandel.names.analyse import INITIAL, LEGAL, MEANING, NUMBER, WORD, Token, initials, variants
from vandel.names.background import background_share
from vandel.names.fold import loose, skeleton, stem

_KINDS = (WORD, MEANING, NUMBER, INITIAL, LEGAL)
_PRIOR_ENTITIES = 4000.0  # a list is read as if so many entities with everyday words stood beside it
_INITIAL_WEIGHT = 0.12
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Partition:
    """Names of persons, or of everything else. Row ``n`` of the names belongs to entity ``owner[n]``.

    ``name_tokens[name_start[n]:name_start[n + 1]]`` are the vocabulary numbers of its tokens, in order.
    """

    person: bool
    vocabulary: tuple[str, ...]
    kinds: tuple[int, ...]
    weights: tuple[float, ...]  # how much a word says: 0 (everybody has it) to 1 (nobody else has it)
    names: tuple[str, ...]
    reading: Ints  # which of the variants of its name a row is
    owner: Ints
    name_tokens: Ints
    name_start: Ints

    @cached_property
    def number_of(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.vocabulary)}

    @cached_property
    def _all_rows(self) -> list[list[int]]:
        flat, start = self.name_tokens.tolist(), self.name_start.tolist()
        return [flat[a:b] for a, b in zip(start, start[1:], strict=False)]

    @cached_property
    def rows(self) -> list[list[int]]:
        """Per name, the vocabulary numbers of its words, legal forms apart."""
        legal = self._legal
        return [[n for n in row if n not in legal] for row in self._all_rows] if legal else self._all_rows

    @cached_property
    def forms(self) -> list[tuple[str, ...]]:
        """Per name, the codes of its legal forms."""
        legal = self._legal
        return [tuple(self.vocabulary[n][1:] for n in row if n in legal) for row in self._all_rows]

    @cached_property
    def _legal(self) -> frozenset[int]:
        return frozenset(n for n, kind in enumerate(self.kinds) if _KINDS[kind] == LEGAL)

    @cached_property
    def mass(self) -> NDArray[np.float32]:
        """Per name, the sum of the weights of its words."""
        weights = np.asarray(self.weights, dtype=np.float32)[self.name_tokens]
        return np.add.reduceat(np.append(weights, np.float32(0)), self.name_start[:-1]).astype(np.float32)

    @cached_property
    def postings(self) -> list[Ints]:
        """Per word of the vocabulary, the rows of the names that have it."""
        rows = np.repeat(np.arange(len(self.names), dtype=np.int32), np.diff(self.name_start))
        order = np.argsort(self.name_tokens, kind="stable")
        bounds = np.searchsorted(self.name_tokens[order], np.arange(1, len(self.vocabulary)))
        return np.split(rows[order], bounds)

    @cached_property
    def by_stem(self) -> dict[str, list[int]]:
        return self._grouped(lambda key: (stem(key),))

    @cached_property
    def by_loose(self) -> dict[str, list[int]]:
        return self._grouped(loose)

    @cached_property
    def by_skeleton(self) -> dict[str, list[int]]:
        return self._grouped(lambda key: (skeleton(key),))

    @cached_property
    def by_joined(self) -> dict[str, list[int]]:
        """Two neighbouring words run together -> the rows of the names that have them so."""
        found: dict[str, list[int]] = {}
        words, kinds = self.vocabulary, self.kinds
        for number, row in enumerate(self.rows):
            for one, other in zip(row, row[1:], strict=False):
                if kinds[one] == kinds[other] == 0:
                    found.setdefault(words[one] + words[other], []).append(number)
        return found

    @cached_property
    def _rows_of(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for row, entity in enumerate(self.owner.tolist()):
            found.setdefault(entity, []).append(row)
        return found

    def words_of(self, entity: int) -> frozenset[int]:
        """The vocabulary numbers of all words in all names of ``entity``."""
        return frozenset(number for row in self._rows_of[entity] for number in self.rows[row])

    def tokens(self, row: int) -> tuple[Token, ...]:
        """The tokens of the name in ``row``, with the words as written."""
        return variants(self.names[row], person=self.person)[int(self.reading[row])]

    @cached_property
    def by_acronym(self) -> dict[str, list[int]]:
        """Initials of neighbouring words that begin or end a name -> rows of the names."""
        found: dict[str, list[int]] = {}
        if not self.person:
            for row in range(len(self.names)):
                for acronym in acronyms(initials(self.tokens(row))):
                    found.setdefault(acronym, []).append(row)
        return found

    def weight(self, token: Token) -> float:
        """How much a token of a query says; a word that no listed name has says most."""
        number = self.number_of.get(_vocabulary_key(token))
        return self.weights[number] if number is not None else weigh(token.kind, token.key, 0, self.entities)

    @cached_property
    def entities(self) -> int:
        return int(self.owner.max()) + 1 if len(self.owner) else 0

    def _grouped(self, keys_of: Callable[[str], Iterable[str]]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, (key, kind) in enumerate(zip(self.vocabulary, self.kinds, strict=True)):
            if kind == 0:
                for group in keys_of(key):
                    found.setdefault(group, []).append(number)
        return found


def acronyms(letters: Sequence[tuple[str, int]]) -> set[str]:
    """The abbreviations that the first or the last words with these initials may have, three letters or more."""
    count = len(letters)
    spans = [(0, end) for end in range(3, count + 1)] + [(start, count) for start in range(1, count - 2)]
    return {"".join(letter for letter, _ in letters[start:end]) for start, end in spans}


def _vocabulary_key(token: Token) -> str:
    return "§" + token.key if token.kind == LEGAL else token.key


def weigh(kind: str, key: str, entities_with: int, entities: int) -> float:
    """The weight of a word: its rarity in the list and in everyday names, from 0 to 1."""
    if kind == LEGAL:
        return 0.0
    if kind == INITIAL:
        return _INITIAL_WEIGHT
    everything = entities + _PRIOR_ENTITIES
    usual = entities_with + background_share(key) * _PRIOR_ENTITIES
    return float(np.log(everything / (usual + 1.0)) / np.log(everything))


def build(names: Iterable[tuple[int, str]], *, person: bool) -> Partition:
    """The partition of ``names``, pairs of an entity's number and one of its names."""
    vocabulary: dict[str, int] = {}
    kinds: list[str] = []
    texts: list[str] = []
    readings: list[int] = []
    owner: list[int] = []
    flat: list[int] = []
    start = [0]
    seen: Counter[tuple[int, int]] = Counter()
    for entity, text in names:
        for place, tokens in enumerate(variants(text, person=person)):
            for token in tokens:
                number = vocabulary.setdefault(_vocabulary_key(token), len(vocabulary))
                if number == len(kinds):
                    kinds.append(token.kind)
                flat.append(number)
                seen[number, entity] += 1
            texts.append(text)
            readings.append(place)
            owner.append(entity)
            start.append(len(flat))
    counts = Counter(number for number, _ in seen)
    entities = max(owner) + 1 if owner else 0
    weights = [weigh(kinds[n], key, counts[n], entities) for key, n in vocabulary.items()]
    return Partition(
        person=person, vocabulary=tuple(vocabulary), kinds=_numbers(kinds), weights=tuple(weights), names=tuple(texts),
        reading=_array(readings), owner=_array(owner), name_tokens=_array(flat), name_start=_array(start),
    )  # fmt: skip


def _numbers(kinds: Sequence[str]) -> tuple[int, ...]:
    return tuple(_KINDS.index(kind) for kind in kinds)


def _array(values: Sequence[int]) -> Ints:
    return np.asarray(values, dtype=np.int32)
