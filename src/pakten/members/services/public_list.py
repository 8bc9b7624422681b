"""Writing the frozen rows of the published list: whenever a membership or an organisation's name changes."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet

from pakten.members.models import Membership, PublicMember, State
from pakten.organisations.keys import search_key, sort_key
from pakten.organisations.models import Organisation


def refresh(organisation: Organisation) -> None:
    """Write the organisation's row anew, in the caller's transaction."""
    refresh_many([organisation.pk])


@transaction.atomic
def refresh_many(organisation_ids: Iterable[int]) -> None:
    """Write the rows of these organisations anew; what is as it should be is left."""
    ids = set(organisation_ids)
    _write(Membership.objects.filter(organisation__in=ids))


@transaction.atomic
def rebuild() -> tuple[int, int]:
    """Write the whole list anew; how many rows were put in or changed, and how many were taken away."""
    return _write(Membership.objects.all())


def shown(membership: Membership) -> PublicMember:
    """The row as the working data say that it should be."""
    name = membership.organisation.legal_name
    return PublicMember(
        membership=membership,
        name=name,
        sector=membership.organisation.sector,
        search_key=search_key(name),
        sort_key=sort_key(name),
    )


def _write(memberships: QuerySet[Membership]) -> tuple[int, int]:
    members = memberships.filter(state=State.ACTIVE, published=True).select_related("organisation")
    wanted = {membership.pk: shown(membership) for membership in members}
    rows = PublicMember.objects.filter(membership__in=memberships.order_by().values("pk"))
    known = {row.membership_id: row for row in rows}
    new = [row for pk, row in wanted.items() if pk not in known]
    # A row that another transaction puts in at this moment says the same.
    PublicMember.objects.bulk_create(new, ignore_conflicts=True)
    changed = sum(_settle(known[pk], row) for pk, row in wanted.items() if pk in known)
    gone = [row for pk, row in known.items() if pk not in wanted]
    for row in gone:
        row.delete()
    return len(new) + changed, len(gone)


def _settle(known: PublicMember, wanted: PublicMember) -> bool:
    facts = {name: getattr(wanted, name) for name in ("name", "sector", "search_key", "sort_key")}
    if all(getattr(known, name) == value for name, value in facts.items()):
        return False
    PublicMember.objects.filter(pk=known.pk).update(**facts)
    return True
