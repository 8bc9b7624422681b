"""Planted members: written, read and stored as real ones are, and taken back before anybody can see them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from pakten.checks.ground import Ground
from pakten.checks.services.comparison import Compared, Comparison
from pakten.checks.subjects import Member, member_of
from pakten.members.models import Membership
from pakten.organisations.models import (
    KnownPerson,
    Organisation,
    OwnershipStake,
    OwnerType,
    PersonRole,
    Sector,
)
from pakten.organisations.queries import subjects
from pakten.watching.planting import Plant

SOURCE = "Självtest"
T = TypeVar("T")


class _TakeBack(Exception):
    """Everything that was planted is taken back."""


class Planted:
    """One plant and the rows that bear it.

    Their keys are negative, which no database gives by itself: planted twice they are the same rows, and no
    number is used up.
    """

    def __init__(self, plant: Plant, number: int) -> None:
        self.plant = plant
        self._number = number
        bearer = self._organisation(SOURCE, place=1)
        self.membership = Membership(pk=-number, organisation=bearer, published=False)
        self.rows: list[Model] = [bearer, self.membership]
        if plant.listed.entity.schema.is_person:
            person = KnownPerson(
                pk=-number, organisation=bearer, name=plant.name, role=PersonRole.BOARD, **_sourced()
            )
            self.rows.append(person)
            return
        between = self._organisation(f"{SOURCE}, mellanled", place=2)
        self.rows += [
            between,
            self._stake(bearer, between.legal_name, place=1, owner=between),
            self._stake(between, plant.name, place=2),
        ]

    def _organisation(self, name: str, *, place: int) -> Organisation:
        key = name.casefold()
        return Organisation(
            pk=self._key(place),
            legal_name=name,
            sector=Sector.PRIVATE,
            search_key=key,
            sort_key=key,
            match_key=key,
            **_sourced(),
        )

    def _stake(
        self, asset: Organisation, name: str, *, place: int, owner: Organisation | None = None
    ) -> OwnershipStake:
        return OwnershipStake(
            pk=self._key(place),
            asset=asset,
            owner_type=OwnerType.ORGANISATION,
            owner_name=name,
            owner=owner,
            percentage=100,
            **_sourced(),
        )

    def _key(self, place: int) -> int:
        return -(2 * self._number + place)


class Prepared(Comparison):
    """A comparison whose answers about these members are made beforehand."""

    def __init__(self, ground: Ground, members: Sequence[Member]) -> None:
        super().__init__(ground)
        now = timezone.now()
        self._known = [super(Prepared, self).of(member, now) for member in members]

    def of(self, member: Member, now: datetime) -> Compared:
        """As made beforehand; of anybody else, or of what has come to be known otherwise, made now."""
        known = next((one for one in self._known if one.member == member), None)
        return known or super().of(member, now)


def read(planted: Sequence[Planted]) -> list[Member]:
    """What a control reads of them."""
    keys = [each.membership.organisation_id for each in planted]
    return [member_of(data) for data in subjects(keys, as_of=timezone.localdate()).values()]


def while_planted(planted: Sequence[Planted], act: Callable[[], T]) -> T:
    """What ``act`` gives while the rows are there; afterwards all that was written is taken back."""
    given: list[T] = []
    try:
        with transaction.atomic():
            for row in (row for each in planted for row in each.rows):
                row.save(force_insert=True)
            given.append(act())
            raise _TakeBack
    except _TakeBack:
        return given[0]


def _sourced() -> dict[str, Any]:
    return {"source": SOURCE, "recorded_at": timezone.now()}
