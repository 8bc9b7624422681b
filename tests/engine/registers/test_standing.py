"""Three independent signals: deregistered, in distress, active."""

from datetime import UTC, datetime

import pytest

from vandel.evidence import Source
from vandel.registers.facts import Fact, FactState, Field, Outcome, RegisterFacts, nothing
from vandel.registers.standing import Signal, standing

SOURCE = Source("Invented", "file.txt", datetime(2026, 11, 21, tzinfo=UTC), "0" * 64, 1)


def fact(field, state=FactState.STATED, value="x", code="", business=1):
    stated = state is FactState.STATED
    silent = state in (FactState.COULD_NOT_CHECK, FactState.UNKNOWN)
    return Fact(
        field, state, SOURCE, value if stated else "", code, "", business, "", "why" if silent else ""
    )


def of(*facts):
    found = standing(RegisterFacts("r", "5560160680", Outcome.FOUND, facts, SOURCE))
    return found.is_deregistered, found.in_distress, found.is_active


NONE, FAULT = FactState.NOT_STATED, FactState.COULD_NOT_CHECK


@pytest.mark.parametrize(
    ("facts", "signals"),
    [
        ((), ("not_told", "not_told", "not_told")),
        (
            (fact(Field.DEREGISTERED_ON, NONE), fact(Field.PROCEEDING, NONE), fact(Field.ACTIVE, code="NEJ")),
            ("no", "no", "no"),
        ),
        ((fact(Field.PROCEEDING, code="FUOT"),), ("not_told", "no", "not_told")),
        (
            (fact(Field.PROCEEDING, code="FUOT"), fact(Field.PROCEEDING, code="KK")),
            ("not_told", "yes", "not_told"),
        ),
        ((fact(Field.DEREGISTERED_ON), fact(Field.ACTIVE, code="1")), ("yes", "not_told", "yes")),
        (
            (fact(Field.DEREGISTERED_ON), fact(Field.DEREGISTERED_ON, NONE, business=2)),
            ("no", "not_told", "not_told"),
        ),
        (
            (fact(Field.DEREGISTERED_ON, FAULT), fact(Field.PROCEEDING, FAULT), fact(Field.ACTIVE, FAULT)),
            ("could_not_check",) * 3,
        ),
        ((fact(Field.ACTIVE, NONE),), ("not_told", "not_told", "not_told")),
        ((fact(Field.ACTIVE, FactState.NOT_FOUND),), ("not_told", "not_told", "not_told")),
    ],
)
def test_signals(facts, signals):
    assert of(*facts) == tuple(map(Signal, signals))


def test_no_answer_is_never_a_no():
    down = nothing("r", "1", outcome=Outcome.COULD_NOT_CHECK, reason="down")
    assert standing(down).is_deregistered is Signal.COULD_NOT_CHECK
    missing = nothing("r", "1", outcome=Outcome.NOT_FOUND, reason="missing")
    assert standing(missing).is_active is Signal.NOT_TOLD


def test_a_fact_without_value_or_reason_cannot_be_built():
    for bad in (
        {"state": FactState.STATED},
        {"state": FactState.NOT_STATED, "value": "x"},
        {"state": FactState.COULD_NOT_CHECK},
        {"state": FactState.UNKNOWN},
    ):
        with pytest.raises(ValueError, match="fact"):
            Fact(Field.NAME, source=SOURCE, **bad)
    with pytest.raises(ValueError, match="why"):
        RegisterFacts("r", "1", Outcome.NOT_FOUND)
    with pytest.raises(ValueError, match="source"):
        RegisterFacts("r", "1", Outcome.FOUND)
