"""The demo's deviations: over the whole ladder, all of invented members, planted once."""

from __future__ import annotations

import pytest
from tests.web.deviations import made

from pakten.accounts.services import add_demo_people
from pakten.demo import deviations as planted
from pakten.deviations.models import Deviation, HearingState, Level
from pakten.members.models import Membership

pytestmark = pytest.mark.django_db


def test_they_stand_on_every_level(monkeypatch: pytest.MonkeyPatch) -> None:
    organisations = [made.organisation(f"Påhittade Sällskapet {n}") for n in range(len(planted._PLANTED))]
    monkeypatch.setattr(planted, "_organisations", lambda _kim: iter(organisations))
    people = add_demo_people()
    assert planted.seed_deviations(people) == len(planted._PLANTED)
    assert planted.seed_deviations(people) == len(planted._PLANTED), "planted once"
    for each in planted._PLANTED:
        assert Deviation.objects.get(title=each.title).level == each.level, each.title
    # Only an application that ends leads to the level that ends with it.
    reached = {level.value for level in Level if level is not Level.ENDED}
    assert {deviation.level for deviation in Deviation.objects.all()} == reached
    states = set(Deviation.objects.exclude(hearings=None).values_list("hearings__state", flat=True))
    assert states == set(HearingState.values)
    assert not Deviation.objects.filter(by_machine=True).exclude(level=Level.OBSERVATION).exists()
    assert Membership.objects.filter(state="active").count() == len(organisations)
