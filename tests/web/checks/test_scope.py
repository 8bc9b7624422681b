"""What a result says and does not say: who was compared, who is not known, which lists were left out."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from tests.web.checks.world import LISTED_FIRM, LISTED_PERSON, World, board
from tests.web.pages import CheckedClient

from pakten.checks import services
from pakten.checks.scope import scope_of
from pakten.organisations.models import Sector


def text(world: World, address: str) -> str:
    client = CheckedClient()
    client.force_login(world.officer)
    return client.get(address).content.decode()


def item(kind: str, name: str, *roles: str) -> dict[str, object]:
    return {"kind": kind, "name": name, "roles": list(roles)}


FIRM = item("organisation", "Norrskenets Åkeri AB")
ANNA, BO = item("person", "Anna", "styrelseledamot"), item("owner", "Bo", "äger 50 %")
BOTH = item("owner", "Ida", "äger 50 %", "styrelseledamot")


@pytest.mark.parametrize(
    ("items", "told"),
    [
        ([FIRM], "Bara organisationens namn är jämfört. Vi känner inte till några personer eller ägare."),
        ([FIRM, ANNA, ANNA], "Organisationen och 1 person är jämförda. Vi känner inte till några ägare."),
        ([FIRM, BO], "Organisationen och 1 ägare är jämförda. Vi känner inte till några personer."),
        (
            [FIRM, ANNA, BOTH],
            "Organisationen, 2 personer och 1 ägare är jämförda. Andra personer eller ägare känner vi "
            "inte till.",
        ),
    ],
)
def test_the_scope_says_what_is_not_known(items: list[dict[str, object]], told: str) -> None:
    assert scope_of(items).sentence.replace("\N{NO-BREAK SPACE}", " ") == told


def test_met_without_known_persons_says_so_on_the_page_the_tab_the_receipt_and_the_list(world: World) -> None:
    world.take()
    alone = world.member("Norrskenets Åkeri AB")
    world.member("Midvinterns Bageri AB", board("Ylva Granath"))
    world.member("Södra Rosenlund", sector=Sector.PUBLIC)
    run = world.run()
    control, told = world.control_of(alone), "Bara organisationens namn är jämfört."
    for address in (
        reverse("checks:member", args=[run.pk, alone.organisation.public_id]),
        reverse("members:tab", args=[alone.organisation.public_id, "kontroll"]),
        reverse("checks:receipt", args=[control.pk]),
    ):
        assert told in text(world, address)
    page = text(world, reverse("checks:run", args=[run.pk]))
    assert "Vi känner inte till några personer i organisationen." in page
    filtered = text(world, reverse("checks:run", args=[run.pk]) + "?hinder=inga-personer")
    assert "Norrskenets Åkeri AB" in filtered and "Midvinterns Bageri AB" not in filtered
    rows = text(world, reverse("checks:export", args=[run.pk, "json"])).splitlines()
    persons = {row["Medlem"]: row["Jämförda personer"] for row in map(json.loads, rows)}
    assert persons["Norrskenets Åkeri AB"] == 0 and persons["Midvinterns Bageri AB"] == 1


def test_binding_lists_that_were_not_used_are_named(world: World) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    page = text(world, reverse("checks:run", args=[world.run().pk]))
    assert "Kontrollen använde inte" in page and "FN:s konsoliderade sanktionslista" in page


def test_not_met_says_who_judged_and_what_it_does_not_decide(world: World) -> None:
    world.take()
    member = world.member("Norrskenets Åkeri AB", board(LISTED_PERSON, "1961-04-09"))
    run = world.run()
    address = reverse("checks:member", args=[run.pk, member.organisation.public_id])
    assert "1\N{NO-BREAK SPACE}namnlikhet väntar på en person." in text(world, address)
    likeness = world.judge("same")
    services.confirm(likeness.pk, actor=world.manager, version=likeness.version)
    page = text(world, address)
    assert f"Två personer har bedömt att {LISTED_PERSON} är samma som {LISTED_PERSON}" in page
    assert "Vad det betyder för medlemskapet avgörs för sig" in page


def test_a_judged_likeness_is_not_called_nothing_alike(world: World) -> None:
    world.take()
    member = world.member(LISTED_FIRM)
    run = world.run()
    world.judge("different")
    page = text(world, reverse("checks:member", args=[run.pk, member.organisation.public_id]))
    assert "Alla namnlikheter är bedömda" in page and "Inget av namnen som vi jämförde" not in page
