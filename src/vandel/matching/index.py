"""An index over listed names: who was asked about in, likenesses with reasons out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vandel.matching import score
from vandel.matching.candidates import Asked, ask, candidates
from vandel.matching.likeness import Speller
from vandel.matching.partition import Partition, build
from vandel.matching.reasons import reasons
from vandel.model import Entity, Finding, Identifier, Listing
from vandel.names.analyse import Token, variants

DEFAULT_THRESHOLD = 0.50
RULE_VERSION = "names-1"


class Index:
    """Listed entities, ready to be searched. Build it once, search it often; it is never changed."""

    def __init__(self, listings: tuple[Listing, ...], partitions: tuple[Partition, Partition]) -> None:
        self.listings = listings
        self._partitions = partitions
        self._spellers = tuple(map(Speller, partitions))
        self._by_identifier: dict[Identifier, list[int]] = {}
        for number, listing in enumerate(listings):
            for identifier in listing.entity.identifiers:
                self._by_identifier.setdefault(identifier, []).append(number)

    @classmethod
    def build(cls, listings: Iterable[Listing]) -> Index:
        """An index of ``listings``, which may come from several lists. Their order does not matter."""
        ordered = tuple(sorted(listings, key=lambda listing: (listing.list_id, listing.entity.id)))
        partitions = [
            build(
                (
                    (number, name.text)
                    for number, listing in enumerate(ordered)
                    if listing.entity.schema.is_person == person
                    for name in listing.entity.names
                ),
                person=person,
            )
            for person in (False, True)
        ]
        return cls(ordered, (partitions[0], partitions[1]))

    def __len__(self) -> int:
        return len(self.listings)

    def search(self, query: Entity, *, threshold: float = DEFAULT_THRESHOLD, limit: int = 10) -> list[Finding]:
        """Listed entities whose names are like one of the query's, the most alike first.

        ``threshold`` is the lowest score (0-1) that counts; at most ``limit`` findings. Persons are compared
        with persons, all else with all else. A shared identifier settles the case whatever the names.
        """
        side = int(query.schema.is_person)
        partition, speller = self._partitions[side], self._spellers[side]
        best: dict[int, tuple[float, str, int, Asked]] = {}
        for name, reading in self._readings(query):
            asked = ask(partition, speller, reading)
            for row in candidates(partition, asked):
                value = score.score(partition, asked, row)
                owner = int(partition.owner[row])
                if value > 0 and (owner not in best or value > best[owner][0]):
                    best[owner] = (value, name, row, asked)
        ranked = sorted(best.items(), key=lambda item: (-item[1][0], item[0]))
        return [
            self._finding(query, owner, found, partition)
            for owner, found in ranked[:limit]
            if found[0] >= threshold
        ]

    def _readings(self, query: Entity) -> Iterator[tuple[str, tuple[Token, ...]]]:
        person = query.schema.is_person
        speller = self._spellers[person]
        for name in query.names:
            for reading in variants(name.text, person=person):
                yield name.text, reading
                parted = speller.parted(reading)
                if parted:
                    yield name.text, parted

    def _finding(
        self, query: Entity, owner: int, found: tuple[float, str, int, Asked], partition: Partition
    ) -> Finding:
        value, name, row, asked = found
        listing = self.listings[owner]
        return Finding(
            query_id=query.id, target_id=listing.entity.id, list_id=listing.list_id, score=round(value, 4),
            query_name=name, matched_name=partition.names[row], reasons=reasons(partition, asked, row),
        )  # fmt: skip
