"""L-17: whoever has a conflict of interest about a member learns nothing of it from watching or control."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.checks.world import LISTED_PERSON, World, board
from tests.web.members.register import proposed_rest
from tests.web.watching.taking_up import take_up, told

from pakten.accounts.models import Role
from pakten.checks.models import ControlRun
from pakten.checks.queries import runs
from pakten.checks.queries.runs import ControlFilters
from pakten.checks.queries.told import WITHHELD
from pakten.members.models import Membership
from pakten.organisations.changes import ChangeKind
from pakten.records.services import declare_conflict
from pakten.watching.models import Recontrol, Trigger
from pakten.watching.services.wanting import look_around

CLOSED, OPEN = "Velmark Torvin", "Kvintor Handel"


@pytest.fixture
def closed(world: World) -> Membership:
    """The member about whom the officer has a conflict of interest; it was controlled with another one."""
    world.take()
    world.member(OPEN)
    member = world.member(CLOSED, board(LISTED_PERSON))
    world.run()
    Trigger.objects.all().delete()
    look_around()
    take_up()
    case = proposed_rest(member).case
    declare_conflict(case, world.officer, actor=world.officer, reason="Min svåger")
    return member


@pytest.fixture
def opens(world: World, signed_in_client: Callable[..., Client]) -> Callable[..., str]:
    """The page as the officer sees it."""
    client = signed_in_client(world.officer)

    def page(name: str, *args: object, query: str = "") -> str:
        response = client.get(reverse(f"watching:{name}", args=args) + query)
        assert response.status_code == 200, (name, response.status_code)
        return response.text

    return page


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("overview", ""),
        ("due", ""),
        ("due", "?visa=dags"),
        ("due", "?visa=aldrig"),
        ("members", ""),
        ("members", "?result=unknown"),
    ],
)
def test_the_lists_name_the_member_to_all_others(
    closed: Membership,
    opens: Callable[..., str],
    signed_in_client: Callable[[Role], Client],
    name: str,
    query: str,
) -> None:
    """L-17, with the manager as the one who sees that there is something to close."""
    assert CLOSED not in opens(name, query=query)
    other = signed_in_client(Role.MANAGER).get(reverse(f"watching:{name}") + query).text
    assert CLOSED in other and closed.pk


def test_no_count_is_one_more_than_its_list(
    closed: Membership, world: World, opens: Callable[..., str]
) -> None:
    """L-17: else the difference would tell how the member stands."""
    assert '<span class="visually-hidden"> medlemmar vars dag har kommit</span>' in opens("due")
    run = ControlRun.objects.order_by("pk").first()
    assert run is not None
    for reader, number in ((world.officer, 1), (world.manager, 2)):
        assert runs.controls_of(run, ControlFilters(), reader=reader).count() == number
        assert sum(runs.counts_now(run, reader).values()) == number
    assert runs.counts_now(run, world.officer)["unknown"] == 0
    assert runs.counts_now(run, world.manager)["unknown"] == 1
    assert runs.waiting_members(run, world.officer) == 0 and runs.waiting_members(run) == 1
    assert not runs.unchecked(run, world.officer)


def test_recontrols_and_what_waits_do_not_name_the_member(
    closed: Membership, opens: Callable[..., str], world: World, signed_in_client: Callable[..., Client]
) -> None:
    """L-17: neither by name, nor in a sentence, nor by a number, nor in the receipt as a file."""
    told(ChangeKind.REGISTER, closed, because=f"{CLOSED} har bytt styrelse.")
    assert CLOSED not in opens("waiting") and "Inget väntar" in opens("waiting", query="?orsak=register")
    made = take_up()
    assert made.touched == 1
    page = opens("recontrol", made.pk)
    assert CLOSED not in page and WITHHELD in page and "Ändringen rörde ingen medlem." in page
    every = opens("recontrols")
    assert CLOSED not in every and WITHHELD in every
    assert "jävig" not in page + every, "neither that there is something to hide"
    assert CLOSED not in opens("overview")
    daily = Recontrol.objects.get(kind="daily")
    assert OPEN in opens("untouched", daily.pk) and CLOSED not in opens("untouched", daily.pk)
    theirs, others = signed_in_client(world.officer), signed_in_client(Role.MANAGER)
    assert CLOSED in others.get(reverse("watching:recontrol", args=[made.pk])).text
    for each in (made, daily):
        address = reverse("watching:receipt_file", args=[each.pk])
        assert theirs.get(address).status_code == 403 and others.get(address).status_code == 200


def test_a_control_of_the_member_is_closed_on_every_page(
    closed: Membership, world: World, signed_in_client: Callable[..., Client]
) -> None:
    """L-17: the run, its files, the member in it, and the receipt."""
    control = world.control_of(closed)
    theirs, others = signed_in_client(world.officer), signed_in_client(Role.MANAGER)
    for name, args in (
        ("checks:run", [control.run_id]),
        ("checks:export", [control.run_id, "csv"]),
        ("checks:export", [control.run_id, "kvitton"]),
        ("sheets:run", [control.run_id]),
    ):
        address = reverse(name, args=args)
        assert CLOSED not in _content(theirs, address), name
        assert OPEN in _content(theirs, address) and CLOSED in _content(others, address), name
    public_id = closed.organisation.public_id
    for name, args in (
        ("checks:member", [control.run_id, public_id]),
        ("checks:receipt", [control.pk]),
        ("checks:receipt_file", [control.pk]),
    ):
        address = reverse(name, args=args)
        assert theirs.get(address).status_code == 403 and others.get(address).status_code == 200, name


def test_a_control_tells_why_it_was_made_to_those_who_may_know(
    closed: Membership, world: World, signed_in_client: Callable[..., Client]
) -> None:
    """L-17: the sentence of the change is copied to the control that it led to."""
    told(ChangeKind.REGISTER, closed, because=f"Uppgifterna om {CLOSED} har ändrats.")
    run = take_up().run
    assert run is not None and CLOSED in run.because
    address = reverse("checks:run", args=[run.pk])
    theirs = _content(signed_in_client(world.officer), address)
    assert CLOSED not in theirs and WITHHELD in theirs
    assert run.because in _content(signed_in_client(Role.MANAGER), address)


def _content(client: Client, address: str) -> str:
    return client.get(address).content.decode()
