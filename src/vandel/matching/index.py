"""An index over listed names: who was asked about in, likenesses with reasons out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from vandel.matching import storage
from vandel.matching.candidates import Asked, Comparison, ask, candidates
from vandel.matching.likeness import Speller
from vandel.matching.partition import Partition, Usage, build
from vandel.matching.qualifiers import qualify, same_identifier
from vandel.matching.reasons import reasons
from vandel.matching.score import likelihood, probability
from vandel.model import Entity, Finding, Identifier, Listing, NameKind, Reason, ReasonCode
from vandel.names.analyse import Token, variants

DEFAULT_THRESHOLD: Final = 0.70
SURE_NAME: Final = 0.90  # from here on the names alone bring a person to look, whatever else differs
RULE_VERSION: Final = "names-4"


class _Best(NamedTuple):
    """The closest pair of names of a query and a listed entity, in log-odds."""

    value: float
    name: str
    row: int
    asked: Asked | None


class Index:
    """Listed entities, ready to be searched. Build it once, search it often; it is never changed."""

    def __init__(self, listings: Sequence[Listing], partitions: tuple[Partition, Partition]) -> None:
        self.listings = listings
        self._partitions = partitions
        self._spellers = tuple(map(Speller, partitions))
        self._by_identifier: dict[Identifier, list[int]] = {}

    @classmethod
    def build(cls, listings: Iterable[Listing], *, usage: tuple[Usage, Usage] | None = None) -> Index:
        """An index of ``listings``, which may come from several lists. Their order does not matter.

        ``usage``: weigh words by the :attr:`usage` of another index. Two indexes of one measure give an entry
        that is in both the same score, whatever else they hold.
        """
        ordered = sorted(listings, key=lambda listing: (listing.list_id, listing.entity.id))
        organisations, persons = (
            build(
                (
                    (number, name.text, name.kind is NameKind.WEAK)
                    for number, listing in enumerate(ordered)
                    if listing.entity.schema.is_person == person
                    for name in sorted(listing.entity.names, key=lambda name: (name.kind, name.text))
                ),
                person=person,
                usage=usage[person] if usage else None,
            )
            for person in (False, True)
        )
        return cls(ordered, (organisations, persons))._with_identifiers()

    @classmethod
    def load(cls, path: Path) -> Index:
        """The index that :meth:`save` wrote to ``path``.

        Raises :class:`vandel.errors.InputError` when it can't be used.
        """
        return cls(*storage.read(Path(path), rules=RULE_VERSION))._with_identifiers()

    def save(self, path: Path) -> None:
        """Write the index to ``path``, whole or not at all."""
        storage.write(Path(path), self.listings, partitions=self._partitions, rules=RULE_VERSION)

    def __len__(self) -> int:
        return len(self.listings)

    @property
    def usage(self) -> tuple[Usage, Usage]:
        """The measure of the words' weights, of organisations and of persons."""
        organisations, persons = self._partitions
        return organisations.usage, persons.usage

    def reads_as(self, other: Index, query: Entity) -> bool:
        """Whether both indexes read the query's names in the same ways.

        A word that is new on a list may let a compound in a name be read in parts.
        """
        return list(self._readings(query)) == list(other._readings(query))

    def search(
        self, query: Entity, *, threshold: float = DEFAULT_THRESHOLD, limit: int = 10
    ) -> list[Finding]:
        """Listed entities whose names are like one of the query's, the most alike first.

        ``threshold`` is the lowest score (0-1) that counts; at most ``limit`` findings. Persons are compared
        with persons, all else with all else. A shared identifier settles the case whatever the names; names
        alike enough (:data:`SURE_NAME`) stay at the default threshold whatever else differs.
        """
        found = []
        qualified = bool(query.identifiers or query.birth_dates or query.countries)
        for number, best in self._closest(query).items():
            told: tuple[Reason, ...] = ()
            score = probability(best.value)
            if qualified:
                score, told = self._qualified(query, number, best=best)
            if score >= threshold:
                found.append((-score, number, best, told))
        found.sort(key=lambda one: one[:2])
        return [
            self._finding(query, best, number=number, score=-score, told=told)
            for score, number, best, told in found[:limit]
        ]

    def _qualified(self, query: Entity, number: int, *, best: _Best) -> tuple[float, tuple[Reason, ...]]:
        listed = self.listings[number].entity
        shared = same_identifier(query, listed)
        if shared:
            return 1.0, (shared,)
        more, told = qualify(query, listed)
        score = probability(best.value + more)
        if probability(best.value) >= SURE_NAME and not self._is_nickname(query, best):
            score = max(score, DEFAULT_THRESHOLD)
        return score, told

    def _is_nickname(self, query: Entity, best: _Best) -> bool:
        """Whether all that agrees is one word that the issuer itself calls a weak alias."""
        partition = self._partitions[query.schema.is_person]
        return best.row >= 0 and bool(partition.weak[best.row]) and len(partition.rows[best.row]) == 1

    def _closest(self, query: Entity) -> dict[int, _Best]:
        """Per listed entity that may be the query, the closest pair of names."""
        partition = self._partitions[query.schema.is_person]
        closest: dict[int, _Best] = {
            number: _Best(0.0, query.caption, -1, None)
            for identifier in query.identifiers
            for number in self._by_identifier.get(identifier, ())
        }
        owner = partition.owners
        for name, reading in self._readings(query):
            asked = ask(self._spellers[query.schema.is_person], reading, text=name)
            for row in candidates(partition, asked):
                value = likelihood(Comparison(partition, asked, row))
                number = owner[row]
                known = closest.get(number)
                if known is None or known.asked is None or (value, -row) > (known.value, -known.row):
                    closest[number] = _Best(value, name, row, asked)
        return closest

    def _readings(self, query: Entity) -> Iterator[tuple[str, tuple[Token, ...]]]:
        person = query.schema.is_person
        speller = self._spellers[person]
        for name in sorted(query.names, key=lambda name: (name.kind, name.text)):
            for reading in variants(name.text, person=person):
                yield name.text, reading
                parted = speller.parted(reading)
                if parted:
                    yield name.text, parted

    def _finding(
        self, query: Entity, best: _Best, *, number: int, score: float, told: tuple[Reason, ...]
    ) -> Finding:
        listing = self.listings[number]
        partition = self._partitions[query.schema.is_person]
        words: tuple[Reason, ...] = ()
        matched = listing.entity.caption
        if best.asked is not None:
            matched = partition.names[best.row]
            words = reasons(Comparison(partition, best.asked, best.row))
            if partition.weak[best.row]:
                words += (Reason(ReasonCode.WEAK_ALIAS, "", matched, 0.0),)
        return Finding(
            query_id=query.id, target_id=listing.entity.id, list_id=listing.list_id, score=round(score, 4),
            query_name=best.name, matched_name=matched, reasons=(*words, *told),
        )  # fmt: skip

    def _with_identifiers(self) -> Index:
        rows = self.listings.rows if isinstance(self.listings, storage.StoredListings) else None
        for number in range(len(self.listings)):
            if rows is not None:
                found = [
                    Identifier(one["scheme"], one["value"]) for one in rows[number]["entity"]["identifiers"]
                ]
            else:
                found = list(self.listings[number].entity.identifiers)
            for identifier in found:
                self._by_identifier.setdefault(identifier, []).append(number)
        return self
