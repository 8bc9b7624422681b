"""The register as an import sees it: found by number, else by name and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Self

from pakten.members.models import Membership
from pakten.members.queries import memberships
from pakten.organisations.facts import PersonFacts
from pakten.organisations.keys import match_key, search_key
from pakten.organisations.models import KnownPerson, Organisation, OrganisationName

Held = tuple[str, str, str]

# The same names are asked for many times in one import, and a long file holds the register meanwhile.
name_key = lru_cache(maxsize=2**15)(match_key)


class Register:
    """Organisations with what an import may tell of them, in memory, so that planning makes no query."""

    def __init__(self) -> None:
        self.memberships: dict[int, Membership] = {}
        self.names: dict[int, set[str]] = defaultdict(set)
        self.persons: dict[int, set[Held]] = defaultdict(set)
        self.merged_numbers: set[str | None] = set()  # of records for which another one stands now
        self._organisations: dict[int, Organisation] = {}
        self._by_number: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = defaultdict(list)

    @classmethod
    def stored(cls) -> Self:
        """The register as it is now, in five queries."""
        register = cls()
        for row in Organisation.objects.filter(merged_into=None):
            register.put(row)
        names = OrganisationName.objects.filter(organisation__merged_into=None)
        for pk, name in names.values_list("organisation_id", "name"):
            register.put_name(pk, name)
        merged = Organisation.objects.exclude(merged_into=None).exclude(org_nr=None)
        register.merged_numbers.update(merged.values_list("org_nr", flat=True))
        held = KnownPerson.objects.filter(valid_to=None)
        for pk, name, role, birth_date in held.values_list("organisation_id", "name", "role", "birth_date"):
            register.persons[pk].add((name, role, birth_date))
        register.memberships = {row.organisation_id: row for row in memberships()}
        return register

    def twin(self) -> Self:
        """The same register, in which ``put`` changes nothing of this one."""
        twin = type(self)()
        twin.memberships = dict(self.memberships)
        twin.names.update({pk: set(names) for pk, names in self.names.items()})
        twin.persons.update({pk: set(persons) for pk, persons in self.persons.items()})
        twin.merged_numbers = self.merged_numbers
        twin._organisations = dict(self._organisations)
        twin._by_number = dict(self._by_number)
        twin._by_name.update({key: list(rows) for key, rows in self._by_name.items()})
        return twin

    def put(self, organisation: Organisation) -> None:
        """Add the organisation, or let it take the place of the one with its key."""
        pk = organisation.pk
        self._organisations[pk] = organisation
        if organisation.org_nr:
            self._by_number[organisation.org_nr] = pk
        self._find_under(organisation.legal_name, pk)

    def put_name(self, pk: int, name: str) -> None:
        """Add another name of the organisation with this key."""
        self.names[pk].add(name)
        self._find_under(name, pk)

    def put_persons(self, pk: int, persons: Iterable[PersonFacts]) -> None:
        """Add persons who hold their roles today."""
        self.persons[pk].update((each.name, str(each.role), each.birth_date) for each in persons)

    def by_number(self, number: str) -> Organisation | None:
        pk = self._by_number.get(number)
        return None if pk is None else self._organisations[pk]

    def by_name(self, name: str) -> list[Organisation]:
        """Those of the same name, legal form and accents apart, wherever they are."""
        return [self._organisations[pk] for pk in self._by_name.get(name_key(name), ())]

    def alike(self, organisation: dict[str, Any]) -> list[Organisation]:
        """Those of the same name, in the same place or with none known."""
        found = self.by_name(organisation["legal_name"])
        return [row for row in found if same_place(row.place, organisation.get("place", ""))]

    def _find_under(self, name: str, pk: int) -> None:
        under = self._by_name[name_key(name)]
        if pk not in under:
            under.append(pk)


def same_place(one: str, other: str) -> bool:
    """Whether two places are the same, or one of them is not known."""
    return not one or not other or search_key(one) == search_key(other)
