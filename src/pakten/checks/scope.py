"""Who was compared in a member's control, and who could not be because nobody has told us of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pakten.checks.models import SubjectKind
from pakten.core.templatetags.formats import plural

# How ``checks.subjects`` begins the words for a share; everything else is a post.
_OWNING = ("äger ", "ägare ")


@dataclass(frozen=True, slots=True)
class Scope:
    """How many persons and owners of a member were compared, each counted once for all lists."""

    persons: int
    owners: int

    @property
    def sentence(self) -> str:
        """In words, the unknown part last: what nobody has told us of was not compared."""
        if not self.persons and not self.owners:
            return "Bara organisationens namn är jämfört. Vi känner inte till några personer eller ägare."
        known = [
            plural(number, words)
            for number, words in ((self.persons, "person,personer"), (self.owners, "ägare,ägare"))
            if number
        ]
        compared = f"{' och '.join([', '.join(['Organisationen', *known[:-1]]), known[-1]])} är jämförda."
        if self.persons and self.owners:
            return f"{compared} Andra personer eller ägare känner vi inte till."
        return f"{compared} Vi känner inte till några {'ägare' if self.persons else 'personer'}."


def scope_of(items: Iterable[Mapping[str, Any]]) -> Scope:
    """The scope of a control, from its stored items or from its receipt's."""
    persons: set[str] = set()
    owners: set[str] = set()
    for item in items:
        # One who both owns and has a post bears one name, and counts as both.
        owning = [role.startswith(_OWNING) for role in item["roles"]]
        if item["kind"] == SubjectKind.OWNER or any(owning):
            owners.add(item["name"])
        if item["kind"] == SubjectKind.PERSON or not all(owning):
            persons.add(item["name"])
    return Scope(len(persons), len(owners))
