"""Invented decisions to test with, made through the services."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.utils import timezone
from tests.people import person
from tests.web.records import diary

from pakten.accounts.models import Role
from pakten.decisions import services
from pakten.decisions.models import Decision, DecisionKind, DelegationItem
from pakten.decisions.services import DecisionFacts, ItemFacts

# Each decision is about something of its own unless a test says otherwise.
_NUMBERS = count(1)
CECILIA, HANNA, DORIS = Role.MANAGER, Role.CASE_OFFICER, Role.DIRECTOR


def facts(**more: Any) -> DecisionFacts:
    """An acceptance without deviation, prepared by Hanna."""
    values = {
        "case": more.pop("case", None) or diary.case("Ansökan från Norrskenets Åkeri AB"),
        "kind": DecisionKind.MEMBERSHIP_ACCEPT,
        "subject_type": "tests.application",
        "subject_id": str(next(_NUMBERS)),
        "subject_label": "Norrskenets Åkeri AB",
        "text": "Nämnden antar Norrskenets Åkeri AB som medlem i nätverket.",
        "reasons": "Kontrollen visade inget som talar emot.",
        "prepared_by": person(HANNA),
        "has_deviation": False,
    }
    return DecisionFacts(**values | more)


def item(**more: Any) -> DelegationItem:
    """A new item of the delegation order, from today."""
    values = {
        "number": "4.9",
        "text": "Anta en organisation",
        "kind": DecisionKind.MEMBERSHIP_ACCEPT,
        "role": Role.CASE_OFFICER,
        "valid_from": timezone.localdate(),
        "paper": "§ 12, 2026-03-10",
    }
    DelegationItem.objects.filter(number="4.9").delete()
    return services.add_item(ItemFacts(**values | more), actor=person(DORIS))


def decided(**more: Any) -> Decision:
    """In force at once."""
    return services.decide(facts(**more), actor=person(CECILIA))


def refused(**more: Any) -> Decision:
    """Cecilia's refusal, which waits for a second person."""
    values = {
        "kind": DecisionKind.MEMBERSHIP_REFUSE,
        "text": "Nämnden antar inte Norrskenets Åkeri AB som medlem.",
        "reasons": "Organisationen har inte svarat på två frågor om sin verksamhet.",
        "has_deviation": True,
    }
    return decided(**values | more)


def agreed(**more: Any) -> Decision:
    """A refusal that Doris has agreed to."""
    decision = refused(**more)
    services.agree(decision, actor=person(DORIS), expected_version=decision.version)
    return decision
