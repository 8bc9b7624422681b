"""The second look: never the decider, never the preparer; agreed it applies, sent back it does not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connections, transaction
from django.test import Client
from tests.people import person
from tests.web.decisions import made
from tests.web.records import diary

from pakten.accounts.models import Role, User
from pakten.audit.queries import entries_for
from pakten.decisions import registry, services
from pakten.decisions.models import EVENTS, TRANSITIONS, Decision, DecisionKind, State
from pakten.decisions.refusals import DecisionRefused
from pakten.records.models import Case, Record
from pakten.records.policies import check_open
from pakten.records.refusals import ChangedMeanwhile, RecordsRefused

pytestmark = pytest.mark.django_db


def test_agreed_it_is_registered_and_carried_out(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, User]] = []
    monkeypatch.setitem(
        registry.EFFECTS, DecisionKind.MEMBERSHIP_REFUSE, lambda d, actor: seen.append((d.pk, actor))
    )
    decision = made.refused()
    assert (decision.state, decision.record, seen) == (State.AWAITING_SECOND, None, [])
    assert not Record.objects.exists()
    doris = person(Role.DIRECTOR)
    services.agree(decision, actor=doris, expected_version=decision.version)
    kept = Decision.objects.get()
    assert (kept.state, kept.second_by) == (State.IN_FORCE, doris)
    assert kept.record is not None
    assert seen == [(decision.pk, doris)]
    said = [entry.action for entry in entries_for(kept)]
    assert said == ["decisions.decision.made", "decisions.decision.proposed"]


def test_sent_back_with_a_reason_it_never_applies(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setitem(registry.RETURNS, DecisionKind.MEMBERSHIP_REFUSE, lambda d, _actor: seen.append(d.pk))
    decision, doris = made.refused(subject_id="3"), person(Role.DIRECTOR)
    with pytest.raises(DecisionRefused, match="varför"):
        services.send_back(decision, " \x00", actor=doris, expected_version=decision.version)
    services.send_back(decision, "Fråga dem en gång till.", actor=doris, expected_version=decision.version)
    kept = Decision.objects.get()
    assert (kept.state, kept.record, kept.second_reason) == (State.RETURNED, None, "Fråga dem en gång till.")
    assert seen == [decision.pk]
    assert made.decided(subject_id="3").state == State.IN_FORCE


@pytest.mark.parametrize("second", ["decider", "preparer"])
def test_the_same_person_is_never_both(second: str) -> None:
    """The issue: the same person never both."""
    prepared = person(Role.MANAGER, again=1)
    decision = made.refused(prepared_by=prepared)
    who = {"decider": decision.decided_by, "preparer": prepared}[second]
    for act in (
        lambda: services.agree(decision, actor=who, expected_version=1),
        lambda: services.send_back(decision, "Nej", actor=who, expected_version=1),
    ):
        with pytest.raises(DecisionRefused, match="andra personen"):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(
            state=State.IN_FORCE, second_by=who, record=diary.received()
        )


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.MANAGER, Role.DIRECTOR)])
def test_only_managers_and_the_director_look(role: Role) -> None:
    decision = made.refused()
    with pytest.raises(PermissionDenied):
        services.agree(decision, actor=person(role, again=2), expected_version=1)


def test_nobody_in_conflict_looks_or_is_agreed_with() -> None:
    """L-17: neither the second person, nor a decider whose conflict is declared afterwards."""
    decision, doris = made.refused(), person(Role.DIRECTOR)
    conflict = diary.conflict(decision.case, user=doris)
    with pytest.raises(PermissionDenied, match="jävig"):
        services.agree(decision, actor=doris, expected_version=1)
    diary.services.lift_conflict(conflict, actor=person(Role.MANAGER), reason="Fel person")
    diary.services.declare_conflict(
        decision.case, decision.decided_by, actor=decision.decided_by, reason="Min syster"
    )
    with pytest.raises(DecisionRefused, match="har fattat beslutet och är jävig"):
        services.agree(decision, actor=doris, expected_version=1)
    services.send_back(decision, "Jäv", actor=doris, expected_version=1)


def test_what_somebody_in_conflict_prepared_is_not_agreed_with() -> None:
    """L-17: whoever has a conflict does nothing in the case, so what was prepared does not count."""
    decision, doris = made.refused(), person(Role.DIRECTOR)
    diary.conflict(decision.case, user=decision.prepared_by)
    with pytest.raises(DecisionRefused, match="har berett ärendet och är jävig"):
        services.agree(decision, actor=doris, expected_version=1)
    services.send_back(decision, "Jäv", actor=doris, expected_version=1)


def test_who_decided_takes_it_back_while_nobody_has_agreed(monkeypatch: pytest.MonkeyPatch) -> None:
    """L-01: it never applied, so it has no record; anybody else is refused, and it can be decided anew."""
    seen: list[int] = []
    monkeypatch.setitem(registry.RETURNS, DecisionKind.MEMBERSHIP_REFUSE, lambda d, _actor: seen.append(d.pk))
    decision = made.refused(subject_id="4")
    cecilia, doris = decision.decided_by, person(Role.DIRECTOR)
    for other in (doris, decision.prepared_by, person(Role.MANAGER, again=3)):
        with pytest.raises(PermissionDenied, match="Bara den som har fattat beslutet"):
            services.take_back(decision, "Nej", actor=other, expected_version=1)
    with pytest.raises(DecisionRefused, match="varför"):
        services.take_back(decision, " \x00", actor=cecilia, expected_version=1)
    stale = Decision.objects.get(pk=decision.pk)
    services.take_back(decision, "Jag läste fel underlag.", actor=cecilia, expected_version=1)
    kept = Decision.objects.get(pk=decision.pk)
    assert (kept.state, kept.record, kept.second_by) == (State.WITHDRAWN, None, None)
    assert kept.second_reason == "Jag läste fel underlag." and kept.second_at is not None
    assert seen == [decision.pk] and not Record.objects.exists()
    with pytest.raises(ChangedMeanwhile):
        services.agree(stale, actor=doris, expected_version=1)
    with pytest.raises(DecisionRefused, match="redan återtaget"):
        services.agree(kept, actor=doris, expected_version=kept.version)
    assert entries_for(kept)[0].action == "decisions.decision.withdrawn"
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(second_reason="Något annat")
    again = made.agreed(subject_id="4")
    with pytest.raises(DecisionRefused, match="gäller redan"):
        services.take_back(again, "Nej", actor=cecilia, expected_version=again.version)


def test_the_page_takes_it_back_for_its_decider_only(client: Client) -> None:
    decision = made.refused()
    address = f"/beslut/{decision.public_id}/"
    client.force_login(person(Role.DIRECTOR))
    assert "ta-tillbaka" not in client.get(address).content.decode()
    assert client.post(f"{address}ta-tillbaka/", {"version": 1, "reason": "x"}).status_code == 403
    client.force_login(decision.decided_by)
    assert "ta-tillbaka" in client.get(address).content.decode()
    assert client.post(f"{address}ta-tillbaka/", {"version": 1, "reason": ""}).status_code == 422
    assert client.post(f"{address}ta-tillbaka/", {"version": 1, "reason": "Fel"}).status_code == 302
    page = client.get(address).content.decode()
    assert "Det har aldrig gällt." in page and "Ingen hann hålla med" in page and "ta-tillbaka" not in page


def test_settled_is_settled() -> None:
    decision = made.agreed()
    with pytest.raises(DecisionRefused, match="ändras inte"):
        services.send_back(decision, "Nej", actor=person(Role.DIRECTOR), expected_version=decision.version)
    again = made.refused()
    stale = Decision.objects.get(pk=again.pk)
    services.send_back(again, "Nej", actor=person(Role.DIRECTOR), expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        services.agree(stale, actor=person(Role.DIRECTOR), expected_version=1)


CHANGES = [
    {"text": "Något annat"},
    {"reasons": "Andra skäl"},
    {"has_deviation": False},
    {"subject_label": "En annan"},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
@pytest.mark.parametrize("make", [made.refused, made.agreed])
def test_the_database_keeps_what_was_decided(make: object, change: dict[str, object]) -> None:
    """A decision's facts never change, whoever writes to the table."""
    decision: Decision = make()  # type: ignore[operator]
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk)._raw_delete("default")  # type: ignore[attr-defined]


def test_in_force_not_even_its_state_changes() -> None:
    decision = made.agreed()
    for change in ({"state": State.RETURNED}, {"second_by": None}, {"version": 9}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Decision.objects.filter(pk=decision.pk).update(**change)


def test_states_and_events_are_told() -> None:
    assert set(TRANSITIONS) == set(EVENTS) == set(State)


@pytest.mark.parametrize("both_agree", [True, False])
@pytest.mark.django_db(transaction=True)
def test_of_two_second_persons_one_wins_and_one_is_told(
    both_agree: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = made.refused()
    # What an area above does when it is told: it takes the case's row.
    monkeypatch.setitem(
        registry.RETURNS, decision.kind, lambda d, _actor: check_open(Case.objects.get(pk=d.case_id))
    )
    seconds = [person(Role.DIRECTOR), person(Role.MANAGER, again=1)]

    def attempt(second: User) -> str:
        try:
            mine = Decision.objects.get(pk=decision.pk)
            if both_agree or second == seconds[0]:
                services.agree(mine, actor=second, expected_version=1)
            else:
                services.send_back(mine, "Nej", actor=second, expected_version=1)
        except RecordsRefused as refusal:
            return refusal.sentence
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as threads:
        told = sorted(threads.map(attempt, seconds))
    assert told[0] == ""
    assert told[1]
    in_force = Decision.objects.get().state == State.IN_FORCE
    assert Record.objects.count() == (1 if in_force else 0)
    assert in_force or not both_agree
