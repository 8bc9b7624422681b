"""The register as an import sees it: found by number, else by name and place."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from pakten.members.models import Membership
from pakten.members.queries import memberships
from pakten.organisations.keys import match_key, search_key
from pakten.organisations.models import KnownPerson, Organisation, OrganisationName

Held = tuple[str, str, str]


class Register:
    """Everything that planning needs, in five queries, so that planning itself makes none."""

    def __init__(self) -> None:
        organisations = {row.pk: row for row in Organisation.objects.all()}
        self._by_number = {row.org_nr: row for row in organisations.values() if row.org_nr}
        self.memberships: dict[int, Membership] = {m.organisation_id: m for m in memberships()}
        self.names: dict[int, set[str]] = defaultdict(set)
        self._by_name: dict[str, list[Organisation]] = defaultdict(list)
        for row in organisations.values():
            self._by_name[row.match_key].append(row)
        for pk, name in OrganisationName.objects.values_list("organisation_id", "name"):
            self.names[pk].add(name)
            if organisations[pk] not in self._by_name[match_key(name)]:
                self._by_name[match_key(name)].append(organisations[pk])
        self.persons: dict[int, set[Held]] = defaultdict(set)
        held = KnownPerson.objects.filter(valid_to=None)
        for pk, *person in held.values_list("organisation_id", "name", "role", "birth_date"):
            self.persons[pk].add((person[0], person[1], person[2]))

    def by_number(self, number: str) -> Organisation | None:
        return self._by_number.get(number)

    def alike(self, organisation: dict[str, Any]) -> list[Organisation]:
        """Those of the same name, legal form and accents apart, in the same place or with none known."""
        found = self._by_name.get(match_key(organisation["legal_name"]), [])
        return [row for row in found if same_place(row.place, organisation.get("place", ""))]


def same_place(one: str, other: str) -> bool:
    """Whether two places are the same, or one of them is not known."""
    return not one or not other or search_key(one) == search_key(other)
