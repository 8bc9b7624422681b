"""Judging a likeness: a person decides, two for "same", one wins when two try at once, nothing is lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections, transaction
from tests.people import person
from tests.web.checks.world import LISTED_FIRM, World

from pakten.accounts.models import Role
from pakten.audit.queries import entries_for
from pakten.checks import services
from pakten.checks.models import Likeness, LikenessJudgement, LikenessState
from pakten.checks.refusals import ChecksRefused, Overtaken
from pakten.members.models import Membership

OTHER = services.Opinion("different", "Annan ort")
SAME = services.Opinion("same", "Numret stämmer")


@pytest.fixture
def alike(world: World) -> World:
    """One member whose name is on the list."""
    world.take()
    world.member(LISTED_FIRM)
    world.run()
    return world


def result(world: World) -> str:
    return world.control_of(Membership.objects.get()).result


def test_a_waiting_likeness_leaves_the_member_unknown(alike: World) -> None:
    assert (alike.likeness().state, result(alike)) == ("waiting", "unknown")


def test_another_settles_it_at_once(alike: World) -> None:
    likeness = alike.judge("different")
    assert (likeness.state, likeness.verdict, result(alike)) == ("judged", "different", "met")
    assert [entry.action for entry in entries_for(likeness)] == ["checks.likeness.judged"]


def test_what_the_run_gave_is_never_rewritten(alike: World) -> None:
    before = alike.control_of(Membership.objects.get())
    alike.judge("different")
    after = alike.control_of(Membership.objects.get())
    assert (after.result_at_run, after.receipt, after.receipt_sha256) == (
        "unknown",
        before.receipt,
        before.receipt_sha256,
    )


def test_same_counts_only_when_another_person_confirms(alike: World) -> None:
    likeness = alike.judge("same")
    assert (likeness.state, likeness.verdict, result(alike)) == ("proposed", "", "unknown")
    with pytest.raises(PermissionDenied, match="En annan person"):
        services.confirm(likeness.pk, actor=alike.officer, version=likeness.version)
    services.confirm(likeness.pk, actor=alike.manager, version=alike.likeness().version)
    assert (alike.likeness().verdict, result(alike)) == ("same", "not_met")


def test_the_database_refuses_that_one_person_is_both(alike: World) -> None:
    alike.judge("same")
    with pytest.raises(IntegrityError), transaction.atomic():
        LikenessJudgement.objects.update(confirmed_by=alike.officer)


def test_the_second_person_may_say_no(alike: World) -> None:
    likeness = alike.judge("same")
    with pytest.raises(ChecksRefused, match="varför"):
        services.decline(likeness.pk, " ", actor=alike.manager, version=likeness.version)
    services.decline(likeness.pk, "Födelsetiden skiljer", actor=alike.manager, version=likeness.version)
    assert (alike.likeness().state, result(alike)) == ("waiting", "unknown")
    assert [row.act for row in LikenessJudgement.objects.all()] == ["judged", "declined"]


def test_a_confirmed_same_is_changed_only_by_two(alike: World) -> None:
    likeness = alike.judge("same")
    services.confirm(likeness.pk, actor=alike.manager, version=likeness.version)
    likeness = alike.judge("different")
    assert (likeness.state, likeness.verdict, result(alike)) == ("proposed", "same", "not_met")
    services.confirm(likeness.pk, actor=alike.manager, version=likeness.version)
    assert (alike.likeness().verdict, result(alike)) == ("different", "met")


def test_cannot_tell_says_what_is_needed_and_leaves_the_member_unknown(alike: World) -> None:
    with pytest.raises(ChecksRefused, match="behövs"):
        services.judge(
            alike.likeness().pk, services.Opinion("cannot_tell", "Oklart"), actor=alike.officer, version=1
        )
    opinion = services.Opinion("cannot_tell", "Oklart", "Årsredovisning", "Medlemmen", date(2026, 12, 1))
    services.judge(alike.likeness().pk, opinion, actor=alike.officer, version=1)
    assert (alike.likeness().state, result(alike)) == ("judged", "unknown")
    assert LikenessJudgement.objects.get().needed == "Årsredovisning"


def test_taking_back_adds_a_row_and_opens_the_likeness(alike: World) -> None:
    likeness = alike.judge("different")
    with pytest.raises(ChecksRefused, match="egen"):
        services.withdraw(likeness.pk, "Fel", actor=alike.manager, version=likeness.version)
    services.withdraw(likeness.pk, "Jag såg fel", actor=alike.officer, version=likeness.version)
    assert (alike.likeness().state, result(alike)) == ("waiting", "unknown")
    assert [row.act for row in LikenessJudgement.objects.all()] == ["judged", "withdrew"]


def test_a_confirmed_judgement_is_not_taken_back_by_one(alike: World) -> None:
    likeness = alike.judge("same")
    services.confirm(likeness.pk, actor=alike.manager, version=likeness.version)
    with pytest.raises(ChecksRefused, match="bekräftad"):
        services.withdraw(likeness.pk, "Fel", actor=alike.officer, version=alike.likeness().version)


def test_a_reason_is_always_asked_for(alike: World) -> None:
    with pytest.raises(ChecksRefused, match="varför"):
        services.judge(
            alike.likeness().pk, services.Opinion("different", "  "), actor=alike.officer, version=1
        )


def test_the_engine_decides_nothing(alike: World) -> None:
    likeness = alike.likeness()
    for actor in (
        None,
        person(Role.AUDITOR),
        person(Role.BOARD_MEMBER),
        person(Role.ADMINISTRATOR),
        person(None),
    ):
        for opinion in (OTHER, SAME):
            with pytest.raises(PermissionDenied):
                services.judge(likeness.pk, opinion, actor=actor, version=likeness.version)
        with pytest.raises(PermissionDenied):
            services.start(actor=actor)
    assert not LikenessJudgement.objects.exists()


def test_the_later_of_two_is_told_who_was_first_and_what_they_said(alike: World) -> None:
    likeness = alike.likeness()
    services.judge(likeness.pk, OTHER, actor=alike.manager, version=likeness.version)
    with pytest.raises(Overtaken) as told:
        services.judge(likeness.pk, SAME, actor=alike.officer, version=likeness.version)
    assert "Cecilia Chefsdotter hann före: bedömde (”Nej, en annan”)" in told.value.sentence
    assert "Din bedömning sparades inte." in told.value.sentence
    assert LikenessJudgement.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_wins(alike: World) -> None:
    likeness = alike.likeness()
    crowd = [person(Role.CASE_OFFICER, again=number) for number in range(8)]

    def attempt(number: int) -> str:
        try:
            services.judge(likeness.pk, OTHER, actor=crowd[number], version=likeness.version)
        except Overtaken as told:
            return told.sentence
        finally:
            connections.close_all()
        return "won"

    with ThreadPoolExecutor(len(crowd)) as threads:
        outcomes = list(threads.map(attempt, range(len(crowd))))
    assert outcomes.count("won") == 1
    winner = LikenessJudgement.objects.select_related("by").get().by
    assert all(str(winner) in sentence for sentence in outcomes if sentence != "won")
    assert Likeness.objects.get().state == LikenessState.JUDGED
