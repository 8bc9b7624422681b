"""Hearing of changes: each is written down in the transaction that made it, and taken up by the clock."""

from __future__ import annotations

from collections.abc import Collection

from pakten.organisations.changes import Change
from pakten.organisations.models import OwnershipStake
from pakten.organisations.queries import MAX_OWNER_LEVELS
from pakten.watching.models import Cause, Trigger
from pakten.watching.services.standing import chunks


def hear(change: Change) -> None:
    """Keep the change for the next re-control: written with the change, or undone with it."""
    keep(Cause(change.kind.value), change.because, organisation_ids=change.organisation_ids, **change.about)


def keep(kind: Cause, because: str, *, organisation_ids: Collection[int] | None, **about: object) -> Trigger:
    """Keep a reason to control again. ``organisation_ids`` None: all members."""
    return Trigger.objects.create(
        kind=kind,
        because=because,
        organisation_ids=None if organisation_ids is None else sorted(organisation_ids),
        about=about,
    )


def with_those_below(organisation_ids: Collection[int]) -> set[int]:
    """These organisations and those that they own, step by step: an owner's owner is compared too."""
    found, level = set(organisation_ids), set(organisation_ids)
    for _ in range(MAX_OWNER_LEVELS):
        level = _owned_by(level) - found
        if not level:
            break
        found |= level
    return found


def _owned_by(owners: Collection[int]) -> set[int]:
    stakes = OwnershipStake.objects.order_by().values_list("asset_id", flat=True)
    return {asset for keys in chunks(sorted(owners)) for asset in stakes.filter(owner__in=keys)}
