"""A member who is new, or whom nobody has got to yet, is due at once, also before any control."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.web.checks.world import World
from tests.web.watching.taking_up import take_up

from pakten.accounts.models import Role
from pakten.checks.models import BasicControl, BasicState
from pakten.jobs import timetable
from pakten.jobs.models import Schedule
from pakten.watching.models import Trigger, Watched
from pakten.watching.queries import due
from pakten.watching.queries.standing import members_at, standing
from pakten.watching.queries.waiting import anything_to_take_up
from pakten.watching.services import halting
from pakten.watching.services.wanting import meet_new


def test_a_new_member_is_due_at_once_before_any_control(world: World) -> None:
    member = world.member("Kvintor Handel")
    assert list(due.not_met()) == [member] and due.anyone_new()
    assert meet_new() == 1
    [row] = due.due()
    assert row.membership == member and row.next_on == timezone.localdate()
    assert row.parts[0]["words"].startswith("Aldrig kontrollerad")
    assert list(due.never()) == [row] and list(due.due_to_order()) == [row]
    assert standing()["never"] == 1 and list(members_at("aldrig")) == [member]
    assert not due.anyone_new() and meet_new() == 0
    assert not anything_to_take_up(), "the machine compares nobody before a person has begun"


def test_a_finished_check_list_ends_it(world: World) -> None:
    member = world.member("Kvintor Handel")
    meet_new()
    BasicControl.objects.create(
        organisation=member.organisation,
        items_version="grund-0",
        state=BasicState.DONE,
        done_by=world.officer,
        done_at=timezone.now(),
    )
    assert not due.never().exists() and standing()["never"] == 1, "the lists are another question"


def test_the_clock_puts_new_members_in_order_also_while_all_is_stopped(
    world: World, run_jobs: Callable[[], None]
) -> None:
    world.member("Kvintor Handel")
    halting.press(actor=world.manager, reason="Prov")
    timetable.tick()
    Schedule.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    timetable.tick()
    run_jobs()
    assert due.never().count() == 1


def test_new_after_the_first_control_is_compared_within_the_minute(world: World) -> None:
    world.take()
    world.member("Kvintor Handel")
    world.run()
    Trigger.objects.all().delete()
    new = world.member("Velmark Torvin")
    assert anything_to_take_up()
    take_up()
    assert standing()["never"] == 0 and world.control_of(new).result == "met"
    assert Watched.objects.get(membership=new).next_on == timezone.localdate()


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.ADMINISTRATOR])
def test_nothing_is_told_as_measured_before_it_is(
    world: World, signed_in_client: Callable[[Role], Client], role: Role
) -> None:
    world.take()
    world.member("Kvintor Handel")
    client = signed_in_client(role)
    page = client.get(reverse("watching:overview")).text
    assert "Inte mätt än." in page and "0,0" not in page
    assert "Nya medlemmar läggs in i ordningen inom en minut." in page
    assert "Ingen har kontrollerat nätverket än." in page
    meet_new()
    page = client.get(reverse("watching:overview")).text
    assert "Aldrig kontrollerad" in page and "Inte mätt än." in page
    world.run()
    page = client.get(reverse("watching:overview")).text
    assert "Inte mätt än." not in page and "100,0" in page


def test_every_count_opens_as_many_rows(world: World, signed_in_client: Callable[[Role], Client]) -> None:
    world.take()
    world.member("Kvintor Handel")
    world.run()
    world.member("Velmark Torvin")
    meet_new()
    client = signed_in_client(Role.CASE_OFFICER)
    page = client.get(reverse("watching:overview")).text
    waits = Trigger.objects.count()
    for address, number in (
        ("/bevakning/laget/?result=met", 1),
        ("/bevakning/laget/?result=unknown", 0),
        ("/bevakning/laget/?result=aldrig", 1),
        ("/bevakning/ordning/?visa=dags", 2),
        ("/bevakning/ordning/?visa=aldrig", 2),
    ):
        assert address in page, address
        assert client.get(address).text.count("<tr data-item>") == number, address
    assert client.get("/bevakning/vantar/").text.count("<tr data-item>") == waits
    assert "/bevakning/vantar/?orsak=member" in page
    made = take_up()
    page = client.get(reverse("watching:overview")).text
    one = f"/bevakning/omkontroller/{made.pk}/"
    assert f'{one}#berorda">{made.touched}<' in page
    assert f'{one}inte-berorda/">{made.untouched}<' in page
    rows = client.get(f"{one}inte-berorda/").text.count("<tr data-item>")
    assert rows == made.untouched
