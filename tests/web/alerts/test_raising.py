"""The door for other areas: once per kind and key, never swallowed, and closed when the cause is gone."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from tests.web.alerts import desk
from tests.web.alerts.desk import Act

from pakten.alerts import services
from pakten.alerts.models import Alert, AlertKind, AlertRule, AlertState, AlertStep, Outcome
from pakten.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_the_same_thing_told_twice_is_one() -> None:
    first, second = desk.alert(), desk.alert()
    assert first.pk == second.pk
    assert desk.acts(first) == [Act.RAISED], "told again in the same words, nothing happens"
    assert first.due_on == desk.days(14)
    assert Entry.objects.filter(action="alerts.alert.raised").count() == 1


def test_something_new_about_it_is_added_and_comes_to_the_top() -> None:
    found = desk.alert()
    services.snooze(found.pk, desk.days(5), actor=desk.officer(), version=found.version)
    again = desk.alert(facts={"Sida": "https://grankotten.invalid/om", "Borta": ["avtal", "värderingar"]})
    found = desk.fresh(found)
    assert again.pk == found.pk
    assert found.snoozed_until is None, "a snooze never hides what is new"
    assert found.boosted_at is not None
    assert found.facts == [["Sida", "https://grankotten.invalid/om"], ["Borta", ["avtal", "värderingar"]]]
    first = found.steps.get(act=Act.RAISED)
    assert first.facts == [["Sida", "https://grankotten.invalid/om"]], "the old facts are kept"
    assert desk.acts(found) == [Act.RAISED, Act.SNOOZED, Act.FOUND_AGAIN]


def test_a_proposal_and_a_wait_rest_on_the_old_facts() -> None:
    AlertRule.objects.create(kind=AlertKind.SITE_CHANGE, days=5, needs_second=True)
    found = desk.alert()
    services.judge(found.pk, Outcome.MET, actor=desk.officer(), version=found.version, reason="Samma avtal")
    desk.alert(because="Nu är även värdegrunden borta.")
    found = desk.fresh(found)
    assert (found.state, found.proposal, found.proposed_by) == (AlertState.OPEN, "", None)


def test_after_closing_a_new_one_begins() -> None:
    found = desk.alert()
    services.judge(found.pk, Outcome.MET, actor=desk.officer(), version=found.version, reason="Flyttad sida")
    again = desk.alert()
    assert again.pk != found.pk
    assert (again.state, again.steps.count()) == (AlertState.OPEN, 1)


def test_another_key_kind_or_organisation_is_another() -> None:
    kinds = (AlertKind.SITE_CHANGE, AlertKind.REGISTER_CHANGE)
    found = {desk.alert(key, kind=kind).pk for key in ("a", "b") for kind in kinds}
    assert len(found) == 4
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(
            kind=AlertKind.SITE_CHANGE,
            key="a",
            because="-",
            raised_at=Alert.objects.first().raised_at,  # type: ignore[union-attr]
            due_on=desk.days(1),
        )


def test_settling_closes_without_a_persons_judgement() -> None:
    found = desk.alert(organisation=None, kind=AlertKind.SELF_TEST)
    services.settle(AlertKind.SELF_TEST, found.key, because="Självtestet hittade alla namn igen.")
    found = desk.fresh(found)
    assert (found.state, found.outcome, found.closed_by) == (AlertState.CLOSED, Outcome.SETTLED, None)
    assert found.outcome_because == "Självtestet hittade alla namn igen."
    assert services.settle(AlertKind.SELF_TEST, found.key, because="Igen") is None
    assert desk.acts(found) == [Act.RAISED, Act.SETTLED]


def test_what_the_machine_needs_is_kept_apart_from_what_is_shown() -> None:
    name = "Vladlen Kustodiarov"
    found = desk.alert(facts={"Namn": name, "_subject_name": name, "_url": "/"})
    assert found.facts == [["Namn", name]]
    assert found.about == {"subject_name": name, "url": "/"}


@pytest.mark.parametrize("change", ["update", "delete"])
def test_history_is_never_changed(change: str) -> None:
    steps = AlertStep.objects.filter(alert=desk.alert())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        steps.update(words="Annat") if change == "update" else steps._raw_delete("default")
