"""What differs between two states of a list: who came, who went, who changed and in which fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from vandel.model import Entity, Listing

_ENTITY_FIELDS = tuple(field.name for field in fields(Entity) if field.name != "id")
_LISTING_FIELDS = ("programs", "listed_on", "reference", "reference_url", "remarks")


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that is in both states, with the names of the fields in which they differ."""

    old: Listing
    new: Listing
    fields: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.new.entity.id

    @property
    def renamed(self) -> bool:
        """The name under which the entry stood is not among its names any more."""
        return self.old.entity.caption not in {name.text for name in self.new.entity.names}


@dataclass(frozen=True, slots=True)
class Diff:
    """``came`` and ``changed`` in the new state's order, ``went`` in the old one's."""

    came: tuple[Listing, ...]
    went: tuple[Listing, ...]
    changed: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.came or self.went or self.changed)

    @property
    def renamed(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changed if change.renamed)

    @property
    def counts(self) -> dict[str, int]:
        """How many came, went and changed."""
        return {"came": len(self.came), "went": len(self.went), "changed": len(self.changed)}

    def summary(self, examples: int = 5) -> str:
        """Counts and a few names, one line for each kind of difference."""
        lines = [f"came {len(self.came)}, went {len(self.went)}, changed {len(self.changed)}"]
        lines += [f"+ {listing.entity.id} {listing.entity.caption}" for listing in self.came[:examples]]
        lines += [f"- {listing.entity.id} {listing.entity.caption}" for listing in self.went[:examples]]
        lines += [
            f"~ {change.id} {change.old.entity.caption} ({', '.join(change.fields)})"
            for change in (*self.renamed, *self.changed)[:examples]
        ]
        return "\n".join(dict.fromkeys(lines))


def diff(old: Iterable[Listing], new: Iterable[Listing]) -> Diff:
    """Compare two states of one list by the entries' ids."""
    before = {listing.entity.id: listing for listing in old}
    after = {listing.entity.id: listing for listing in new}
    return Diff(
        came=tuple(listing for id, listing in after.items() if id not in before),
        went=tuple(listing for id, listing in before.items() if id not in after),
        changed=tuple(
            Change(before[id], listing, _changed_fields(before[id], listing))
            for id, listing in after.items()
            if id in before and before[id] != listing
        ),
    )


def _changed_fields(old: Listing, new: Listing) -> tuple[str, ...]:
    entity = tuple(name for name in _ENTITY_FIELDS if getattr(old.entity, name) != getattr(new.entity, name))
    return entity + tuple(name for name in _LISTING_FIELDS if getattr(old, name) != getattr(new, name))
