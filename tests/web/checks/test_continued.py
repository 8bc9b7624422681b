"""A run that stops and goes on: judged meanwhile, overtaken, too old, left by its worker."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone
from tests.web.checks.world import LISTED_FIRM, LISTED_PERSON, World, board, parties, party

from pakten.checks import services
from pakten.checks.models import Control, ControlRun, Likeness, RunState
from pakten.checks.refusals import ChecksRefused, Overtaken
from pakten.checks.services import control, runs
from pakten.checks.subjects import member_of
from pakten.checks.tasks import control_network
from pakten.jobs import services as jobs
from pakten.jobs.errors import JobEnded
from pakten.jobs.models import Job
from pakten.members.models import Membership
from pakten.organisations.models import KnownPerson, OwnershipStake, OwnerType
from pakten.organisations.queries import subjects


def ignore(done: int, total: int) -> None:
    """Nobody watches."""


def stopped_after_first(world: World) -> ControlRun:
    """A run of two members that was interrupted when the first of them was stored."""
    run = runs.start(actor=world.officer)

    def stop(done: int, total: int) -> None:
        if done:
            raise JobEnded

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(control, "CHUNK", 1)
        with pytest.raises(JobEnded):
            control.execute(run.pk, tell=stop)
    runs.interrupt(run.pk, "Prov")
    return run


def test_a_judgement_taken_back_while_a_run_lies_still_is_seen_when_it_goes_on(world: World) -> None:
    world.take()
    world.member(LISTED_FIRM)
    world.member("Norrskenets Åkeri AB")
    world.run()
    world.judge("different")
    run = stopped_after_first(world)
    likeness = world.likeness()
    services.withdraw(likeness.pk, "Fel rad", actor=world.officer, version=likeness.version)
    finished = control.execute(run.pk, tell=ignore)
    assert finished.counts["unknown"] == 1
    assert finished.controls.get(membership__organisation__legal_name=LISTED_FIRM).result == "unknown"


def test_a_likeness_opened_by_a_run_that_never_finishes_takes_the_old_result_with_it(world: World) -> None:
    world.take()
    member = world.member("Norrskenets Åkeri AB", board(LISTED_PERSON))
    first = world.run()
    world.judge("different")
    KnownPerson.objects.update(birth_date="1961-04-09")
    world.member("Ovidkommande AB")
    stopped_after_first(world)
    assert world.likeness().state == "waiting"
    assert Control.objects.get(run=first, membership=member).result == "unknown"


def test_an_interrupted_run_does_not_go_on_after_a_newer_one(world: World) -> None:
    world.take()
    world.member(LISTED_FIRM)
    world.member("Norrskenets Åkeri AB")
    old = stopped_after_first(world)
    world.take([*parties(), party(950, "Norrskenets Åkeri AB")], day=2)
    world.run()
    with pytest.raises(ChecksRefused, match="nyare kontroll"):
        control.execute(old.pk, tell=ignore)
    assert Likeness.objects.filter(state="waiting").count() == 2
    assert ControlRun.objects.get(pk=old.pk).state == RunState.INTERRUPTED


def test_a_run_that_has_lain_for_days_is_not_taken_up_with_its_old_lists(world: World) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    run = runs.start(actor=world.officer)
    ControlRun.objects.update(started_at=timezone.now() - timedelta(hours=25))
    with pytest.raises(ChecksRefused, match="Starta en ny"):
        control.execute(run.pk, tell=ignore)
    assert ControlRun.objects.get().state == RunState.INTERRUPTED
    assert world.run().state == RunState.FINISHED


def test_what_a_run_found_is_not_gone_because_an_older_worker_wrote_last(world: World) -> None:
    world.take()
    world.member(LISTED_FIRM)
    first = world.run()
    run = runs.start(actor=world.officer)

    def late_worker(done: int, total: int) -> None:
        Likeness.objects.update(last_run=first)

    control.execute(run.pk, tell=late_worker)
    assert world.likeness().state == "waiting"


def test_a_worker_whose_run_was_ended_stores_nothing_more(world: World) -> None:
    world.take()
    world.member(LISTED_FIRM)
    run = runs.start(actor=world.officer)

    def end(done: int, total: int) -> None:
        runs.interrupt(run.pk, "Prov")

    with pytest.raises(ChecksRefused, match="avbröts"):
        control.execute(run.pk, tell=end)
    assert not Control.objects.exists() and not Likeness.objects.exists()


def test_a_worker_that_was_replaced_leaves_the_run_to_the_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    run = runs.start(actor=world.officer)
    assert run.job_id is not None

    def replaced(_run: int, **_more: object) -> ControlRun:
        Job.objects.update(attempt=9)
        raise JobEnded

    monkeypatch.setattr(control, "execute", replaced)
    control_network.call(run.job_id, run.pk)
    assert ControlRun.objects.get().state == RunState.RUNNING
    jobs.stop(Job.objects.get(), actor=world.officer)
    runs.leave(run.pk)
    assert ControlRun.objects.get().state == RunState.INTERRUPTED


def test_a_member_that_can_not_be_stored_is_never_left_out_in_silence(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    run = runs.start(actor=world.officer)

    def refuse(*_args: object, **_more: object) -> None:
        raise IntegrityError

    monkeypatch.setattr(control, "_control", refuse)
    with pytest.raises(IntegrityError):
        control.execute(run.pk, tell=ignore)
    assert ControlRun.objects.get().state != RunState.FINISHED


def test_owners_who_share_a_name_are_all_compared(world: World) -> None:
    member = world.member("Norrskenets Åkeri AB")
    for country in ("SE", "NO", "DK", "FI", "IS"):
        OwnershipStake.objects.create(
            asset=member.organisation,
            owner_type=OwnerType.ORGANISATION,
            owner_name="Samma Namn Holding",
            owner_country=country,
            percentage=Decimal(20),
            source="Prov",
            recorded_at=timezone.now(),
        )
    known = subjects([member.organisation_id], as_of=timezone.localdate())[member.organisation_id]
    compared = member_of(known)
    assert sorted(owner.owner.countries[0] for owner in compared.subject.owners) == [
        "DK",
        "FI",
        "IS",
        "NO",
        "SE",
    ]
    assert len(compared.bearers) == 6


def test_who_judges_facts_that_changed_meanwhile_is_told_so(world: World) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB", board(LISTED_PERSON))
    world.run()
    world.judge("different")
    read = world.likeness()
    KnownPerson.objects.update(birth_date="1961-04-09")
    world.run()
    with pytest.raises(Overtaken) as told:
        services.judge(
            read.pk, services.Opinion("different", "Prov"), actor=world.manager, version=read.version
        )
    assert "Uppgifterna har ändrats sedan bedömningen (hos medlemmen: födelsetid)." in told.value.sentence
    assert "hann före" not in told.value.sentence


@pytest.mark.django_db(transaction=True)
def test_judging_while_a_run_is_closed_locks_nobody_out(world: World) -> None:
    """The judgement holds the likeness and wants the control; the end of the run holds the run."""
    world.take()
    world.member(LISTED_FIRM)
    world.run()
    run = runs.start(actor=world.officer)
    control._control(
        run,
        control.Comparison(run),
        membership=Membership.objects.get(),
        member=next(control._members(run.members))[1],
    )
    likeness = world.likeness()

    def judge() -> str:
        try:
            opinion = services.Opinion("different", "Prov")
            services.judge(likeness.pk, opinion, actor=world.officer, version=likeness.version)
        finally:
            connections.close_all()
        return "judged"

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            ControlRun.objects.filter(pk=run.pk).update(threshold=run.threshold)
            judged = threads.submit(judge)
            if connections["default"].vendor == "postgresql":
                assert judged.result(timeout=10) == "judged"
        assert judged.result(timeout=30) == "judged"
