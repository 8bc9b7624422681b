"""Planted names go the way of real members; one that is missed turns every page of staff red."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from tests.web.checks.world import World, party

from pakten.accounts.models import Role
from pakten.alerts.models import Alert, AlertKind, AlertState
from pakten.audit.models import Entry
from pakten.checks.models import Control, ControlRun, Likeness
from pakten.checks.services.comparison import Comparison
from pakten.members.models import Membership
from pakten.organisations.models import KnownPerson, Organisation, OwnershipStake
from pakten.watching.models import Outcome, SelfTest
from pakten.watching.planting import How, in_cyrillic, misspelt, otherwise_written, plants
from pakten.watching.services.selftest import plant_and_look
from vandel.matching import Index
from vandel.model import Entity, Listing, Name, Schema
from vandel.screening import Screener

RED = "Kontrollen hittar inte allt den ska."
PLANTED = (Organisation, Membership, KnownPerson, OwnershipStake, Control, ControlRun, Likeness, Alert)


def counts() -> list[int]:
    return [model.objects.count() for model in PLANTED]  # type: ignore[attr-defined]


def test_planted_names_are_found_and_leave_nothing_behind(world: World) -> None:
    world.take()
    world.member("Kvintor Handel")
    before, last = counts(), Entry.objects.latest("pk").pk
    test = plant_and_look(actor=None)
    assert test.outcome == Outcome.PASSED, test.planted
    assert {row["how"] for row in test.planted} == {how.value for how in How}
    assert all(row["score"] >= 0.7 for row in test.planted)
    assert counts() == before, "planted names are nobody's members, persons, owners or likenesses"
    [entry] = Entry.objects.filter(pk__gt=last)
    assert entry.action == "watching.selftest.made", "and the log knows of the test alone"
    assert test.content["lists"][0]["sha256"] and test.content["rule_version"]
    with pytest.raises(DatabaseError), transaction.atomic():
        SelfTest.objects.update(outcome=Outcome.MISSED)


def test_one_that_is_missed_turns_all_pages_red_until_a_later_test_passes(
    world: World, monkeypatch: pytest.MonkeyPatch, signed_in_client: Callable[[Role], Client]
) -> None:
    world.take()
    search = Index.search

    def blind(self: Index, query: Entity, **options: object) -> object:
        """A fault that lets persons through unseen."""
        return [] if query.schema.is_person else search(self, query, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Index, "search", blind)
        test = plant_and_look(actor=None)
    assert test.outcome == Outcome.MISSED
    assert [row["how"] for row in test.missed] == ["misspelt", "cyrillic"]
    assert Alert.objects.get(kind=AlertKind.SELF_TEST).state == AlertState.OPEN
    for role in (Role.CASE_OFFICER, Role.REGISTRAR, Role.DIRECTOR, Role.ADMINISTRATOR):
        assert RED in signed_in_client(role).get(reverse("core:home")).text, role
    assert RED not in signed_in_client(Role.MEMBER_CONTACT).get(reverse("members:own")).text
    assert RED not in Client().get(reverse("members:public_list")).text
    assert "Nej" in signed_in_client(Role.AUDITOR).get(reverse("watching:selftest", args=[test.pk])).text
    assert plant_and_look(actor=None).outcome == Outcome.PASSED
    assert RED not in signed_in_client(Role.CASE_OFFICER).get(reverse("core:home")).text
    assert Alert.objects.get(kind=AlertKind.SELF_TEST).state == AlertState.CLOSED


def test_a_test_that_cannot_be_made_is_neither_passed_nor_missed(world: World) -> None:
    assert plant_and_look(actor=world.officer).outcome == Outcome.COULD_NOT
    world.take([party(number, "Trading Group") for number in range(1, 50)])
    test = plant_and_look(actor=None)
    assert test.outcome == Outcome.COULD_NOT and "ingen lista i kraft med namn" in test.fault
    assert Alert.objects.get(kind=AlertKind.SELF_TEST).state == AlertState.OPEN


def test_names_as_others_write_them() -> None:
    assert misspelt("Vladlen Kustodiarov") == "Vladlen Kustoddiarov"
    assert in_cyrillic("Vladlen Kustodiarov") == "Владлен Кустодиаров"
    assert otherwise_written("Turbinverk OAO") == "TURBINVERK OAO"
    assert otherwise_written("TURBINVERK") == "turbinverk"
    rows = [Listing("L", Entity("1", Schema.COMPANY, (Name("Group"),)))]
    assert plants(rows, seed="a") == [], "nothing long enough to tell"


@pytest.mark.django_db(transaction=True)
def test_writers_wait_for_no_comparing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite has one write lock, and the log is one chain: what takes long is done outside."""
    world.take()
    within: list[bool] = []

    def noted(name: str, whose: type) -> None:
        act = getattr(whose, name)

        def told(*arguments: object, **named: object) -> object:
            within.append(connection.in_atomic_block)
            return act(*arguments, **named)

        monkeypatch.setattr(whose, name, told)

    noted("control", Screener)
    noted("__init__", Comparison)
    test = plant_and_look(actor=None)
    assert test.outcome == Outcome.PASSED, test.planted
    assert len(within) == 1 + len(test.planted) and not any(within)
    assert not Organisation.objects.exists() and not ControlRun.objects.exists()
