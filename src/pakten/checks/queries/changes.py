"""Reads: what differs between two editions of a list, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from pakten.checks.models import ListEdition
from pakten.checks.queries.lists import ListLine, editions_of
from vandel.lists import Change, Diff, EditionStore, diff

FIELD_WORDS = {
    "schema": "slag",
    "names": "namn",
    "countries": "land",
    "birth_dates": "födelsetid",
    "identifiers": "nummer",
    "addresses": "adress",
    "programs": "program",
    "listed_on": "datum för listningen",
    "reference": "rättsakt",
    "reference_url": "länk till rättsakten",
    "remarks": "anmärkning",
}


@dataclass(frozen=True, slots=True)
class Changes:
    """Two editions and what differs; ``old`` None = there is no earlier one to compare with."""

    new: ListEdition | None
    old: ListEdition | None
    diff: Diff | None
    editions: list[ListEdition]

    @property
    def changed(self) -> list[tuple[Change, str]]:
        """Each changed entry with the changed fields in words."""
        changes = self.diff.changed if self.diff else ()
        return [
            (change, ", ".join(FIELD_WORDS.get(name, name) for name in change.fields)) for change in changes
        ]


def between(line: ListLine, old_key: str, *, new_key: str) -> Changes:
    """The editions with these keys compared; by default the one in force with the one taken in before it.

    Raises ``vandel.lists.ListRefused`` when an edition on disk is damaged.
    """
    editions = list(editions_of(line.list_id))
    by_key = {str(edition.pk): edition for edition in editions}
    new = by_key.get(new_key) or line.edition
    earlier = [edition for edition in editions if new and edition.taken_at < new.taken_at]
    old = by_key.get(old_key) or (max(earlier, key=lambda edition: edition.taken_at) if earlier else None)
    if new is None or old is None or new.pk == old.pk:
        return Changes(new, None, None, editions)
    store = EditionStore(settings.LIST_STORE)
    found = diff(store.load(line.list_id, old.edition_id), store.load(line.list_id, new.edition_id))
    return Changes(new, old, found, editions)
