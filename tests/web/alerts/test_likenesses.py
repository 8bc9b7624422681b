"""Likenesses in the inbox: their state lives in checks, and the inbox follows it at every step."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.web.alerts import desk
from tests.web.checks.world import LISTED_FIRM, World, board, parties, party
from tests.web.pages import CheckedClient

from pakten.alerts import services
from pakten.alerts.models import Alert, AlertKind, AlertState
from pakten.alerts.refusals import AlertRefused
from pakten.alerts.services.likenesses import catch_up
from pakten.checks import services as checks
from pakten.checks.ground import lists_in_force
from pakten.checks.models import Likeness, LikenessState
from pakten.checks.services import control, runs, touched


def only() -> Alert:
    return Alert.objects.get(kind=AlertKind.LIKENESS)


@pytest.fixture
def alike(world: World) -> World:
    world.take()
    world.member(LISTED_FIRM)
    world.run()
    return world


def test_the_inbox_follows_every_step(alike: World) -> None:
    assert (only().state, only().likeness) == (AlertState.OPEN, alike.likeness())
    assert only().heading == f"{LISTED_FIRM} liknar {LISTED_FIRM}"
    alike.run()
    assert only().steps.count() == 1, "found again with the same facts is nothing new"
    alike.judge("same")
    assert only().state == AlertState.PROPOSED
    likeness = alike.likeness()
    checks.decline(likeness.pk, "Inte samma ort", actor=alike.manager, version=likeness.version)
    assert only().state == AlertState.OPEN
    alike.judge("cannot_tell")
    assert only().state == AlertState.NEEDS
    alike.judge("different")
    assert (only().state, only().closed_by) == (AlertState.CLOSED, alike.officer)


def test_reopened_it_is_a_new_one_with_its_reason(alike: World) -> None:
    alike.judge("different")
    changed = parties()[1:] + [party(1, LISTED_FIRM), party(1, LISTED_FIRM + " Invest")][1:]
    alike.take([party(1, LISTED_FIRM + "et"), *changed[:-1]], day=2)
    alike.run()
    waiting = Alert.objects.exclude(state=AlertState.CLOSED).get()
    assert waiting.because == alike.likeness().reopened_because != ""
    assert Alert.objects.count() == 2, "the earlier one stays closed, with who judged it"


def test_gone_it_is_settled_and_what_is_not_binding_never_comes(alike: World) -> None:
    alike.take(parties()[1:], day=2)
    alike.run()
    assert alike.likeness().state == LikenessState.GONE
    assert (only().state, only().outcome, only().closed_by) == (AlertState.CLOSED, "settled", None)
    Likeness.objects.update(state=LikenessState.WAITING, binds=False)
    assert catch_up() == 0


def test_what_was_written_past_it_is_caught_up(alike: World) -> None:
    before = only()
    Likeness.objects.update(state=LikenessState.GONE)
    assert catch_up() == 1
    assert desk.fresh(before).state == AlertState.CLOSED
    Likeness.objects.update(state=LikenessState.WAITING)
    assert (catch_up(), catch_up()) == (1, 0)
    assert Alert.objects.exclude(state=AlertState.CLOSED).get().pk != before.pk


def test_it_is_judged_on_its_own_page_where_who_has_it_stands_too(alike: World) -> None:
    found = only()
    with pytest.raises(AlertRefused):
        services.judge(found.pk, "met", actor=alike.officer, version=found.version, reason="x")
    client = CheckedClient()
    client.force_login(alike.officer)
    page = reverse("checks:likeness", args=[alike.likeness().pk])
    assert client.get(reverse("alerts:alert", args=[found.pk])).url == page  # type: ignore[attr-defined]
    assert "Vem gör vad, och när" in client.get(page).content.decode()
    answer = client.post(
        reverse("alerts:assign", args=[found.pk]), {"till": alike.officer.pk, "version": found.version}
    )
    assert answer.url == page  # type: ignore[attr-defined]
    assert only().assigned_to == alike.officer


def test_earlier_judgements_on_member_name_and_entry_stand_beside(world: World) -> None:
    same = "Vladlen Kustodiarov"
    world.take()
    world.member("Norrskenets Åkeri AB", board(same))
    world.member("Grankotten Ek. för.", board(same))
    world.run()
    first, second = Likeness.objects.order_by("pk")
    opinion = checks.Opinion("different", "Född ett annat år, enligt passet")
    checks.judge(first.pk, opinion, actor=world.officer, version=first.version)
    client = CheckedClient()
    client.force_login(world.manager)
    page = client.get(reverse("checks:likeness", args=[second.pk])).content.decode()
    assert "Född ett annat år, enligt passet" in page and "samma namn" in page
    told = desk.alert(facts={"_subject_name": same, "_list_id": first.list_id, "_target_id": first.target_id})
    page = client.get(reverse("alerts:alert", args=[told.pk])).content.decode()
    assert "Född ett annat år, enligt passet" in page


def test_an_older_run_undoes_nothing_that_a_newer_one_has_seen(world: World) -> None:
    """Two runs go on at once, each with its own editions; the one that began first ends last."""
    first = world.take()
    member = world.member(LISTED_FIRM)
    older = runs.start(actor=world.officer)
    second = world.take([party(500, LISTED_FIRM), *parties()], day=2)
    newer = touched.begin(lists_in_force(), [member.pk], because="Prov", job=None)
    for run in (newer, older):
        control.execute(run.pk, tell=lambda _done, _total: None)
    found = {each.target_id: each for each in Likeness.objects.all()}
    assert older.editions[0]["edition_id"] == first.edition_id != second.edition_id
    assert len(found) == 2
    assert {each.state for each in found.values()} == {LikenessState.WAITING}, "what is new is not gone"
    assert {each.last_edition for each in found.values()} == {second.edition_id}
    assert {each.last_run_id for each in found.values()} == {newer.pk}
    assert Alert.objects.filter(kind=AlertKind.LIKENESS).exclude(state=AlertState.CLOSED).count() == 2
