"""Who has an alert, until when, how it is answered, and who may not."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from tests.people import person
from tests.web.alerts import desk
from tests.web.alerts.desk import Act

from pakten.accounts.models import Role
from pakten.alerts import services
from pakten.alerts.models import TRANSITIONS, Alert, AlertKind, AlertState, Outcome
from pakten.alerts.refusals import AlertRefused, Overtaken
from pakten.alerts.services.returning import anything_due, see_to
from pakten.alerts.services.rules import set_rule
from pakten.audit.models import Entry

pytestmark = pytest.mark.django_db


def step(found: Alert, service: Any, *values: Any, **named: Any) -> Alert:
    """Do something with the alert as it is stored now, by default as Hanna."""
    now = desk.fresh(found)
    service(now.pk, *values, version=now.version, **({"actor": desk.officer()} | named))
    return desk.fresh(found)


def test_from_hand_to_hand_until_it_is_judged() -> None:
    found = desk.alert()
    found = step(found, services.assign, desk.manager())
    assert (found.assigned_to, found.is_late) == (desk.manager(), False)
    found = step(found, services.assign, None, actor=desk.manager())
    found = step(found, services.set_due, desk.days(2), reason="Mötet är på torsdag")
    assert found.due_on == desk.days(2)
    found = step(found, services.note, "Ringde, ingen svarade")
    found = step(found, services.judge, Outcome.MET, reason="Sidan är bara flyttad")
    assert (found.state, found.outcome, found.closed_by) == ("closed", "met", desk.officer())
    wanted = [Act.RAISED, Act.ASSIGNED, Act.UNASSIGNED, Act.DUE, Act.NOTED, Act.CLOSED]
    assert desk.acts(found) == wanted
    written = Entry.objects.filter(action__startswith="alerts.alert.").order_by("sequence")
    names = ["raised", "assigned", "assigned", "due_changed", "noted", "closed"]
    assert [entry.action.rpartition(".")[2] for entry in written] == names, "one entry for each act"
    found = step(found, services.reopen, "Fel organisation")
    assert (found.state, found.outcome, found.closed_at) == (AlertState.OPEN, "", None)


def test_what_is_needed_is_waited_for_and_asked_about_when_it_does_not_come() -> None:
    found = desk.alert()
    need = services.Need("Avtalet från 2022.", "kontaktpersonen", desk.days(3))
    found = step(found, services.ask, need)
    assert (found.state, found.needed_by) == (AlertState.NEEDS, desk.days(3))
    assert not anything_due()
    Alert.objects.update(needed_by=desk.days(-1))
    assert see_to() == 1
    found = desk.fresh(found)
    assert (found.state, found.boosted_because) == (AlertState.OPEN, "Uppgiften har inte kommit")
    assert found.needed == "Avtalet från 2022.", "what was asked for is still to be read"
    found = step(found, services.ask, need)
    found = step(found, services.answered, "Avtalet kom med post")
    assert (found.state, found.needed) == (AlertState.OPEN, "")
    assert desk.acts(found)[-3:] == [Act.UNANSWERED, Act.ASKED, Act.ANSWERED]


def test_what_is_settled_waits_for_nothing() -> None:
    """A closed one never says that somebody still owes us an answer; what was asked is in its history."""
    found = step(desk.alert(), services.ask, services.Need("Avtalet.", "kontaktpersonen", desk.days(3)))
    services.settle(AlertKind(found.kind), found.key, because="Sidan är tillbaka.")
    found = desk.fresh(found)
    assert (found.outcome, found.needed, found.needed_from, found.needed_by) == ("settled", "", "", None)
    assert "Avtalet. Från kontaktpersonen" in found.steps.get(act=Act.ASKED).words


def test_a_snooze_ends_by_the_calendar_at_the_top() -> None:
    found = step(desk.alert(), services.snooze, desk.days(5), reason="Väntar på mötet")
    assert (found.snoozed_until, anything_due()) == (desk.days(5), False)
    Alert.objects.update(snoozed_until=desk.days(0))
    assert anything_due() and see_to() == 1
    found = desk.fresh(found)
    assert (found.snoozed_until, found.boosted_because) == (None, "Tillbaka från paus")
    assert see_to() == 0, "and only once"
    found = step(found, services.assign, desk.officer())
    assert found.boosted_at is None, "a person's step takes it from the top"


def test_what_is_late_is_reminded_of_once_for_each_date() -> None:
    found = desk.alert()
    Alert.objects.update(due_on=desk.days(-2))
    assert (see_to(), see_to()) == (1, 0)
    assert desk.fresh(found).boosted_because == "Datumet har passerat"
    found = step(found, services.set_due, desk.days(1), reason="Mer tid")
    Alert.objects.update(due_on=desk.days(-1))
    assert see_to() == 1


@pytest.mark.parametrize(
    ("service", "values"),
    [
        (services.snooze, {"until": 0}),
        (services.snooze, {"until": 400}),
        (services.set_due, {"due_on": -1, "reason": "x"}),
        (services.set_due, {"due_on": 3, "reason": " "}),
        (services.judge, {"outcome": "agreed", "reason": "x"}),
        (services.judge, {"outcome": "met", "reason": " "}),
        (services.confirm, {}),
        (services.decline, {"reason": "x"}),
        (services.answered, {"words": "x"}),
        (services.wake, {}),
        (services.note, {"words": ""}),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(service: Any, values: dict[str, Any]) -> None:
    found = desk.alert()
    days = {name: desk.days(value) if isinstance(value, int) else value for name, value in values.items()}
    with pytest.raises(AlertRefused):
        step(found, service, **days)
    assert desk.fresh(found).version == found.version
    assert desk.acts(found) == [Act.RAISED]


def test_four_eyes_where_the_manager_says_so() -> None:
    set_rule(AlertKind.SITE_CHANGE, days=5, needs_second=True, actor=desk.manager(), version=0)
    found = desk.alert()
    assert found.due_on == desk.days(5)
    found = step(found, services.judge, Outcome.NOT_MET, reason="Avtalet är uppsagt")
    assert (found.state, found.outcome) == (AlertState.PROPOSED, "")
    with pytest.raises(PermissionDenied):
        step(found, services.confirm)
    other = person(Role.CASE_OFFICER, again=1)
    declined = step(found, services.decline, "Det står på en annan sida", actor=other)
    assert declined.state == AlertState.OPEN
    step(found, services.judge, Outcome.MET, reason="Det står på en annan sida")
    found = step(found, services.confirm, actor=other)
    assert (found.outcome, found.closed_by, found.confirmed_by) == ("met", desk.officer(), other)
    with pytest.raises(PermissionDenied):
        set_rule(AlertKind.SITE_CHANGE, days=9, needs_second=False, actor=desk.officer(), version=1)
    with pytest.raises(Overtaken):
        set_rule(AlertKind.SITE_CHANGE, days=9, needs_second=False, actor=desk.manager(), version=0)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.BOARD_MEMBER, None])
def test_others_and_the_machine_judge_nothing(role: Role | None) -> None:
    found = desk.alert()
    for actor in (person(role), None):
        with pytest.raises(PermissionDenied):
            step(found, services.judge, Outcome.MET, reason="x", actor=actor)
        with pytest.raises(PermissionDenied):
            step(found, services.assign, None, actor=actor)
    with pytest.raises(AlertRefused):
        step(found, services.assign, person(role))


def test_the_second_of_two_browsers_is_told() -> None:
    found = desk.alert()
    services.assign(found.pk, desk.manager(), actor=desk.manager(), version=found.version)
    with pytest.raises(Overtaken, match=str(desk.manager())):
        services.judge(
            found.pk, Outcome.MET, actor=desk.officer(), version=found.version, reason="Bara flyttad"
        )
    assert desk.fresh(found).state == AlertState.OPEN


def test_every_state_can_be_left() -> None:
    assert set(TRANSITIONS) == set(AlertState)
    assert all(TRANSITIONS[state] for state in AlertState)


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_one_judges() -> None:
    found, officer = desk.alert(), desk.officer()
    told: list[str] = []
    start = Barrier(8)

    def judge() -> None:
        start.wait()
        try:
            services.judge(found.pk, Outcome.MET, actor=officer, version=found.version, reason="Flyttad")
            told.append("done")
        except Overtaken:
            told.append("overtaken")
        finally:
            connection.close()

    threads = [Thread(target=judge) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(told) == ["done", *["overtaken"] * 7]
