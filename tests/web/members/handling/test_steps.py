"""An application from received to member or to a reasoned refusal, through the services."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.handling import desk

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.decisions.models import Decision
from pakten.decisions.services import agree, send_back
from pakten.letters.models import OutboxMessage
from pakten.members.models import Application, ApplicationState, Membership, PublicMember, State
from pakten.members.queries import applications as queries
from pakten.members.services import applications
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.records.models import CaseState
from pakten.records.refusals import RecordsRefused
from pakten.records.services import declare_conflict

pytestmark = pytest.mark.django_db


def test_a_clean_application_becomes_a_member_with_letter_and_public_row() -> None:
    application = desk.proposed(desk.sent("Föreningen Långbordet"))
    decision = desk.decided(application)
    found = desk.fresh(application)
    assert found.state == ApplicationState.ACTIVE
    assert found.decision == decision
    assert decision.decided_by == desk.manager()
    assert decision.prepared_by == desk.officer()
    assert found.membership == Membership.objects.get(organisation=found.organisation, state=State.ACTIVE)
    assert PublicMember.objects.get().name == "Föreningen Långbordet"
    letter = OutboxMessage.objects.get(subject__startswith="Besked")
    assert "Välkommen! Föreningen Långbordet är medlem från och med" in letter.body
    assert [each["name"][-4:] for each in letter.attached] == [".pdf"]
    found.case.refresh_from_db()
    assert found.case.state == CaseState.CLOSED


def test_a_manager_decides_straight_after_a_clean_control() -> None:
    application = desk.controlled()
    desk.decided(application)
    assert desk.fresh(application).state == ApplicationState.ACTIVE


def test_l01_the_engine_can_neither_propose_nor_decide() -> None:
    """L-01"""
    application = desk.controlled()
    version = application.version
    with pytest.raises(PermissionDenied):
        applications.propose(
            application, applications.Proposal(desk.ACCEPT), actor=None, expected_version=version
        )  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        applications.decide_application(
            application,
            applications.Ruling(desk.ACCEPT),
            actor=None,  # type: ignore[arg-type]
            submission=uuid4(),
            expected_version=version,
        )
    assert desk.fresh(application).state == ApplicationState.CONTROL_DONE
    assert not Membership.objects.exists()


def test_l01_the_database_keeps_a_decided_state_from_what_has_no_decision() -> None:
    """L-01"""
    application = desk.proposed()
    rows = Application.objects.filter(pk=application.pk)
    for state in ("decided", "notified", "active"):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(state=state, outcome="accept")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_only_whom_the_delegation_order_names_may_accept(role: Role) -> None:
    application = desk.proposed()
    with pytest.raises(PermissionDenied):
        desk.decided(application, by=person(role, again=3))
    assert desk.fresh(application).state == ApplicationState.PROPOSED


def test_a_refusal_needs_a_second_person_and_ends_with_reasons_and_a_closed_case() -> None:
    application = desk.proposed(outcome=desk.REFUSE, deviating=True)
    decision = desk.decided(application, desk.REFUSE)
    assert desk.fresh(application).state == ApplicationState.PROPOSED
    assert not OutboxMessage.objects.filter(subject__startswith="Besked").exists()
    with pytest.raises(RecordsRefused):
        agree(decision, actor=desk.manager(), expected_version=decision.version)
    agree(decision, actor=desk.manager(again=2), expected_version=decision.version)
    found = desk.fresh(application)
    assert (found.state, found.outcome) == (ApplicationState.NOTIFIED, desk.REFUSE)
    body = OutboxMessage.objects.get(subject__startswith="Besked").body
    assert desk.WHY in body
    assert f"Du kan lämna synpunkter till {decision.decided_by}." in body
    assert found.case.state == CaseState.CLOSED
    assert not Membership.objects.exists()
    with pytest.raises(Refused, match="avgjord"):
        applications.start_control(found, actor=desk.officer(), expected_version=found.version)


def test_a_director_may_be_the_second_person_of_an_acceptance_that_deviates() -> None:
    application = desk.proposed(outcome=desk.WITH_NOTE, deviating=True, note="Stadgar skickas i mars.")
    decision = desk.decided(application, desk.WITH_NOTE)
    agree(decision, actor=person(Role.DIRECTOR), expected_version=decision.version)
    assert desk.fresh(application).state == ApplicationState.ACTIVE


def test_who_proposed_can_not_be_the_second_person() -> None:
    application = desk.controlled(deviating=True)
    second = desk.manager(again=2)
    proposal = applications.Proposal(desk.REFUSE, desk.WHY)
    applications.propose(application, proposal, actor=second, expected_version=application.version)
    decision = desk.decided(application, desk.REFUSE)
    with pytest.raises(RecordsRefused, match="föreslog"):
        agree(decision, actor=second, expected_version=decision.version)
    assert desk.fresh(application).state == ApplicationState.PROPOSED


def test_who_controlled_or_proposed_can_not_decide_when_something_deviates() -> None:
    boss = desk.manager()
    own = desk.controlled(deviating=True, by=boss)
    proposal = applications.Proposal(desk.REFUSE, desk.WHY)
    applications.propose(own, proposal, actor=desk.officer(), expected_version=own.version)
    with pytest.raises(RecordsRefused):
        desk.decided(own, desk.REFUSE, by=boss)
    proposed = desk.controlled(desk.sent(), deviating=True)
    applications.propose(proposed, proposal, actor=boss, expected_version=proposed.version)
    with pytest.raises(Refused):
        desk.decided(proposed, desk.REFUSE, by=boss)


def test_what_deviates_is_first_proposed_with_reasons() -> None:
    application = desk.controlled(deviating=True)
    with pytest.raises(Refused, match="föreslå"):
        desk.decided(application, desk.REFUSE)
    for outcome, reasons, note in (
        (desk.ACCEPT, "Skäl", ""),
        (desk.REFUSE, " ", ""),
        (desk.WITH_NOTE, "Skäl", ""),
    ):
        proposal = applications.Proposal(outcome, reasons, note)
        with pytest.raises(Refused):
            applications.propose(
                application, proposal, actor=desk.officer(), expected_version=application.version
            )


def test_what_a_second_person_sends_back_is_the_officers_again() -> None:
    application = desk.proposed(outcome=desk.REFUSE, deviating=True)
    decision = desk.decided(application, desk.REFUSE)
    send_back(
        decision, "Fråga föreningen först.", actor=desk.manager(again=2), expected_version=decision.version
    )
    found = desk.fresh(application)
    assert (found.state, found.proposed) == (ApplicationState.CONTROL_DONE, "")
    applications.return_to_control(
        found, actor=desk.officer(), expected_version=found.version, reason="Frågar igen"
    )
    assert (found.state, found.has_deviation) == (ApplicationState.IN_CONTROL, None)


def test_nobody_takes_a_proposal_back_while_a_second_person_looks_at_it() -> None:
    application = desk.proposed(outcome=desk.REFUSE, deviating=True)
    desk.decided(application, desk.REFUSE)
    with pytest.raises(Refused, match="andra person"):
        applications.return_to_control(
            application, actor=desk.officer(), expected_version=application.version, reason="Ångrar mig"
        )


def test_a_pause_is_told_and_taken_up_again() -> None:
    application = desk.proposed(outcome=desk.PAUSE)
    desk.decided(application, desk.PAUSE)
    found = desk.fresh(application)
    assert (found.state, found.case.state) == (ApplicationState.NOTIFIED, CaseState.OPEN)
    assert "Vi väntar med beslutet" in OutboxMessage.objects.get(subject__startswith="Besked").body
    applications.start_control(found, actor=desk.officer(), expected_version=found.version)
    assert (found.state, found.decision, found.outcome) == (ApplicationState.IN_CONTROL, None, "")
    applications.finish_control(
        found, has_deviation=False, summary="", actor=desk.officer(), expected_version=found.version
    )
    desk.decided(found)
    assert desk.fresh(found).state == ApplicationState.ACTIVE
    assert Decision.objects.filter(subject_id=found.public_id).count() == 2


def test_who_left_and_comes_back_gets_a_new_period() -> None:
    number = register.number(1, start="80")
    earlier = register.member("Föreningen Åter", org_nr=number)
    assert earlier.joined_on
    register.left(earlier, earlier.joined_on)
    assert not PublicMember.objects.exists()
    application = desk.proposed(desk.sent("Föreningen Åter", number=number))
    desk.decided(application)
    found = desk.fresh(application)
    assert found.organisation == earlier.organisation
    assert found.membership != earlier
    assert PublicMember.objects.count() == 1


def test_double_submit_decides_once() -> None:
    application = desk.proposed()
    submission, version = uuid4(), application.version
    made = {
        applications.decide_application(
            application,
            applications.Ruling(desk.ACCEPT),
            actor=desk.manager(),
            submission=submission,
            expected_version=version,
        ).pk
        for _ in range(2)
    }
    assert len(made) == 1
    assert OutboxMessage.objects.filter(subject__startswith="Besked").count() == 1


def test_of_two_with_the_same_page_one_wins_and_the_other_is_told() -> None:
    mine, yours = (desk.fresh(application) for application in [desk.sent()] * 2)
    applications.start_control(mine, actor=desk.officer(), expected_version=mine.version)
    with pytest.raises(ChangedMeanwhile):
        applications.assign(yours, desk.manager(), actor=desk.manager(), expected_version=yours.version)
    with pytest.raises(ChangedMeanwhile):
        applications.start_control(yours, actor=desk.manager(), expected_version=yours.version)
    assert desk.fresh(mine).handler == desk.officer()


def test_l17_a_conflict_of_interest_closes_every_step() -> None:
    """L-17"""
    application, hanna = desk.proposed(), desk.officer()
    for who in (hanna, desk.manager()):
        declare_conflict(application.case, who, actor=who, reason="Syskon i styrelsen")
    version = application.version
    with pytest.raises(PermissionDenied):
        applications.take(application, actor=hanna, expected_version=version)
    with pytest.raises(PermissionDenied):
        applications.return_to_control(application, actor=hanna, expected_version=version, reason="x")
    with pytest.raises(PermissionDenied):
        desk.decided(application)
    with pytest.raises(Refused, match="jäv"):
        applications.assign(application, hanna, actor=desk.officer(again=2), expected_version=version)


def test_every_step_is_in_the_log_with_its_doer() -> None:
    application = desk.proposed()
    desk.decided(application)
    entries = Entry.objects.filter(object_type="members.application", object_id=str(application.pk))
    steps = list(entries.order_by("sequence").values_list("action", flat=True))
    assert steps == [
        f"members.application.{state}"
        for state in (
            "received",
            "registered",
            "in_control",
            "control_done",
            "proposed",
            "decided",
            "notified",
            "active",
        )
    ]
    assert entries.filter(action__endswith="decided").get().actor == desk.manager()


def test_a_pause_stays_among_the_open_ones_with_a_day_to_look_again() -> None:
    """What waits for us is in the list, and when its day has come on the home page (4.1)."""
    application = desk.proposed(outcome=desk.PAUSE)
    desk.decided(application, desk.PAUSE)
    found = desk.fresh(application)
    assert found.due_on == timezone.localdate() + timedelta(days=30)
    assert list(queries.application_list(queries.ApplicationFilters())) == [found]
    assert list(queries.application_list(queries.ApplicationFilters(paused=True))) == [found]
    assert not queries.application_list(queries.ApplicationFilters(states=("notified",)))
    assert queries.application_of(found.public_id).ball == "vilar"
    assert queries.home_counts(desk.officer())["AGAIN"] == 0
    Application.objects.filter(pk=found.pk).update(due_on=timezone.localdate())
    assert queries.home_counts(desk.officer())["AGAIN"] == 1
    assert list(queries.application_list(queries.ApplicationFilters(ball="ta_upp"))) == [found]
    assert queries.home_counts(desk.officer())["late"] == 0
    applications.assign(
        found, desk.manager(), actor=desk.officer(), expected_version=desk.fresh(found).version
    )


def test_a_refusal_is_not_among_the_open_ones() -> None:
    application = desk.proposed(outcome=desk.REFUSE)
    decision = desk.decided(application, desk.REFUSE)
    agree(decision, actor=desk.manager(again=2), expected_version=decision.version)
    found = desk.fresh(application)
    assert (found.state, found.due_on) == (ApplicationState.NOTIFIED, None)
    assert not queries.application_list(queries.ApplicationFilters())
    assert list(queries.application_list(queries.ApplicationFilters(states=("notified",)))) == [found]


def test_a_handler_in_conflict_no_longer_has_the_application() -> None:
    """L-17: nobody has it then, which the list says, and the log tells why."""
    application = desk.sent()
    applications.take(application, actor=desk.officer(), expected_version=application.version)
    declare_conflict(application.case, desk.manager(), actor=desk.manager(), reason="Grannar")
    assert desk.fresh(application).handler == desk.officer()
    declare_conflict(application.case, desk.officer(), actor=desk.officer(), reason="Min syster")
    assert desk.fresh(application).handler is None
    assert queries.application_of(application.public_id).ball == "ingen"
    entry = Entry.objects.filter(action="members.application.assigned").latest("pk")
    assert (entry.actor_name, entry.reason) == (str(desk.officer()), "Handläggaren är anmäld som jävig")


def test_what_has_ended_keeps_who_handled_it() -> None:
    application = desk.proposed()
    desk.decided(application)
    declare_conflict(application.case, desk.officer(), actor=desk.officer(), reason="Min syster")
    assert desk.fresh(application).handler == desk.officer()
