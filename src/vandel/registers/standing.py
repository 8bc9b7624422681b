"""An organisation's standing: three signals that may all be true at once, none derived from another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vandel.registers import codes
from vandel.registers.facts import Fact, FactState, Field, Outcome, RegisterFacts


class Signal(StrEnum):
    """``not_told``: this register does not say. ``could_not_check``: it did not answer."""

    YES = "yes"
    NO = "no"
    NOT_TOLD = "not_told"
    COULD_NOT_CHECK = "could_not_check"


_ACTIVE: Final = frozenset({"JA", "1"})


@dataclass(frozen=True, slots=True)
class Standing:
    """``in_distress``: bankruptcy, liquidation, reconstruction, composition or resolution is under way.

    Taking over another company in a merger is no distress. ``is_active`` is the tax authority's and SCB's
    word for doing business: an association may well be none and exist.
    """

    is_deregistered: Signal
    in_distress: Signal
    is_active: Signal
    proceedings: tuple[Fact, ...] = ()


def standing(said: RegisterFacts) -> Standing:
    """The three signals of one register's facts. Where nothing was found or answered, nothing is told."""
    if said.outcome is not Outcome.FOUND:
        silent = Signal.COULD_NOT_CHECK if said.outcome is Outcome.COULD_NOT_CHECK else Signal.NOT_TOLD
        return Standing(silent, silent, silent)
    proceedings = said.of(Field.PROCEEDING)
    ended = [_signal(fact, fact.state is FactState.STATED) for fact in said.of(Field.DEREGISTERED_ON)]
    distress = [_signal(fact, fact.code in codes.DISTRESS) for fact in proceedings]
    active = [_signal(fact, fact.code in _ACTIVE, silence=Signal.NOT_TOLD) for fact in said.of(Field.ACTIVE)]
    return Standing(
        # Of several businesses under one number, the organisation has ended when all of them have.
        _joined(ended, (Signal.COULD_NOT_CHECK, Signal.NO, Signal.YES)),
        _joined(distress, (Signal.YES, Signal.COULD_NOT_CHECK, Signal.NO)),
        _joined(active, (Signal.YES, Signal.COULD_NOT_CHECK, Signal.NO)),
        tuple(fact for fact in proceedings if fact.state is FactState.STATED),
    )


def _signal(fact: Fact, is_so: bool, *, silence: Signal = Signal.NO) -> Signal:
    if fact.state is FactState.COULD_NOT_CHECK:
        return Signal.COULD_NOT_CHECK
    if fact.state in (FactState.NOT_FOUND, FactState.UNKNOWN):
        return Signal.NOT_TOLD
    if fact.state is FactState.NOT_STATED:
        return silence
    return Signal.YES if is_so else Signal.NO


def _joined(signals: list[Signal], order: tuple[Signal, ...]) -> Signal:
    return next((signal for signal in order if signal in signals), Signal.NOT_TOLD)
