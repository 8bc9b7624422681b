"""What differs between two editions, and whom that touches: an index of the difference, not of the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings

from pakten.checks.ground import ListsInForce
from pakten.checks.models import Likeness, LikenessState
from pakten.checks.services.comparison import index_of
from pakten.checks.subjects import Member
from vandel.evidence import digest_of_value
from vandel.lists import Diff, EditionStore, diff
from vandel.matching import Index
from vandel.matching.partition import Usage
from vandel.model import Entity, Schema

# Far below what brings a person to look. A member with an entry as near as this in the difference is compared
# anew in full: also entries that are no likeness may push others out of the index's short list.
NEAR = 0.35

Step = tuple[str, str, str]  # a list, the edition that a member was compared with, the one in force


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference between two editions of one list, and the means to ask whom it touches."""

    step: Step
    found: Diff
    index: Index
    bearing: frozenset[int]  # organisations with a likeness to an entry that went or changed

    def touches(self, member: Member, organisation_id: int) -> bool:
        """Whether anything in it may concern the member, its persons or its owners."""
        if organisation_id in self.bearing:
            return True
        if not self.found or member.subject.organisation.schema is Schema.PUBLIC_BODY:
            return False
        return any(self._is_near(bearer.entity) for bearer in member.bearers.values())

    def told(self) -> dict[str, Any]:
        """For the receipt: the two editions, how much differs, and the digest of what does."""
        list_id, old, new = self.step
        entries = [self.found.came, self.found.went, [(one.old, one.new) for one in self.found.changed]]
        return {
            "list_id": list_id,
            "from": old,
            "to": new,
            **self.found.counts,
            "sha256": digest_of_value(entries),
        }

    def _is_near(self, asked: Entity) -> bool:
        # A birth date can put a score down, and what differs in it waits for a person nevertheless.
        undated = replace(asked, birth_dates=()) if asked.birth_dates else asked
        return any(self.index.search(one, threshold=NEAR, limit=1) for one in {undated: 1, asked: 1})


class Differences:
    """All differences of one re-control, each made once however many members stand at its beginning."""

    def __init__(self, ground: ListsInForce) -> None:
        self._store = EditionStore(settings.LIST_STORE)
        self._whole = index_of(self._store, ground)
        self._usage: tuple[Usage, Usage] = self._whole.usage
        self._no_words = Index.build((), usage=self._usage)
        self._now = {it["list_id"]: it["edition_id"] for it in ground.editions}
        self._made: dict[Step, Difference] = {}

    @property
    def made(self) -> Sequence[Difference]:
        """Those that were needed."""
        return tuple(self._made.values())

    def since(self, editions: Mapping[str, str]) -> list[Difference]:
        """From where a member stands to what is in force. Raises ListRefused when an edition is damaged."""
        steps = ((list_id, editions.get(list_id, ""), new) for list_id, new in self._now.items())
        return [self._difference(step) for step in steps if step[1] and step[1] != step[2]]

    def reads_anew(self, member: Member) -> bool:
        """Whether words that are newer than the measure decide how a name of the member is read."""
        return any(
            not index.reads_as(self._no_words, bearer.entity)
            for bearer in member.bearers.values()
            for index in (self._whole, *(one.index for one in self._made.values()))
        )

    def _difference(self, step: Step) -> Difference:
        if step not in self._made:
            list_id, old, new = step
            found = diff(self._store.load(list_id, old), self._store.load(list_id, new))
            entries = [*found.came, *found.went]
            entries += [entry for change in found.changed for entry in (change.old, change.new)]
            self._made[step] = Difference(
                step, found, Index.build(entries, usage=self._usage), _bearing(list_id, found)
            )
        return self._made[step]


def _bearing(list_id: str, found: Diff) -> frozenset[int]:
    targets = {listing.entity.id for listing in found.went} | {change.id for change in found.changed}
    rows = Likeness.objects.filter(list_id=list_id).exclude(state=LikenessState.GONE).order_by()
    return frozenset(
        organisation
        for target, organisation in rows.values_list("target_id", "organisation_id").iterator()
        if target in targets
    )
