"""A step that can't be taken is refused in a sentence that says what stands in the way, for every pair."""

from __future__ import annotations

import re

import pytest

from pakten.members.models import (
    APPLICATION_TRANSITIONS,
    TRANSITIONS,
    Application,
    ApplicationState,
    Membership,
    State,
)
from pakten.members.policies import check_transition
from pakten.members.policies.applications import check_application_transition
from pakten.organisations.refusals import Refused

# Names of states are nouns and participles; put together by a program they read like one.
STIFF = re.compile(r"\bkan inte bli (förslag|registrerad|beslutad|kontrollerad|aktiv|vilande|avslutad)\b|”")


def test_every_refused_step_of_an_application_reads_as_a_person_would_say_it() -> None:
    said: set[str] = set()
    for now in ApplicationState:
        for wanted in set(ApplicationState) - APPLICATION_TRANSITIONS[now]:
            with pytest.raises(Refused) as refused:
                check_application_transition(Application(state=now), wanted)
            sentence = refused.value.sentence
            assert sentence.endswith(".") and sentence[0].isupper() and not STIFF.search(sentence), sentence
            said.add(sentence)
    assert "Det går inte att föreslå beslut nu. Ett beslut är redan föreslaget." in said
    assert len(said) == sum(len(ApplicationState) - len(APPLICATION_TRANSITIONS[s]) for s in ApplicationState)


def test_every_refused_step_of_a_membership_reads_as_a_person_would_say_it() -> None:
    for now in State:
        for wanted in set(State) - TRANSITIONS[now]:
            with pytest.raises(Refused) as refused:
                check_transition(Membership(state=now), wanted)
            assert refused.value.sentence.endswith(".") and not STIFF.search(refused.value.sentence)
