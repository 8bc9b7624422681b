"""Members at the end = members at the start + those who came - those who left, for any register."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from tests.web.members import register

from pakten.members.models import Membership, State
from pakten.members.queries import flow
from pakten.organisations.models import Organisation

pytestmark = pytest.mark.django_db
FIRST = date(2020, 1, 1)


def members(day: date) -> int:
    return flow.periods().filter(flow.member_on(day)).values("organisation").distinct().count()


def random_register(dice: random.Random) -> None:
    """Periods that overlap, touch, have no length, no known first day; records that were merged."""
    rows = [register.organisation(f"Organisation {serial}") for serial in range(6)]
    for row in rows:
        for _ in range(dice.randrange(4)):
            joined = FIRST + timedelta(days=dice.randrange(60))
            end = joined + timedelta(days=dice.choice([0, 1, 5, 20]))
            made = Membership.objects.create(
                organisation=row,
                state=State.ENDED,
                joined_on=dice.choice([joined, joined, None]),
                ended_on=end,
            )
            stored = FIRST + timedelta(days=dice.randrange(90))
            noon = timezone.make_aware(datetime(stored.year, stored.month, stored.day, 12))
            Membership.objects.filter(pk=made.pk).update(created_at=noon)
        if dice.random() < 0.5:
            begun = FIRST + timedelta(days=dice.randrange(80))
            Membership.objects.create(organisation=row, joined_on=dice.choice([begun, None]))
    Organisation.objects.filter(pk=rows[0].pk).update(merged_into=rows[1])


@pytest.mark.parametrize("seed", range(20))
def test_the_law_of_members(seed: int) -> None:
    dice = random.Random(seed)
    random_register(dice)
    for _ in range(6):
        start = FIRST + timedelta(days=dice.randrange(-5, 80))
        end = start + timedelta(days=dice.randrange(1, 40))
        span = (start + timedelta(days=1), end)
        periods = flow.periods()
        came = periods.filter(flow.came_between(*span)).count()
        stored = periods.filter(flow.stored_between(*span)).count()
        left = periods.filter(flow.left_between(*span)).count()
        assert members(end) == members(start) + came + stored - left, (start, end)


def test_who_joins_and_leaves_counts_at_the_end_of_the_day() -> None:
    row = register.member(joined=date(2022, 3, 1))
    register.left(row, date(2022, 5, 24))
    assert [members(date(2022, 2, 28)), members(date(2022, 3, 1))] == [0, 1]
    assert [members(date(2022, 5, 23)), members(date(2022, 5, 24))] == [1, 0]


def test_an_unknown_day_is_told_and_not_guessed() -> None:
    Membership.objects.create(organisation=register.organisation())
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    assert (members(today), members(yesterday)) == (1, 0)
    assert flow.periods().filter(flow.perhaps_member_on(yesterday)).count() == 1
    assert not flow.periods().filter(flow.perhaps_member_on(today))


def test_who_came_back_is_counted_both_times() -> None:
    row = register.member(joined=date(2020, 1, 1))
    register.left(row, date(2020, 6, 1))
    Membership.objects.create(organisation=row.organisation, joined_on=date(2021, 1, 1))
    periods = flow.periods()
    assert periods.filter(flow.came_between(date(2020, 1, 1), date(2021, 12, 31))).count() == 2
    assert periods.filter(flow.left_between(date(2020, 1, 1), date(2021, 12, 31))).count() == 1
