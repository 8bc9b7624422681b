"""What is missing is asked for, reminded of once, and after that the application lapses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.people import person
from tests.web.members.handling import desk

from pakten.accounts.models import Role
from pakten.letters.models import OutboxMessage
from pakten.members.application_tasks import see_to_completions
from pakten.members.models import Application, ApplicationState, CompletionRequest, CompletionState
from pakten.members.services import applications
from pakten.members.services.answering import answer_completion
from pakten.members.working_days import add_working_days
from pakten.organisations.refusals import Refused
from pakten.records.models import CaseState

pytestmark = pytest.mark.django_db


def put_off(application: Application, working_days: int) -> CompletionRequest:
    """Let the last day be so many working days from today."""
    day = add_working_days(timezone.localdate(), working_days)
    CompletionRequest.objects.filter(application=application).update(answer_by=day)
    return CompletionRequest.objects.get(application=application)


def test_asking_sends_a_paper_of_the_case_with_what_is_missing_and_until_when() -> None:
    application = desk.waiting()
    completion = application.completions.get()
    assert application.state == ApplicationState.AWAITING_COMPLETION
    assert completion.answer_by == add_working_days(timezone.localdate(), 10) == application.due_on
    assert completion.record_out is not None
    assert completion.record_out.record_type.code == "completion_request"
    message = OutboxMessage.objects.get(record=completion.record_out)
    assert "- Stadgar" in message.body
    assert "Svara senast" in message.body
    assert application.case.registry_no in message.subject


def test_one_reminder_and_only_one() -> None:
    application = desk.waiting()
    put_off(application, 5)
    assert applications.remind_all() == 0
    put_off(application, 3)
    assert applications.remind_all() == 1
    assert applications.remind_all() == 0
    assert OutboxMessage.objects.filter(subject__startswith="Påminnelse").count() == 1


def test_after_the_days_of_grace_it_lapses_with_a_letter_and_may_be_taken_up_again() -> None:
    application = desk.waiting()
    put_off(application, -5)
    assert applications.lapse_all() == 0
    put_off(application, -6)
    see_to_completions.call()
    found = desk.fresh(application)
    assert found.state == ApplicationState.LAPSED
    assert found.completions.get().state == CompletionState.EXPIRED
    assert found.case.state == CaseState.CLOSED
    assert OutboxMessage.objects.filter(subject__startswith="Vi har avslutat").count() == 1
    assert applications.lapse_all() == 0
    applications.take_up_lapsed(
        found, actor=desk.officer(), expected_version=found.version, reason="Svaret kom med posten"
    )
    assert found.state == ApplicationState.REGISTERED


def test_an_answer_in_time_gives_the_ball_back_and_nothing_lapses() -> None:
    application = desk.waiting()
    answer_completion(application.completions.get(), "Här är stadgarna.")
    put_off(application, -30)
    assert applications.lapse_all() == 0
    found = desk.fresh(application)
    assert found.state == ApplicationState.REGISTERED
    assert found.due_on is not None


def test_starting_the_control_takes_the_request_back() -> None:
    application = desk.waiting()
    applications.start_control(application, actor=desk.officer(), expected_version=application.version)
    assert application.completions.get().state == CompletionState.WITHDRAWN
    put_off(application, -30)
    assert (applications.remind_all(), applications.lapse_all()) == (0, 0)


@pytest.mark.parametrize(
    "facts",
    [
        applications.CompletionFacts(()),
        applications.CompletionFacts(("  ", "\x00")),
        applications.CompletionFacts(("Stadgar",), answer_by=timezone.localdate() - timedelta(days=1)),
    ],
)
def test_nothing_is_asked_without_a_thing_and_a_day_ahead(facts: applications.CompletionFacts) -> None:
    application = desk.sent()
    with pytest.raises(Refused):
        applications.ask_completion(
            application, facts, actor=desk.officer(), expected_version=application.version
        )
    assert desk.fresh(application).state == ApplicationState.REGISTERED
    assert not CompletionRequest.objects.exists()


def test_others_do_not_ask() -> None:
    application = desk.sent()
    facts = applications.CompletionFacts(("Stadgar",))
    for role in (Role.AUDITOR, Role.REGISTRAR, Role.DIRECTOR, Role.MEMBER_CONTACT):
        with pytest.raises(PermissionDenied):
            applications.ask_completion(
                application, facts, actor=person(role), expected_version=application.version
            )
