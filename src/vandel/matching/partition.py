"""All names of one kind of entity as numbers: a vocabulary, who uses each word, and how rare it is."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from vandel.names.analyse import INITIAL, LEGAL, MEANING, NUMBER, WORD, Token, family, initials, variants
from vandel.names.background import background_share
from vandel.names.fold import loose, skeleton, stem

KINDS = (WORD, MEANING, NUMBER, INITIAL, LEGAL)
_LEGAL = KINDS.index(LEGAL)
_PRIOR_ENTITIES = 4000.0  # a list is read as if so many entities with everyday words stood beside it
_INITIAL_WEIGHT = 0.12
Ints = NDArray[np.int32]
Letters = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """How many entities use each word: the measure of the words' weights.

    A measure taken from one state of a list can be kept while the list changes, so that a likeness of two
    unchanged names has the same score before and after. ``counts`` is by :func:`vocabulary_key`, of the
    ``listed`` entities of the partition's kind; ``numbered`` are the entities of every kind.
    """

    listed: int
    numbered: int
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Partition:
    """Names of persons, or of everything else, read in all the ways that they can be read.

    A row is one reading of one name: row ``n`` belongs to entity ``owner[n]``, reads ``names[n]`` in way
    ``reading[n]``, and has the tokens ``name_tokens[name_start[n]:name_start[n + 1]]``, numbers in
    ``vocabulary``.
    """

    person: bool
    vocabulary: tuple[str, ...]
    kinds: tuple[int, ...]  # places in KINDS
    weights: tuple[float, ...]  # how much a word says: 0 (everybody has it) to 1 (nobody else has it)
    entities: int
    names: tuple[str, ...]
    letters: tuple[Letters, ...]  # per row its initials, for abbreviations
    family: tuple[tuple[int, ...], ...]  # per row the places of the words marked as family name
    reading: Ints
    weak: Ints  # 1 where the issuer calls the alias weak
    owner: Ints
    name_tokens: Ints
    name_start: Ints
    kept_usage: Usage | None = None  # where the weights are measured in another state of the list

    @cached_property
    def usage(self) -> Usage:
        """The measure of the weights: the kept one, else as these names use the words."""
        if self.kept_usage is not None:
            return self.kept_usage
        row_of = np.repeat(np.arange(len(self.names), dtype=np.int64), np.diff(self.name_start))
        pairs = np.unique(self.name_tokens.astype(np.int64) * max(1, self.entities) + self.owner[row_of])
        counts = np.bincount(pairs // max(1, self.entities), minlength=len(self.vocabulary)).tolist()
        return Usage(
            len(np.unique(self.owner)), self.entities, dict(zip(self.vocabulary, counts, strict=True))
        )

    @cached_property
    def number_of(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.vocabulary)}

    @cached_property
    def _all_rows(self) -> list[list[int]]:
        flat, start = self.name_tokens.tolist(), self.name_start.tolist()
        return [flat[a:b] for a, b in itertools.pairwise(start)]

    @cached_property
    def rows(self) -> list[list[int]]:
        """Per row, the vocabulary numbers of its words, legal forms apart."""
        kinds = self.kinds
        return (
            self._all_rows
            if self.person
            else [[n for n in row if kinds[n] != _LEGAL] for row in self._all_rows]
        )

    @cached_property
    def owners(self) -> list[int]:
        """Per row its entity, as plain numbers, which are read faster one by one."""
        found: list[int] = self.owner.tolist()
        return found

    @cached_property
    def weak_rows(self) -> list[float]:
        """Per row 1.0 where the issuer calls the alias weak, else 0.0."""
        found: list[float] = self.weak.astype(float).tolist()
        return found

    @cached_property
    def forms(self) -> list[tuple[str, ...]]:
        """Per row, the codes of its legal forms."""
        kinds, words = self.kinds, self.vocabulary
        return [tuple([words[n][1:] for n in row if kinds[n] == _LEGAL]) for row in self._all_rows]

    @cached_property
    def mass(self) -> NDArray[np.float32]:
        """Per row, the sum of the weights of its words."""
        weights = np.asarray(self.weights, dtype=np.float32)[self.name_tokens]
        return np.add.reduceat(np.append(weights, np.float32(0)), self.name_start[:-1]).astype(np.float32)

    @cached_property
    def postings(self) -> list[Ints]:
        """Per word of the vocabulary, the rows that have it."""
        rows = np.repeat(np.arange(len(self.names), dtype=np.int32), np.diff(self.name_start))
        order = np.argsort(self.name_tokens, kind="stable")
        ends = np.cumsum(np.bincount(self.name_tokens, minlength=len(self.vocabulary))).tolist()
        sorted_rows = rows[order]
        return [sorted_rows[a:b] for a, b in zip([0, *ends], ends, strict=False)]

    @cached_property
    def by_stem(self) -> dict[str, list[int]]:
        return self._grouped(lambda key: (stem(key),))

    @cached_property
    def by_loose(self) -> dict[str, list[int]]:
        return self._grouped(loose)

    @cached_property
    def by_skeleton(self) -> dict[str, list[int]]:
        return self._grouped(lambda key: {skeleton(key), skeleton(key.replace("v", ""))})  # Arabic u may be v

    @cached_property
    def by_joined(self) -> dict[str, list[int]]:
        """Two neighbouring words run together -> the rows that have them so."""
        found: dict[str, list[int]] = {}
        words, kinds = self.vocabulary, self.kinds
        for number, row in enumerate(self.rows):
            for one, other in itertools.pairwise(row):
                if kinds[one] == kinds[other] == 0:
                    found.setdefault(words[one] + words[other], []).append(number)
        return found

    @cached_property
    def by_acronym(self) -> dict[str, list[int]]:
        """Initials of neighbouring words that begin or end a name -> the rows."""
        found: dict[str, list[int]] = {}
        for row, letters in enumerate(self.letters):
            for acronym in acronyms(letters):
                found.setdefault(acronym, []).append(row)
        return found

    @cached_property
    def with_initials(self) -> frozenset[int]:
        """The rows that have an initial for a word."""
        kinds = np.asarray(self.kinds, dtype=np.int8)[self.name_tokens] == KINDS.index(INITIAL)
        return frozenset(np.searchsorted(self.name_start, np.flatnonzero(kinds), side="right") - 1)

    @cached_property
    def words_of(self) -> list[frozenset[int]]:
        """Per entity, the vocabulary numbers of all words in all its names."""
        found: list[set[int]] = [set() for _ in range(self.entities)]
        for row, entity in zip(self.rows, self.owner.tolist(), strict=True):
            found[entity].update(row)
        return [frozenset(words) for words in found]

    def tokens(self, row: int) -> tuple[Token, ...]:
        """The tokens in ``row``, with the words as written."""
        return variants(self.names[row], person=self.person)[int(self.reading[row])]

    def weight(self, token: Token) -> float:
        """How much a token of a query says; a word that no listed name has says most."""
        key = vocabulary_key(token)
        number = self.number_of.get(key)
        if number is not None:
            return self.weights[number]
        kept = self.kept_usage
        if kept is None:
            return weigh(token.kind, token.key, entities_with=0, entities=self.entities)
        # A word of the list that the measure was taken from is weighed as it was there.
        count = kept.counts.get(key)
        entities = kept.numbered if count is None else kept.listed
        return weigh(token.kind, token.key, entities_with=count or 0, entities=entities)

    def knows(self, key: str) -> bool:
        """Whether a listed name has the word, here or where the measure was taken."""
        return key in self.number_of or (self.kept_usage is not None and key in self.kept_usage.counts)

    def _grouped(self, keys_of: Callable[[str], Iterable[str]]) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, (key, kind) in enumerate(zip(self.vocabulary, self.kinds, strict=True)):
            if kind == 0:
                for group in keys_of(key):
                    found.setdefault(group, []).append(number)
        return found


def acronyms(letters: Sequence[tuple[str, int]]) -> set[str]:
    """The abbreviations, of three letters or more, of the first or the last words with these initials."""
    text = [letter for letter, _ in letters]
    count = len(text)
    found = {"".join(text[:end]) for end in range(3, count + 1)}
    return found | {"".join(text[start:]) for start in range(1, count - 2)}


def vocabulary_key(token: Token) -> str:
    """The key of ``token`` in a vocabulary, where legal forms stand apart from words."""
    return "§" + token.key if token.kind == LEGAL else token.key


def weigh(kind: str, key: str, *, entities_with: int, entities: int) -> float:
    """The weight of a word: its rarity in the list and in everyday names, from 0 to 1."""
    if kind == LEGAL:
        return 0.0
    if kind == INITIAL:
        return _INITIAL_WEIGHT
    everything = entities + _PRIOR_ENTITIES
    usual = entities_with + background_share(key) * _PRIOR_ENTITIES
    return log(everything / (usual + 1.0)) / log(everything)


def build(names: Iterable[tuple[int, str, bool]], *, person: bool, usage: Usage | None = None) -> Partition:
    """The partition of ``names``: number of an entity, one of its names, whether that is a weak alias.

    ``usage``: weigh the words by this measure, not by these names.
    """
    number_of: dict[str, int] = {}
    kinds: list[int] = []
    texts: list[str] = []
    letters: list[Letters] = []
    families: list[tuple[int, ...]] = []
    rows: list[tuple[int, bool, int]] = []
    flat: list[int] = []
    start = [0]
    seen: set[tuple[int, int]] = set()
    for entity, text, weak in names:
        for place, tokens in enumerate(variants(text, person=person)):
            for token in tokens:
                number = number_of.setdefault(vocabulary_key(token), len(number_of))
                if number == len(kinds):
                    kinds.append(KINDS.index(token.kind))
                flat.append(number)
                seen.add((number, entity))
            texts.append(text)
            letters.append(() if person else tuple(initials(tokens)))
            families.append(tuple(sorted(family(text, tokens))) if person else ())
            rows.append((place, weak, entity))
            start.append(len(flat))
    columns = np.asarray(rows or np.empty((0, 3)), dtype=np.int32)
    entities = int(columns[:, 2].max()) + 1 if rows else 0
    counts = Counter(number for number, _ in seen)
    own = dict(zip(number_of, map(counts.__getitem__, range(len(number_of))), strict=True))
    measure = usage or Usage(len({entity for _, _, entity in rows}), entities, own)
    return Partition(
        person=person, vocabulary=tuple(number_of), kinds=tuple(kinds),
        weights=tuple(_weight(key, KINDS[kinds[n]], measure=measure) for key, n in number_of.items()),
        entities=entities, names=tuple(texts), letters=tuple(letters), family=tuple(families),
        reading=columns[:, 0], weak=columns[:, 1], owner=columns[:, 2],
        name_tokens=np.asarray(flat, dtype=np.int32), name_start=np.asarray(start, dtype=np.int32),
        kept_usage=usage,
    )  # fmt: skip


def _weight(key: str, kind: str, *, measure: Usage) -> float:
    """A word that the measure has not seen weighs the same in a query as in a listed name."""
    count = measure.counts.get(key)
    entities = measure.numbered if count is None else measure.listed
    return weigh(kind, key, entities_with=count or 0, entities=entities)
