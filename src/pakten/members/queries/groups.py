"""Reads: the group that an organisation belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from pakten.members.queries.memberships import counted
from pakten.organisations.keys import match_key
from pakten.organisations.models import Branch, Organisation
from pakten.organisations.queries import by_number
from vandel.ids import orgnr

# Longer chains are cut: no group that we know of is as deep.
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Group:
    """Those above, nearest first; those with the same parent; those right below."""

    above: tuple[Organisation, ...]
    sisters: tuple[Organisation, ...]
    below: tuple[Organisation, ...]


def group_of(organisation: Organisation) -> Group:
    """The group, each with ``is_member``. A record that was merged away is in no group."""
    rows = _records()
    above: list[Organisation] = []
    parent = organisation.group_parent_id
    while parent is not None and len(above) < _DEEPEST:
        above.append(rows.get(pk=parent))
        parent = above[-1].group_parent_id
    sisters = rows.filter(group_parent=organisation.group_parent_id).exclude(pk=organisation.pk)
    return Group(
        tuple(above),
        tuple(sisters) if above else (),
        tuple(rows.filter(group_parent=organisation.pk)),
    )


def branches_of(organisation: Organisation) -> QuerySet[Branch]:
    """The places of work, those that are no more last."""
    return organisation.branches.order_by("valid_to", "name", "pk")


def named(words: str) -> list[Organisation]:
    """The organisations that a person means by a number or a name; several where the name is not alone."""
    number = orgnr.normalize(words)
    if number is not None:
        found = by_number(number)
        return [found] if found else []
    key = match_key(words)
    return list(_records().filter(match_key=key)[:5]) if key else []


def _records() -> QuerySet[Organisation]:
    is_member = Exists(counted().filter(organisation=OuterRef("pk")))
    rows = Organisation.objects.filter(merged_into=None).annotate(is_member=is_member)
    return rows.order_by("sort_key", "pk")
