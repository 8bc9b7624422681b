"""The delegation order changes row upon row; what was decided by an old row stays so."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.people import person
from tests.web.decisions import made

from pakten.accounts.models import Role
from pakten.audit.queries import entries_for
from pakten.decisions import defaults, phrases, services
from pakten.decisions.models import DecisionKind, DecisionRule, DelegationItem, State, When
from pakten.decisions.refusals import DecisionRefused
from pakten.decisions.services import ItemFacts, RuleFacts
from pakten.records.refusals import ChangedMeanwhile

pytestmark = pytest.mark.django_db


def facts(**more: object) -> ItemFacts:
    found = ItemFacts(
        number="4.1",
        text="Anta medlemmar",
        kind=DecisionKind.MEMBERSHIP_ACCEPT,
        role=Role.MANAGER,
        valid_from=timezone.localdate() + timedelta(days=10),
        paper="§ 12, 2026-03-10",
    )
    return replace(found, **more)  # type: ignore[arg-type]


def test_a_new_version_ends_the_old_one_the_day_before() -> None:
    old = DelegationItem.objects.get(number="4.1")
    decision = made.decided()
    new = services.add_item(facts(), actor=person(Role.DIRECTOR))
    old.refresh_from_db()
    assert old.valid_to == new.valid_from - timedelta(days=1)
    assert (old.text, decision.item) == ("Ta emot en organisation som medlem i nätverket", old)
    assert made.decided().item == old
    entry = entries_for(new)[0]
    assert entry.before["text"] == old.text
    assert entry.after["paper"] == "§ 12, 2026-03-10"


def test_another_role_is_added_beside() -> None:
    today = timezone.localdate()
    services.add_item(facts(role=Role.CASE_OFFICER, valid_from=today), actor=person(Role.ADMINISTRATOR))
    decision = services.decide(made.facts(), actor=person(Role.CASE_OFFICER))
    assert decision.item.role == Role.CASE_OFFICER
    assert made.decided().item.role == Role.MANAGER


@pytest.mark.parametrize(
    "bad",
    [
        {"number": " "},
        {"text": "\x00"},
        {"paper": ""},
        {"role": Role.REGISTRAR},
        {"role": Role.MEMBER_CONTACT},
        {"valid_from": timezone.localdate() - timedelta(days=1)},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_a_sentence(bad: dict[str, object]) -> None:
    with pytest.raises(DecisionRefused):
        services.add_item(facts(**bad), actor=person(Role.DIRECTOR))
    assert DelegationItem.objects.filter(valid_to=None).count() == DelegationItem.objects.count()


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.DIRECTOR, Role.ADMINISTRATOR)])
def test_only_director_and_administrator_change_it(role: Role) -> None:
    rule, item = DecisionRule.objects.first(), DelegationItem.objects.first()
    assert rule is not None
    assert item is not None
    asked = RuleFacts(When.NEVER, When.NEVER, is_execution=True)
    for act in (
        lambda: services.add_item(facts(), actor=person(role)),
        lambda: services.end_item(item, timezone.localdate(), actor=person(role), paper="§ 1"),
        lambda: services.change_rule(rule, asked, actor=person(role), expected_version=1),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_an_item_that_ended_gives_no_right() -> None:
    item = DelegationItem.objects.get(number="4.1")
    day = timezone.localdate()
    with pytest.raises(DecisionRefused, match="tidigast"):
        services.end_item(item, day - timedelta(days=1), actor=person(Role.DIRECTOR), paper="§ 1")
    with pytest.raises(DecisionRefused, match="nämndens beslut"):
        services.end_item(item, day, actor=person(Role.DIRECTOR), paper=" ")
    services.end_item(item, day, actor=person(Role.DIRECTOR), paper="§ 1")
    with pytest.raises(ChangedMeanwhile):
        services.end_item(item, day, actor=person(Role.DIRECTOR), paper="§ 1")
    assert made.decided().state == State.IN_FORCE  # its last day


def test_nobody_is_ever_alone_with_a_deviation() -> None:
    """Domain 4.10: the same person never both, whatever else is set."""
    rule = DecisionRule.objects.get(kind=DecisionKind.MEMBERSHIP_ACCEPT)
    boss = person(Role.DIRECTOR)
    alone = RuleFacts(When.NEVER, When.NEVER, is_execution=False)
    with pytest.raises(DecisionRefused, match="ensam"):
        services.change_rule(rule, alone, actor=boss, expected_version=rule.version)
    for enough in (
        RuleFacts(When.ON_DEVIATION, When.NEVER, False),
        RuleFacts(When.NEVER, When.ALWAYS, False),
    ):
        services.change_rule(rule, enough, actor=boss, expected_version=rule.version)


def test_the_four_eyes_are_a_setting() -> None:
    rule = DecisionRule.objects.get(kind=DecisionKind.MEMBERSHIP_ACCEPT)
    asked = RuleFacts(When.ALWAYS, When.ALWAYS, is_execution=False)
    services.change_rule(rule, asked, actor=person(Role.DIRECTOR), expected_version=rule.version)
    with pytest.raises(DecisionRefused, match="berett"):
        made.decided(prepared_by=person(Role.MANAGER))
    decision = made.decided()
    assert (decision.state, decision.is_execution) == (State.AWAITING_SECOND, False)
    with pytest.raises(ChangedMeanwhile):
        services.change_rule(rule, asked, actor=person(Role.DIRECTOR), expected_version=1)
    assert entries_for(rule)[0].action == "decisions.rule.changed"


def test_filling_in_again_changes_nothing() -> None:
    services.end_item(
        DelegationItem.objects.get(number="4.1"),
        timezone.localdate(),
        actor=person(Role.DIRECTOR),
        paper="§ 1",
    )
    before = list(DelegationItem.objects.values())
    defaults.fill_in("default")
    assert list(DelegationItem.objects.values()) == before


@pytest.mark.parametrize("kind", [kind for kind in DecisionKind if kind.value.startswith("membership_")])
def test_one_word_for_being_taken_in(kind: DecisionKind) -> None:
    """Form, letter, decision and delegation order say the same: *ta emot*, nowhere *anta* (8)."""
    standard = phrases.standard_text(kind, "Björken AB", board="Nämnden")
    ordered = [text for _, of, _, text in defaults.ITEMS if of == kind]
    for text in (kind.label, standard, *ordered):
        assert not re.search(r"\b[Aa]nta", text), text
    if kind in (DecisionKind.MEMBERSHIP_ACCEPT, DecisionKind.MEMBERSHIP_REFUSE):
        assert "ta emot" in str(kind.label).lower() and re.search(r"tar (inte )?emot", standard)
