"""When members are gone through next: the parts and nothing but the parts; and who is ordered first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import httpx
import pytest
from django.utils import timezone
from pytest_django import Settings
from tests.web.checks.world import World, board

from pakten.checks.basic.items import in_force
from pakten.checks.models import BasicControl, BasicState, ListInForce
from pakten.checks.queries import lists
from pakten.demo.sanctions import LIST_ID
from pakten.organisations.facts import FactSource, StakeFacts
from pakten.organisations.models import OwnerType, Sector
from pakten.organisations.services import add_ownership_stake
from pakten.watching.interval import Exposure, after_months, rules_for
from pakten.watching.models import Watched
from pakten.watching.queries import due
from pakten.watching.refusals import Stopped
from pakten.watching.services import fetching, halting, wanting
from pakten.watching.services.calendar import reckon
from pakten.watching.services.standing import follow
from vandel.lists import ListSource


def test_the_shortest_rule_counts_and_all_are_shown() -> None:
    private = Exposure(Sector.PRIVATE)
    assert [rule.months for rule in rules_for(private)] == [12]
    assert [rule.months for rule in rules_for(Exposure(Sector.PUBLIC))] == [24]
    worst = replace(private, foreign_owners=1, persons_unknown=True, deviations=1, undecided=2, unknown=True)
    assert [rule.slug for rule in rules_for(worst)] == [
        "avvikelse",
        "vet-inte",
        "oavgjord",
        "utland",
        "inga-personer",
        "privat",
    ]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 11, 15), 1, date(2026, 12, 15)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2024, 2, 29), 24, date(2026, 2, 28)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, then: date) -> None:
    assert after_months(day, months) == then


def test_each_part_stands_for_itself(world: World) -> None:
    world.take()
    member = world.member("Kvintor Handel", board("Orvelin Brenvik"))
    stake = StakeFacts(OwnerType.ORGANISATION, "Velmark Holding", owner_country="fi")
    add_ownership_stake(
        member.organisation, stake, actor=world.officer, source=FactSource("Prov", recorded_at=world.now())
    )
    follow([member.pk])
    reckon([member.pk])
    watched = Watched.objects.get()
    words = [part["words"] for part in watched.parts]
    assert words[0] == "Aldrig kontrollerad: checklistan är aldrig genomgången"
    assert any("annat land" in each for each in words)
    assert "Vi känner inte till några ägare" not in words
    assert watched.next_on == timezone.localdate()
    assert list(due.due_to_order()) == [watched]
    # A finished check list answers it: from then on the rules count.
    done_at = timezone.now()
    BasicControl.objects.create(
        organisation=member.organisation,
        items_version="grund-0",
        state=BasicState.DONE,
        done_by=world.officer,
        done_at=done_at,
    )
    reckon([member.pk])
    watched.refresh_from_db()
    assert "ny version" in watched.parts[0]["words"], "another check list than the one in force"
    BasicControl.objects.update(items_version=in_force(timezone.localdate()).version)
    reckon([member.pk])
    watched.refresh_from_db()
    assert watched.next_on == after_months(timezone.localdate(done_at), 6)


def test_no_more_are_ordered_a_day_than_people_can_take(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    members = [world.member(f"Kvintor Handel nummer {number}") for number in range(3)]
    follow([member.pk for member in members])
    reckon([member.pk for member in members])
    monkeypatch.setattr(wanting, "A_DAY", 2)
    assert wanting.order_due() == 2
    assert BasicControl.objects.filter(state=BasicState.OPEN).count() == 2
    assert due.due_to_order().count() == 1 and due.due().count() == 3
    halting.press(actor=world.manager, reason="Prov")
    with pytest.raises(Stopped):
        wanting.order_due()
    assert not wanting.may_order(), "and a demonstration never opens any by itself"


def test_lists_are_fetched_when_their_time_comes_and_switched_on(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.take(ago=timedelta(hours=20))
    source = _with_address(monkeypatch)
    settings.FETCH_LISTS = False
    assert not fetching.anything_due(), "off where there is no network"
    settings.FETCH_LISTS = True
    assert [line.list_id for line in fetching.due()] == [LIST_ID]
    client = httpx.Client(transport=httpx.MockTransport(lambda _request: httpx.Response(503)))
    told = fetching.fetch_due(tell=lambda _done, _total: None, client=client)
    assert "hämtades inte" in told
    row = ListInForce.objects.get()
    assert row.refusal and row.edition is not None, "the edition in force stays, and the failure is told"
    ListInForce.objects.update(held={"sha256": "x"})
    assert not fetching.due(), "a file that waits for a person is left"
    ListInForce.objects.update(held={}, in_use=False)
    assert not fetching.due() and source.address


def _with_address(monkeypatch: pytest.MonkeyPatch) -> ListSource:
    demo = next(one for one in lists.known_sources() if one.id == LIST_ID)
    source = replace(demo, address="https://lista.example/lista.xml", warn_after_hours=24)
    monkeypatch.setattr(lists, "known_sources", lambda: [source])
    return source
