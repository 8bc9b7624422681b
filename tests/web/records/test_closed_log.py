"""L-17: the log tells a person with a conflict of interest nothing of what is done in the case."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import person
from tests.web.decisions import made
from tests.web.letters import post
from tests.web.pages import CheckedClient
from tests.web.records import diary

from pakten.accounts.models import Role, User
from pakten.audit.closed import open_to
from pakten.audit.models import Entry
from pakten.checks.models import BasicControl
from pakten.decisions.models import Decision
from pakten.letters.models import OutboxMessage
from pakten.members.models import Application, CompletionRequest
from pakten.organisations.models import Organisation
from pakten.records.models import Case, Record, SecrecyMark
from pakten.records.queries.conflicts import closed_things
from pakten.records.services import declare_conflict, lift_conflict

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(manager: User) -> Case:
    """A case where much has happened, and where the manager then has a conflict."""
    found = diary.case("Ansökan från Norrskenets Åkeri AB")
    made.decided(case=found)
    post.in_case(found, subject="Hemligt ämne")
    diary.marked(diary.received("Brev om åkeriet", case=found))
    return found


def log_page(who: User, address: str = "/logg/") -> str:
    client = CheckedClient()
    client.force_login(who)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_nothing_of_the_case_is_in_the_log(case: Case, manager: User) -> None:
    diary.received("Brev om någon annan", "Åsa Ek")
    assert "åkeri" in log_page(manager).lower()
    declare_conflict(case, manager, actor=manager, reason="Min syster leder åkeriet.")
    shown = log_page(manager)
    for secret in ("åkeri", "Hemligt ämne", "syster", case.registry_no):
        assert secret.lower() not in shown.lower(), secret
    by_link = f"/logg/?object_type=records.case&object_id={case.pk}"
    assert "Åkeri" not in log_page(manager, by_link)
    assert "åkeri" in log_page(person(Role.AUDITOR)).lower()


def test_all_else_stays_and_comes_back(case: Case, manager: User) -> None:
    other = diary.received("Brev om någon annan", "Åsa Ek")
    before = set(open_to(manager, Entry.objects.all()))
    conflict = declare_conflict(case, manager, actor=manager, reason="x")
    left = open_to(manager, Entry.objects.all())
    assert left.filter(object_type="records.record", object_id=str(other.pk)).exists()
    assert left.filter(object_type__startswith="accounts.").count() == sum(
        entry.object_type.startswith("accounts.") for entry in before
    )
    lift_conflict(conflict, actor=person(Role.DIRECTOR), reason="Prövat")
    assert before <= set(open_to(manager, Entry.objects.all()))


def test_every_area_that_works_in_cases_is_covered(case: Case, manager: User) -> None:
    declare_conflict(case, manager, actor=manager, reason="x")
    closed = {things.model for things in closed_things(manager)}
    assert closed >= {
        Case, Record, SecrecyMark, Decision, OutboxMessage, Application, CompletionRequest, BasicControl,
    }  # fmt: skip
    assert closed.isdisjoint({User, Organisation, Entry})


def test_few_queries(case: Case, manager: User) -> None:
    declare_conflict(case, manager, actor=manager, reason="x")
    with CaptureQueriesContext(connection) as queries:
        log_page(manager)
    assert len(queries) <= 30
