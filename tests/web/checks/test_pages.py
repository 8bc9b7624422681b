"""Every page of this area is well made, and asks the database a bounded number of times."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.people import person
from tests.web.checks.world import LISTED_FIRM, LISTED_PERSON, World, board, parties, party
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, User
from pakten.checks.models import Control, ControlRun, Likeness
from pakten.organisations.models import Sector

CEILING = 30


@pytest.fixture
def busy(world: World) -> World:
    """Two editions, one finished run, likenesses of a firm and of a board member."""
    world.take()
    world.take([*parties(), party(900, "Ny på listan")], day=2)
    world.member("Norrskenets Åkeri AB", board(LISTED_PERSON, "1961"))
    world.member(LISTED_FIRM)
    world.member("Kvarnens kommunförbund", sector=Sector.PUBLIC)
    world.run()
    return world


def addresses() -> list[str]:
    """Every page that is read, in the busy world."""
    run = ControlRun.objects.get()
    control = Control.objects.filter(likenesses__isnull=False).first()
    likeness = Likeness.objects.first()
    assert control and likeness
    public_id = control.membership.organisation.public_id
    return [
        reverse("core:home"),
        reverse("checks:control"),
        reverse("checks:confirm_old"),
        reverse("checks:run", args=[run.pk]),
        reverse("checks:run", args=[run.pk]) + "?result=unknown&sok=norr",
        reverse("checks:member", args=[run.pk, public_id]),
        reverse("checks:receipt", args=[control.pk]),
        *(reverse("checks:selection", args=[which]) for which in ("aldrig", "lange-sedan", "vilande")),
        reverse("checks:likenesses"),
        *(
            reverse("checks:likenesses") + f"?flik={tab}"
            for tab in ("bekrafta", "bedomda", "borta", "nonsens")
        ),
        reverse("checks:likeness", args=[likeness.pk]),
        reverse("checks:lists"),
        reverse("checks:list", args=["pakten-demo"]),
        reverse("checks:list", args=["eu-fsf"]),
        reverse("checks:changes", args=["pakten-demo"]),
        reverse("checks:changes", args=["eu-fsf"]),
        reverse("members:tab", args=[public_id, "kontroll"]),
    ]


def client_of(user: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(user)
    return client


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.MANAGER])
def test_every_page_opens_within_thirty_queries(
    busy: World, role: Role, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(person(role))
    for address in addresses():
        with django_assert_max_num_queries(CEILING):
            response = client.get(address)
        assert response.status_code == 200, address


def test_the_pages_before_anything_has_happened(world: World) -> None:
    client = client_of(world.officer)
    for name in ("core:home", "checks:control", "checks:likenesses", "checks:lists"):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.MEMBER_CONTACT, Role.RECEIVING_UNIT, None])
def test_those_outside_see_nothing_of_controls(
    busy: World, role: Role | None, signed_in_client: Callable
) -> None:
    client = signed_in_client(role)
    for address in addresses()[1:-1]:
        assert client.get(address).status_code == 403, address


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.REGISTRAR, Role.BOARD_SECRETARY, Role.ADMINISTRATOR])
def test_other_staff_see_lists_but_no_controls_of_persons(
    busy: World, role: Role, signed_in_client: Callable
) -> None:
    client = signed_in_client(role)
    statuses = {address: client.get(address).status_code for address in addresses()[1:-1]}
    assert {status for address, status in statuses.items() if address.startswith("/kontroll/")} == {403}
    assert {status for address, status in statuses.items() if address.startswith("/listor/")} == {200}
    tab = client.get(addresses()[-1])
    assert LISTED_PERSON not in tab.content.decode()


def test_an_auditor_reads_but_judges_nothing(busy: World) -> None:
    client = client_of(person(Role.AUDITOR))
    for address in addresses()[1:]:
        if address != reverse("checks:confirm_old"):
            assert client.get(address).status_code == 200, address
    likeness = Likeness.objects.first()
    assert likeness
    assert client.post(reverse("checks:likeness", args=[likeness.pk]), {"verdict": "same"}).status_code == 403
    assert client.post(reverse("checks:start")).status_code == 403
