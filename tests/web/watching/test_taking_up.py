"""What waits is taken up once, survives a dead worker, and asks people when register or site has changed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.web.checks.world import LISTED_FIRM, LISTED_PERSON, World, board
from tests.web.watching.taking_up import take_up, told

from pakten.accounts.models import User
from pakten.alerts.models import Alert, AlertKind
from pakten.checks.models import Control, ControlRun, Extent, RunState
from pakten.checks.queries import runs
from pakten.checks.services import control
from pakten.jobs import timetable
from pakten.jobs.models import Job, Schedule
from pakten.organisations.changes import ChangeKind
from pakten.organisations.facts import FactSource, StakeFacts
from pakten.organisations.models import Organisation, OwnershipStake, OwnerType
from pakten.organisations.services import add_known_persons, add_ownership_stake
from pakten.watching.models import Recontrol, RecontrolReceipt, RecontrolState, Trigger, Watched
from pakten.watching.queries.halts import is_halted
from pakten.watching.queries.recontrols import missed_meanwhile
from pakten.watching.queries.standing import standing
from pakten.watching.queries.waiting import anything_to_take_up, waiting
from pakten.watching.refusals import Stopped, WatchingRefused
from pakten.watching.services import halting
from pakten.watching.services.plans import FACTS
from pakten.watching.services.receipts import is_intact
from pakten.watching.services.recontrols import recontrol
from pakten.watching.services.wanting import look_around

SOURCE = FactSource("Prov", recorded_at=timezone.now())


def forget() -> None:
    """What making the world announced is not what the test is about."""
    Trigger.objects.all().delete()


def begun(world: World) -> None:
    """Somebody has made the first control of the network, which the watching waits for."""
    ControlRun.objects.create(
        started_by=world.officer,
        state=RunState.FINISHED,
        engine_version="0",
        rule_version="prov",
        threshold=0.7,
    )


def test_a_changed_member_is_compared_anew_and_no_other(world: World) -> None:
    world.take()
    changed, other = world.member("Kvintor Handel"), world.member("Velmark Torvin")
    world.run()
    forget()
    earlier = world.control_of(other)
    add_known_persons(changed.organisation, (board(LISTED_PERSON),), actor=world.officer, source=SOURCE)
    told(ChangeKind.MEMBER, changed, because="En styrelseledamot har tillkommit.")
    made = take_up()
    assert (made.looked_at, made.touched) == (1, 1)
    assert world.control_of(changed).result == "unknown"
    assert world.control_of(other) == earlier
    content = made.receipt.content
    assert "En styrelseledamot har tillkommit." in content["because"]
    assert content["touched"][0]["because"] == [FACTS], "and what it announced stands above all of them"
    assert content["touched"][0]["receipt_sha256"] == world.control_of(changed).receipt_sha256
    assert is_intact(made.receipt)
    # It counts for the member, and is never taken for a control of the network.
    assert made.run is not None and made.run.extent == Extent.TOUCHED and made.run.started_by is None
    assert runs.latest_finished() != made.run
    assert standing()["unknown"] == 1 and standing()["met"] == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        RecontrolReceipt.objects.update(sha256="0" * 64)


def test_facts_that_nobody_announced_are_found_by_asking_everybody(world: World) -> None:
    world.take()
    member, owned = world.member("Kvintor Handel"), world.member("Velmark Torvin")
    tomorrow = timezone.localdate() + timedelta(days=1)
    stake = StakeFacts(OwnerType.ORGANISATION, LISTED_FIRM, valid_from=tomorrow)
    add_ownership_stake(owned.organisation, stake, actor=world.officer, source=SOURCE)
    world.run()
    assert world.control_of(owned).result == "met"
    OwnershipStake.objects.update(valid_from=timezone.localdate())  # as when the day comes
    forget()
    look_around()
    made = take_up()
    assert made.looked_at == 2
    assert [row["member"] for row in made.receipt.content["touched"]] == [owned.organisation.public_id]
    assert world.control_of(owned).result == "unknown"
    assert world.control_of(member).result == "met"


def test_a_dead_workers_work_is_taken_up_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.take()
    member = world.member("Kvintor Handel")
    forget()
    begun(world)
    told(ChangeKind.MEMBER, member)

    def dies(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(control, "execute", dies)
        with pytest.raises(KeyboardInterrupt):
            take_up()
    assert waiting().count() == 1, "the change waits again"
    # As a killed process leaves it: nothing was tidied.
    Recontrol.objects.update(state=RecontrolState.RUNNING)
    Trigger.objects.update(recontrol=Recontrol.objects.get())
    assert anything_to_take_up()
    assert take_up().touched == 1
    assert Control.objects.filter(membership=member, run__state=RunState.FINISHED).count() == 1
    assert not ControlRun.objects.filter(state=RunState.RUNNING).exists()
    assert recontrol(None, tell=lambda _done, _total: None) is None, "and nothing is done twice"


def test_what_cannot_be_made_waits_and_says_why(world: World) -> None:
    member = world.member("Kvintor Handel")
    forget()
    begun(world)
    told(ChangeKind.MEMBER, member)
    made = take_up()
    assert made.state == RecontrolState.FAILED and "ingen lista" in made.fault
    assert waiting().count() == 1
    assert not anything_to_take_up(), "not each minute"
    Recontrol.objects.update(finished_at=timezone.now() - timedelta(hours=1))
    assert anything_to_take_up()


@pytest.mark.parametrize(
    ("kind", "alert"),
    [
        (ChangeKind.REGISTER, AlertKind.REGISTER_CHANGE),
        (ChangeKind.SITE, AlertKind.SITE_CHANGE),
        (ChangeKind.EVIDENCE, AlertKind.EVIDENCE_EXPIRED),
    ],
)
def test_what_people_have_to_look_at_comes_first_in_the_order(
    world: World, kind: ChangeKind, alert: AlertKind
) -> None:
    world.take()
    member, other = world.member("Kvintor Handel"), world.member("Velmark Torvin")
    world.run()
    forget()
    told(kind, member, because="Bolaget har bytt styrelse.")
    take_up()
    watched = Watched.objects.get(membership=member)
    assert watched.next_on == timezone.localdate() and watched.wanted_because == "Bolaget har bytt styrelse."
    assert Alert.objects.get(kind=alert).organisation == member.organisation
    assert not Watched.objects.filter(membership=other).exclude(wanted_since=None).exists()


def test_nobody_bears_what_was_seen_of_somebody_else(world: World) -> None:
    """Changes taken up together keep their reasons apart, in the order and in the receipt."""
    world.take()
    kvintor, velmark = world.member("Kvintor Handel"), world.member("Velmark Torvin")
    world.run()
    forget()
    told(ChangeKind.SITE, kvintor, because="Har verksamhet i Ryssland.")
    told(ChangeKind.SITE, velmark, because="Sidan om kollektivavtal är borta.")
    made = take_up()
    wanted = dict(Watched.objects.values_list("membership", "wanted_because"))
    assert wanted == {
        kvintor.pk: "Har verksamhet i Ryssland.",
        velmark.pk: "Sidan om kollektivavtal är borta.",
    }
    receipt = {row["member"]: row["because"] for row in made.receipt.content["touched"]}
    assert receipt[velmark.organisation.public_id] == ["Sidan om kollektivavtal är borta."]
    alerts = {alert.organisation: alert for alert in Alert.objects.filter(kind=AlertKind.SITE_CHANGE)}
    assert alerts.keys() == {kvintor.organisation, velmark.organisation}, "one for each, judged alone"
    assert alerts[velmark.organisation].because == "Sidan om kollektivavtal är borta."
    assert f"/omkontroller/{made.pk}/" in alerts[kvintor.organisation].about["url"]


def test_a_new_requirement_asks_of_all_with_one_alert(world: World) -> None:
    world.take()
    for name in ("Kvintor Handel", "Velmark Torvin", "Brenvik Bygg"):
        world.member(name)
    forget()
    told(ChangeKind.REQUIREMENT, because="Kravet på värdegrund har en ny version.")
    assert take_up().touched == 3
    assert Watched.objects.exclude(wanted_since=None).count() == 3
    assert Alert.objects.get(kind=AlertKind.REQUIREMENT_CHANGE).organisation is None


def test_the_stop_button_holds_all_that_is_automatic(
    world: World, administrator: User, officer: User
) -> None:
    world.take()
    member = world.member("Kvintor Handel")
    with pytest.raises(PermissionDenied):
        halting.press(actor=officer, reason="Prov")
    with pytest.raises(WatchingRefused, match="Skriv varför"):
        halting.press(actor=administrator, reason=" ")
    halting.press(actor=administrator, reason="Listan verkar fel.")
    with pytest.raises(WatchingRefused, match="redan"):
        halting.press(actor=administrator, reason="Igen")
    told(ChangeKind.MEMBER, member)
    assert not anything_to_take_up() and waiting().exists()
    with pytest.raises(Stopped):
        take_up()
    timetable.tick()
    Schedule.objects.update(next_at=timezone.now() - timedelta(minutes=1))
    timetable.tick()
    held = {timed.name for _, timed in missed_meanwhile()}
    assert {"watching.take_up", "watching.fetch_lists", "watching.look_around"} <= held
    assert not Job.objects.filter(kind__in=held).exists()
    assert world.run().state == RunState.FINISHED, "R14: a control by a person still goes"
    halting.release(actor=administrator, reason="Listan är rättad.")
    assert not is_halted()
    timetable.tick()
    assert Job.objects.filter(kind="watching.take_up").exists(), "what was due meanwhile is taken up"
    with pytest.raises(WatchingRefused):
        halting.release(actor=administrator, reason="Igen")


def test_pressing_in_the_middle_ends_the_work_before_anything_is_stored(
    world: World, administrator: User
) -> None:
    world.take()
    member = world.member("Kvintor Handel")
    forget()
    told(ChangeKind.MEMBER, member)

    def press(done: int, _total: int) -> None:
        if not done and not is_halted():
            halting.press(actor=administrator, reason="Fel")

    with pytest.raises(Stopped):
        recontrol(None, tell=press)
    assert waiting().count() == 1
    assert Organisation.objects.count() == 1
    assert not Control.objects.filter(run__state=RunState.FINISHED).exists()
