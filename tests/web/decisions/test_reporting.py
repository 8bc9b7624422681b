"""The board is told of every delegated decision, once (L-02)."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people import person
from tests.web.decisions import made
from tests.web.records import diary

from pakten.accounts.models import Role
from pakten.decisions import services
from pakten.decisions.models import BoardReport, Decision, DecisionKind, ReportedDecision, State
from pakten.decisions.queries.reports import not_reported
from pakten.decisions.refusals import DecisionRefused
from pakten.records.models import RegistrySeries
from pakten.records.services import open_file

pytestmark = pytest.mark.django_db
BOARD = "Arbetsmarknadsnämnden"
MEETING = date(2026, 12, 15)


def report(board: str = BOARD, who: Role = Role.BOARD_SECRETARY) -> BoardReport:
    return services.report_to_board(board, MEETING, actor=person(who))


STEPS = st.lists(
    st.sampled_from(["clean", "deviation", "pause", "agreed", "waiting", "returned", "report"]), max_size=8
)


def _take(step: str) -> None:
    if step == "report":
        if not_reported().exists():
            report()
    elif step == "returned":
        decision = made.refused()
        services.send_back(decision, "Nej", actor=person(Role.DIRECTOR), expected_version=1)
    elif step == "pause":
        made.decided(kind=DecisionKind.MEMBERSHIP_PAUSE)
    else:
        {
            "clean": made.decided,
            "deviation": lambda: made.decided(has_deviation=True),
            "agreed": made.agreed,
            "waiting": made.refused,
        }[step]()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_decision_in_force_is_in_exactly_one_report(steps: list[str]) -> None:
    """L-02, whatever happened in which order; with item, board, decider, date and number."""
    with transaction.atomic():
        for step in [*steps, "report"]:
            _take(step)
        wanted = Decision.objects.filter(state=State.IN_FORCE, is_execution=False)
        told = Counter(ReportedDecision.objects.values_list("decision_id", flat=True))
        assert told == Counter(wanted.values_list("pk", flat=True))
        for decision in wanted:
            assert decision.item.number
            assert decision.board == BOARD
            assert decision.decided_by_id
            assert decision.decided_at
            assert decision.record is not None
            assert decision.record.number
            assert decision.reported_in is not None
        transaction.set_rollback(True)


def test_the_report_is_a_record_that_names_each_decision() -> None:
    refused, paused = made.agreed(), made.decided(kind=DecisionKind.MEMBERSHIP_PAUSE)
    made.decided(reasons="")
    record = report().record
    assert record.record_type.code == "delegation_report"
    text, table = (open_file(file, actor=person(Role.MANAGER)).decode() for file in record.files.all())
    for decision in Decision.objects.filter(pk__in=(refused.pk, paused.pk)):
        assert decision.record is not None
        for part in (decision.record.number, f"punkt {decision.item.number}", str(decision.decided_by)):
            assert part in text
        assert decision.record.number in table
    assert "På arbetsmarknadsnämndens vägnar" in text
    assert text.startswith("ANMÄLAN AV DELEGATIONSBESLUT TILL ARBETSMARKNADSNÄMNDEN 2026-12-15\r\n2 beslut")


def test_nothing_to_tell_makes_no_report() -> None:
    made.decided(reasons="")
    with pytest.raises(DecisionRefused, match="inga delegationsbeslut"):
        report()
    assert not BoardReport.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.BOARD_SECRETARY])
def test_only_the_secretary_reports(role: Role) -> None:
    made.agreed()
    with pytest.raises(PermissionDenied):
        report(who=role)


def test_each_board_is_told_of_its_own() -> None:
    made.agreed()
    RegistrySeries.objects.update(authority="Socialnämnden")
    other = made.agreed()
    assert report("Socialnämnden").lines.get().decision == other
    assert report().lines.count() == 1


def test_a_secretary_in_conflict_leaves_the_decision_to_another() -> None:
    """L-17, and it is still told of (L-02)."""
    open_one, closed = made.agreed(), made.agreed()
    diary.conflict(closed.case, user=person(Role.BOARD_SECRETARY))
    assert report().lines.get().decision == open_one
    again = services.report_to_board(BOARD, MEETING, actor=person(Role.BOARD_SECRETARY, again=1))
    assert again.lines.get().decision == closed
