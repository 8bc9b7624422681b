"""Reads: what is known of organisations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import F, Q, QuerySet

from pakten.accounts.models import User
from pakten.organisations.models import (
    ContactPerson,
    KnownPerson,
    Organisation,
    OrganisationName,
    OwnershipStake,
)

T = TypeVar("T", OrganisationName, KnownPerson)

# Longer chains of owners than this are cut; each level costs one query.
MAX_OWNER_LEVELS = 8


@dataclass(frozen=True, slots=True)
class SubjectData:
    """All that a control needs of one organisation: rows as stored, valid on the day asked for.

    ``stakes`` are the organisation's own owners first, then the owners' owners, up to ``MAX_OWNER_LEVELS``;
    ``stake.asset_id`` and ``stake.owner_id`` tie the levels together.
    """

    organisation: Organisation
    names: tuple[OrganisationName, ...]
    persons: tuple[KnownPerson, ...]
    stakes: tuple[OwnershipStake, ...]


def valid_on(day: date) -> Q:
    """The filter for facts with ``valid_from`` and ``valid_to`` that hold on ``day``."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    return begun & (Q(valid_to=None) | Q(valid_to__gt=day))


def subjects(organisation_ids: Collection[int], *, as_of: date) -> dict[int, SubjectData]:
    """What is known on ``as_of`` of each organisation, in at most 3 + MAX_OWNER_LEVELS queries.

    Hand in at most some thousand ids at a time; ids that don't exist are left out of the answer.
    """
    ids = set(organisation_ids)
    names = _by_organisation(OrganisationName.objects.filter(organisation__in=ids))
    persons = _by_organisation(KnownPerson.objects.filter(valid_on(as_of), organisation__in=ids))
    stakes = _stakes_upwards(ids, as_of)
    return {
        organisation.pk: SubjectData(
            organisation,
            tuple(names.get(organisation.pk, ())),
            tuple(persons.get(organisation.pk, ())),
            _reachable(organisation.pk, stakes),
        )
        for organisation in Organisation.objects.filter(pk__in=ids)
    }


def owners_of(organisation: Organisation, *, as_of: date) -> tuple[OwnershipStake, ...]:
    """The organisation's owners and their owners, nearest first."""
    return _reachable(organisation.pk, _stakes_upwards({organisation.pk}, as_of))


def by_number(org_nr: str) -> Organisation | None:
    """The organisation with this number (ten digits), if we have a record of it."""
    found = Organisation.objects.filter(org_nr=org_nr).first() if org_nr else None
    return standing(found) if found else None


def standing(organisation: Organisation) -> Organisation:
    """The record that stands for this one: itself, unless it was merged into another."""
    while organisation.merged_into is not None:
        organisation = organisation.merged_into
    return organisation


def contacts_of(organisation: Organisation) -> QuerySet[ContactPerson]:
    """All contacts that the organisation has or had, the main one first, those who have left last."""
    rows = organisation.contact_persons.select_related("user")
    return rows.order_by(F("valid_to").desc(nulls_first=True), "-is_main", "name", "pk")


def current_contacts(organisation: Organisation, *, as_of: date) -> QuerySet[ContactPerson]:
    """Those who are contacts on the day, the main one first."""
    rows = organisation.contact_persons.filter(valid_on(as_of)).select_related("user")
    return rows.order_by("-is_main", "name", "pk")


def current_contacts_of_user(user: User, *, as_of: date) -> QuerySet[ContactPerson]:
    """The organisations for which this account is a contact on the day; never one that was merged away."""
    rows = ContactPerson.objects.filter(valid_on(as_of), user=user, organisation__merged_into=None)
    return rows.select_related("organisation").order_by("organisation__sort_key", "pk")


def _by_organisation(rows: QuerySet[T]) -> dict[int, list[T]]:
    grouped: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        grouped[row.organisation_id].append(row)
    return grouped


def _stakes_upwards(ids: set[int], as_of: date) -> dict[int, list[OwnershipStake]]:
    """Valid stakes by asset, for ``ids`` and everyone above them."""
    found: dict[int, list[OwnershipStake]] = defaultdict(list)
    seen: set[int] = set()
    level = ids
    for _ in range(MAX_OWNER_LEVELS):
        if not level:
            break
        seen |= level
        rows = OwnershipStake.objects.filter(valid_on(as_of), asset__in=level).select_related("owner")
        for stake in rows:
            found[stake.asset_id].append(stake)
        level = {s.owner_id for a in level for s in found.get(a, ()) if s.owner_id is not None} - seen
    return found


def _reachable(start: int, stakes: dict[int, list[OwnershipStake]]) -> tuple[OwnershipStake, ...]:
    collected: list[OwnershipStake] = []
    seen = {start}
    level = [start]
    while level:
        edges = [stake for asset in level for stake in stakes.get(asset, ())]
        collected += edges
        level = list(dict.fromkeys(s.owner_id for s in edges if s.owner_id and s.owner_id not in seen))
        seen.update(level)
    return tuple(collected)
