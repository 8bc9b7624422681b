"""An alert is about one member and one fact: nobody is judged with another, and nothing new is hidden."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from tests.web.alerts import desk
from tests.web.alerts.desk import Act
from tests.web.checks.world import World
from tests.web.watching.taking_up import take_up

from pakten.alerts import policies, services
from pakten.alerts.models import ABOUT_ONE, Alert, AlertKind, AlertState, Outcome, answers_to
from pakten.alerts.refusals import AlertRefused
from pakten.alerts.services.rules import set_rule
from pakten.members.models import Membership
from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.organisations.facts import FactSource, StakeFacts
from pakten.organisations.models import OwnerType
from pakten.organisations.services import add_ownership_stake
from pakten.watching.models import Trigger, Watched

NAME, BOARD = "Registret säger något annat än förut: namn.", "Registret säger något annat än förut: styrelse."


@pytest.fixture
def two(world: World) -> tuple[Membership, Membership]:
    """Two members that have been controlled, so that what changes is taken up."""
    world.take()
    both = world.member("Kvintor Handel"), world.member("Velmark Torvin")
    world.run()
    Trigger.objects.all().delete()
    return both


def changed(*members: Membership, because: str = NAME, **about: object) -> None:
    ids = frozenset(member.organisation_id for member in members)
    announce(Change(ChangeKind.REGISTER, because, ids, about))


def waiting(member: Membership) -> dict[str, Alert]:
    """The member's open alerts by the end of their key: the fact that each is about."""
    rows = Alert.objects.filter(kind=AlertKind.REGISTER_CHANGE, organisation=member.organisation)
    rows = rows.exclude(state=AlertState.CLOSED)
    return {row.key.partition(f"{member.organisation.public_id}")[2].lstrip(":"): row for row in rows}


def test_each_member_is_judged_alone_also_when_one_change_names_many(two: tuple[Membership, ...]) -> None:
    first, second = two
    changed(first, second)
    take_up()
    answered = waiting(first)[""]
    services.judge(answered.pk, Outcome.MET, actor=desk.officer(), version=1, reason="Bara en ny stavning")
    assert desk.fresh(answered).state == AlertState.CLOSED
    assert waiting(first) == {} and set(waiting(second)) == {""}, "the other one still waits for its own"
    changed(first)
    take_up()
    assert waiting(first)[""].pk != answered.pk, "what comes after an answer is new"


def test_each_fact_is_one_and_told_twice_it_keeps_both_sentences(two: tuple[Membership, ...]) -> None:
    member = two[0]
    changed(member, facts={"a:legal_name": NAME, "a:board": BOARD})
    changed(member, facts={"a:board": "Registret har en ny ordförande."})
    take_up()
    found = waiting(member)
    assert {fact: row.because for fact, row in found.items()} == {
        "a:legal_name": NAME,
        "a:board": f"{BOARD} Registret har en ny ordförande.",
    }
    services.judge(found["a:board"].pk, Outcome.MET, actor=desk.officer(), version=1, reason="Stämmer")
    assert set(waiting(member)) == {"a:legal_name"}


@pytest.mark.parametrize("then", ["snoozed", "asked", "proposed", "left"])
def test_an_open_alert_never_hides_a_new_one(two: tuple[Membership, ...], then: str) -> None:
    """Whatever people have done with the first, the second change of the same fact comes to the top."""
    member, officer = two[0], desk.officer()
    changed(member, facts={"a:board": BOARD})
    take_up()
    found = waiting(member)["a:board"]
    if then == "snoozed":
        services.snooze(found.pk, desk.days(9), actor=officer, version=1)
    elif then == "asked":
        need = services.Need("Protokollet.", "bolaget", desk.days(9))
        services.ask(found.pk, need, actor=officer, version=1)
    elif then == "proposed":
        set_rule(AlertKind.REGISTER_CHANGE, days=9, needs_second=True, actor=desk.manager(), version=0)
        services.judge(found.pk, Outcome.MET, actor=officer, version=1, reason="Stämmer")
    changed(member, facts={"a:board": "Registret har en ny ordförande.", "a:status": "Likvidation beslutad."})
    take_up()
    now = waiting(member)
    assert set(now) == {"a:board", "a:status"}, "another fact is another alert"
    board = now["a:board"]
    assert (board.pk, board.because) == (found.pk, "Registret har en ny ordförande.")
    assert (board.state, board.snoozed_until, board.proposal) == (AlertState.OPEN, None, "")
    assert board.boosted_at is not None
    assert board.steps.get(act=Act.RAISED).words == BOARD, "and what it said first is in its history"


def test_what_a_person_has_said_asks_nobody_to_say_it_again(two: tuple[Membership, ...]) -> None:
    changed(two[0], because="Hanna har bedömt ett uttalande.", facts={})
    take_up()
    assert waiting(two[0]) == {}
    assert Watched.objects.get(membership=two[0]).wanted_because == "Hanna har bedömt ett uttalande."


def test_an_owners_change_is_told_of_as_an_owners(world: World, two: tuple[Membership, ...]) -> None:
    owner, owned = two
    source = FactSource("Prov", recorded_at=owner.organisation.created_at)
    stake = StakeFacts(OwnerType.ORGANISATION, "Kvintor Handel", owner=owner.organisation)
    add_ownership_stake(owned.organisation, stake, actor=world.officer, source=source)
    Trigger.objects.all().delete()
    changed(owner, facts={"a:board": BOARD})
    take_up()
    assert set(waiting(owner)) == {"a:board"}
    assert {fact: row.because for fact, row in waiting(owned).items()} == {
        "owner": "Något har ändrats hos en ägare."
    }


@pytest.mark.django_db
def test_what_is_judged_of_one_is_never_told_of_none() -> None:
    assert AlertKind.SITE_CHANGE in ABOUT_ONE and AlertKind.REGISTER_CHANGE in ABOUT_ONE
    with pytest.raises(ValueError, match="one organisation"):
        services.raise_alert(AlertKind.SITE_CHANGE, organisation=None, key="x", title="x", because="x")
    assert not set(answers_to(AlertKind.REQUIREMENT_CHANGE)) & {Outcome.MET, Outcome.NOT_MET}


def gathered(two: tuple[Membership, ...], **fields: object) -> Alert:
    """As they were before: one for all whom a re-control had compared anew."""
    for member, because in zip(two, (NAME, BOARD), strict=True):
        changed(member, because=because)
    made = take_up()
    Alert.objects.filter(kind=AlertKind.REGISTER_CHANGE).update(state="closed", **CLOSED)
    values = {
        "kind": AlertKind.REGISTER_CHANGE,
        "key": f"watching:recontrol:{made.pk}",
        "title": "2 medlemmar: ändrad registeruppgift",
        "because": f"{NAME} {BOARD}",
        "about": {"url": f"/bevakning/omkontroller/{made.pk}/"},
        "raised_at": made.begun_at,
        "due_on": desk.days(3),
    }
    return Alert.objects.create(**(values | fields))


CLOSED = {"closed_at": "2022-05-24T12:00:00Z", "outcome": "met", "outcome_because": "Prov"}


def test_old_ones_about_several_are_divided(two: tuple[Membership, ...]) -> None:
    answered = gathered(two, state="closed", **CLOSED)
    old = gathered(
        two, assigned_to=desk.officer(), state=AlertState.PROPOSED, proposal="met", snoozed_until=desk.days(5)
    )
    with pytest.raises(AlertRefused, match="flera medlemmar"):
        policies.check_judged_here(old)
    split = import_module("pakten.watching.migrations.0003_one_alert_for_each_member").split
    for _ in range(2):
        split(apps, None)
        found = [alert for member in two for alert in waiting(member).values()]
        assert [alert.because for alert in found] == [NAME, BOARD], "each with what was told of it alone"
        assert {(each.due_on, each.assigned_to) for each in found} == {(desk.days(3), desk.officer())}
        assert {(each.state, each.snoozed_until, each.proposal) for each in found} == {("open", None, "")}
        assert all("gemensam rad" in alert.steps.get().words for alert in found)
        assert found[0].title == "Kvintor Handel: ändrad registeruppgift"
    old, kept = desk.fresh(old), desk.fresh(answered)
    assert (old.state, old.outcome, old.closed_by, old.proposal) == ("closed", "settled", None, "")
    assert old.steps.get().words == old.outcome_because
    assert (kept.outcome, kept.steps.count()) == ("met", 0), "what was answered stays as it was answered"
    with pytest.raises(AlertRefused, match="flera medlemmar"):
        services.reopen(kept.pk, "Prov", actor=desk.officer(), version=kept.version)


def test_one_that_names_nobody_stays_open(world: World) -> None:
    old = Alert.objects.create(
        kind=AlertKind.SITE_CHANGE,
        key="watching:recontrol:4711",
        because=NAME,
        raised_at="2022-05-24T12:00:00Z",
        due_on=desk.days(1),
    )
    import_module("pakten.watching.migrations.0003_one_alert_for_each_member").split(apps, None)
    assert desk.fresh(old).state == AlertState.OPEN
