"""Whatever is pressed, in whatever order: no step outside the dictionary, no member without a decision."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people import person
from tests.web.members.handling import desk

from pakten.accounts.models import Role, User
from pakten.accounts.policies import has_role
from pakten.decisions.models import Decision
from pakten.decisions.models import State as DecisionState
from pakten.decisions.services import agree, send_back
from pakten.members.models import (
    APPLICATION_TRANSITIONS,
    Application,
    ApplicationOutcome,
    ApplicationState,
    Membership,
)
from pakten.members.queries.applications import waiting_decision
from pakten.members.services import application_states, applications
from pakten.members.services.answering import answer_completion, withdraw
from pakten.organisations.refusals import Refused
from pakten.records.refusals import RecordsRefused

pytestmark = pytest.mark.django_db(transaction=False)
ROLES = (None, Role.CASE_OFFICER, Role.MANAGER, Role.DIRECTOR, Role.AUDITOR)
DECIDED = (ApplicationState.DECIDED, ApplicationState.NOTIFIED, ApplicationState.ACTIVE)
Step = Callable[[Application, User | None, ApplicationOutcome], object]


def _version(application: Application) -> dict[str, int]:
    return {"expected_version": application.version}


def _second(application: Application, actor: User | None, *, yes: bool) -> object:
    decision = waiting_decision(application)
    if decision is None:
        raise Refused("inget väntar")
    if yes:
        return agree(decision, actor=actor, expected_version=decision.version)  # type: ignore[arg-type]
    return send_back(decision, "nej", actor=actor, expected_version=decision.version)  # type: ignore[arg-type]


def _answer(application: Application) -> object:
    completion = application.completions.filter(state="waiting").first()
    if completion is None:
        raise Refused("inget väntar")
    return answer_completion(completion, "här är de")


STEPS: dict[str, Step] = {
    "take": lambda a, who, _o: applications.take(a, actor=who, **_version(a)),  # type: ignore[arg-type]
    "start": lambda a, who, _o: applications.start_control(a, actor=who, **_version(a)),  # type: ignore[arg-type]
    "clean": lambda a, who, _o: applications.finish_control(
        a,
        has_deviation=False,
        summary="",
        actor=who,  # type: ignore[arg-type]
        **_version(a),
    ),
    "deviating": lambda a, who, _o: applications.finish_control(
        a,
        has_deviation=True,
        summary="såg det",
        actor=who,  # type: ignore[arg-type]
        **_version(a),
    ),
    "back": lambda a, who, _o: applications.return_to_control(a, actor=who, reason="om", **_version(a)),
    "ask": lambda a, who, _o: applications.ask_completion(
        a,
        applications.CompletionFacts(("stadgar",)),
        actor=who,  # type: ignore[arg-type]
        **_version(a),
    ),
    "answer": lambda a, _who, _o: _answer(a),
    "withdraw": lambda a, _who, _o: withdraw(a, ""),
    "propose": lambda a, who, o: applications.propose(
        a,
        applications.Proposal(o, "skäl", "anmärkning"),
        actor=who,  # type: ignore[arg-type]
        **_version(a),
    ),
    "decide": lambda a, who, o: applications.decide_application(
        a,
        applications.Ruling(o, reasons="skäl", note="anmärkning"),
        actor=who,  # type: ignore[arg-type]
        submission=uuid4(),
        **_version(a),
    ),
    "agree": lambda a, who, _o: _second(a, who, yes=True),
    "send_back": lambda a, who, _o: _second(a, who, yes=False),
}
WALK = st.lists(
    st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(ROLES), st.sampled_from(ApplicationOutcome)),
    min_size=4,
    max_size=14,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)
@given(walk=WALK)
def test_l01_no_walk_leaves_the_dictionary_or_ends_without_a_persons_decision(
    walk: list[tuple[str, Role | None, ApplicationOutcome]], db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L-01"""
    monkeypatch.setattr("pakten.letters.services.posting.render_pdf", lambda _content: b"%PDF-1.7 invented")
    application = desk.sent()
    seen: list[tuple[str, str]] = []
    for name, role, outcome in walk:
        now = desk.fresh(application)
        before = now.state
        try:
            STEPS[name](now, person(role) if role else None, outcome)
        except (Refused, RecordsRefused, PermissionDenied):
            assert desk.fresh(application).state == before
            continue
        seen.append((before, desk.fresh(application).state))
    for before, after in seen:
        assert before == after or _leads(ApplicationState(before), ApplicationState(after)), seen
    _check_end(desk.fresh(application))


def _leads(before: ApplicationState, after: ApplicationState) -> bool:
    """Whether the dictionary leads there; a decision takes several steps at once."""
    reached, front = {before}, {before}
    for _ in range(4):
        front = {following for state in front for following in APPLICATION_TRANSITIONS[state]}
        reached |= front
    return after in reached


def _check_end(found: Application) -> None:
    member = Membership.objects.filter(organisation=found.organisation).exists()
    assert member is (found.state == ApplicationState.ACTIVE)
    if found.state in DECIDED:
        decision = Decision.objects.get(pk=found.decision_id)
        assert decision.state == DecisionState.IN_FORCE
        assert has_role(decision.decided_by, decision.item.role)
        if decision.has_deviation:
            assert decision.second_by not in (None, decision.decided_by, decision.prepared_by)
            assert decision.prepared_by != decision.decided_by


def test_the_move_itself_refuses_what_the_dictionary_lacks() -> None:
    application = desk.sent()
    for state in set(ApplicationState) - APPLICATION_TRANSITIONS[ApplicationState.REGISTERED]:
        with pytest.raises(Refused):
            application_states.move(
                application, state, actor=desk.officer(), expected_version=application.version
            )
