"""A person decides, by the delegation order (L-01, L-02, L-17)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connections, transaction
from django.utils import timezone
from tests.people import person
from tests.web.decisions import made
from tests.web.records import diary

from pakten.accounts.models import Role, RoleAssignment, User
from pakten.audit.queries import entries_for
from pakten.decisions import phrases, registry, services
from pakten.decisions.models import Decision, DecisionKind, DecisionRule, DelegationItem, State, When
from pakten.decisions.paper import plain
from pakten.decisions.refusals import AlreadyDecided, DecisionRefused
from pakten.records.models import Record
from pakten.records.refusals import RecordsRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def effects(monkeypatch: pytest.MonkeyPatch) -> list[Decision]:
    """The decisions that took effect, in order."""
    seen: list[Decision] = []
    functions = {kind: lambda decision, _actor: seen.append(decision) for kind in DecisionKind}
    monkeypatch.setattr(registry, "EFFECTS", functions)
    monkeypatch.setattr("pakten.decisions.services.forcing.EFFECTS", functions)
    return seen


def test_what_a_delegated_decision_must_carry(effects: list[Decision]) -> None:
    """L-02: item, the board's name, decider, date, registry number; the paper says it too."""
    decision = made.decided()
    assert decision.state == State.IN_FORCE
    assert decision.record is not None
    assert decision.record.number.startswith("AMN ")
    assert decision.item.number == "4.1"
    assert decision.on_behalf == "På arbetsmarknadsnämndens vägnar"
    text = plain(decision).data.decode()
    for part in (decision.record.number, decision.on_behalf, "punkt 4.1", str(decision.decided_by)):
        assert part in text
    assert f"{timezone.localdate():%Y-%m-%d}" in text
    assert effects == [decision]


def test_the_log_tells_of_decision_and_record() -> None:
    decision = made.decided()
    assert [entry.action for entry in entries_for(decision)] == ["decisions.decision.made"]
    assert decision.record is not None
    assert [entry.action for entry in entries_for(decision.record)] == ["records.record.finished"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_only_whom_the_order_names_decides(role: Role) -> None:
    """L-01: the right is in the delegation order, not in a function."""
    with pytest.raises(PermissionDenied, match="delegationsordningen"):
        services.decide(made.facts(), actor=person(role))
    assert not Decision.objects.exists()


@pytest.mark.parametrize("nobody", [None, AnonymousUser(), "engine"])
def test_the_engine_never_decides(nobody: Any) -> None:
    """L-01."""
    with pytest.raises(PermissionDenied, match="namngiven person"):
        services.decide(made.facts(), actor=nobody)


def test_the_database_wants_a_person(effects: list[Decision]) -> None:
    """L-01, below the services too."""
    decision = made.decided()
    values = {
        field.attname: getattr(decision, field.attname)
        for field in Decision._meta.concrete_fields
        if field.attname not in ("id", "public_id", "decided_by_id", "subject_id")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(**values | {"record_id": diary.received().pk}, subject_id="x")


def test_closed_accounts_and_withdrawn_rights_count_at_once() -> None:
    """L-01: what the database says now, not what the session remembers."""
    manager = person(Role.MANAGER)
    User.objects.filter(pk=manager.pk).update(is_active=False)
    with pytest.raises(PermissionDenied, match="namngiven person"):
        services.decide(made.facts(), actor=manager)
    other = person(Role.MANAGER, again=1)
    assert other.role_assignments.exists()
    RoleAssignment.objects.filter(user=other).delete()
    with pytest.raises(PermissionDenied, match="Enligt delegationsordningen"):
        services.decide(made.facts(), actor=other)


def test_an_item_counts_only_in_its_days() -> None:
    today = timezone.localdate()
    items = DelegationItem.objects.filter(kind=DecisionKind.MEMBERSHIP_ACCEPT)
    items.update(valid_to=today - timedelta(days=1))
    with pytest.raises(PermissionDenied, match="Ingen får besluta"):
        made.decided()
    items.update(valid_to=today)
    assert made.decided().state == State.IN_FORCE
    items.update(valid_to=None, valid_from=today + timedelta(days=1))
    with pytest.raises(PermissionDenied, match="Ingen får besluta"):
        made.decided()


def test_whoever_prepared_may_not_decide_when_something_deviates() -> None:
    """Domain 4.10: decide own case."""
    cecilia = person(Role.MANAGER)
    assert made.decided(prepared_by=cecilia).state == State.IN_FORCE
    with pytest.raises(DecisionRefused, match="berett"):
        made.refused(prepared_by=cecilia)
    rule = DecisionRule.objects.get(kind=DecisionKind.MEMBERSHIP_REFUSE)
    rule.bars_preparer = When.NEVER
    rule.save()
    assert made.refused(prepared_by=cecilia).state == State.AWAITING_SECOND


@pytest.mark.parametrize(
    "kind", [kind for kind in DecisionKind if kind is not DecisionKind.MEMBERSHIP_ACCEPT]
)
def test_reasons_are_written(kind: DecisionKind) -> None:
    with pytest.raises(DecisionRefused, match="skälen"):
        made.decided(kind=kind, reasons=" \u202e\x00", note="x")


def test_a_clean_acceptance_needs_no_reasons_and_is_execution() -> None:
    """Domain 4.1: the default is delegated decision for everything but clean acceptance."""
    decision = made.decided(reasons="")
    assert decision.is_execution
    with pytest.raises(DecisionRefused, match="skälen"):
        made.decided(reasons="", has_deviation=True)
    assert not made.decided(has_deviation=True).is_execution
    with pytest.raises(DecisionRefused, match="anmärkningen"):
        made.decided(kind=DecisionKind.MEMBERSHIP_ACCEPT_WITH_NOTE)


def test_a_person_in_conflict_does_not_decide() -> None:
    """L-17."""
    case = diary.case()
    diary.conflict(case, user=person(Role.MANAGER, again=1))
    with pytest.raises(PermissionDenied, match="jävig"):
        services.decide(made.facts(case=case), actor=person(Role.MANAGER, again=1))


def test_nothing_is_decided_that_somebody_in_conflict_prepared() -> None:
    """L-17."""
    facts = made.facts()
    diary.conflict(facts.case, user=facts.prepared_by)
    with pytest.raises(DecisionRefused, match="har berett ärendet och är jävig"):
        services.decide(facts, actor=person(Role.MANAGER))
    assert not Decision.objects.exists()


def test_a_closed_case_has_no_decisions() -> None:
    case = diary.case()
    diary.services.close_case(case, actor=person(Role.CASE_OFFICER), expected_version=case.version)
    with pytest.raises(RecordsRefused, match="avslutat"):
        made.decided(case=case)


def test_an_application_is_answered_once() -> None:
    made.decided(subject_id="7")
    with pytest.raises(AlreadyDecided, match="Cecilia Chefsdotter har redan"):
        made.refused(subject_id="7")
    made.refused(subject_id="8")
    with pytest.raises(AlreadyDecided, match="väntar på en andra person"):
        made.decided(subject_id="8")
    pause = DecisionKind.MEMBERSHIP_PAUSE
    assert made.decided(kind=pause, subject_id="9") != made.decided(kind=pause, subject_id="9")


def test_sent_twice_is_one_decision() -> None:
    submission, facts = uuid4(), made.facts()
    first = services.decide(facts, actor=person(Role.MANAGER), submission=submission)
    assert services.decide(facts, actor=person(Role.MANAGER), submission=submission) == first
    assert Decision.objects.count() == Record.objects.filter(record_type__code="decision").count() == 1


def test_an_effect_that_fails_undoes_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_decision: Decision, _actor: User) -> None:
        raise DecisionRefused("Organisationen är redan medlem.")

    monkeypatch.setitem(registry.EFFECTS, DecisionKind.MEMBERSHIP_ACCEPT, fail)
    facts = made.facts()
    with pytest.raises(DecisionRefused, match="redan medlem"):
        services.decide(facts, actor=person(Role.MANAGER))
    assert not Decision.objects.exists()
    assert not Record.objects.exists()


def test_strange_words_are_kept_or_refused_in_a_sentence() -> None:
    decision = made.decided(subject_label="A\x00B\u202eC\n" * 100, text="rad ett\r\nrad \x00två")
    assert decision.text == "rad ett\nrad två"
    assert len(decision.subject_label) <= 300
    with pytest.raises(DecisionRefused, match="för lång"):
        made.decided(text="x" * 1_000_000)
    with pytest.raises(DecisionRefused, match="vad som beslutas"):
        made.decided(text=" \n ")


def test_personal_numbers_do_not_stay() -> None:
    """L-29."""
    assert "640823-3234" not in made.decided(reasons="Firmatecknare 640823-3234 svarade.").reasons


def test_every_kind_has_its_phrases_items_and_rule() -> None:
    for kind in DecisionKind:
        text = phrases.standard_text(kind, "Björken AB", board="Arbetsmarknadsnämnden")
        assert text.startswith("Arbetsmarknadsnämnden ")
        assert "Björken AB" in text
        assert phrases.standard_reasons(kind)
        assert DelegationItem.objects.filter(kind=kind).exists()
        assert DecisionRule.objects.filter(kind=kind).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins_and_one_is_told() -> None:
    """Two managers on one application, each with an answer of their own."""
    case = diary.case()
    managers = [person(Role.MANAGER), person(Role.MANAGER, again=1)]
    person(Role.CASE_OFFICER)

    def attempt(manager: User) -> str:
        try:
            services.decide(made.facts(case=case, subject_id="5"), actor=manager)
        except AlreadyDecided as refusal:
            return refusal.sentence
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as threads:
        told = sorted(threads.map(attempt, managers))
    assert told[0] == ""
    assert "redan fattat beslut" in told[1]
    assert Decision.objects.count() == Record.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_at_once_from_many_windows_is_one_decision() -> None:
    facts, manager, submission = made.facts(), person(Role.MANAGER), uuid4()

    def attempt(_number: int) -> int:
        try:
            return services.decide(facts, actor=manager, submission=submission).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(attempt, range(4)))) == 1
