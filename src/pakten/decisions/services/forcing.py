"""How a decision comes in force: registered with its file, carried out by the area above, logged."""

from __future__ import annotations

from typing import Any

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions import paper
from pakten.decisions.models import EVENTS, Decision, State
from pakten.decisions.registry import EFFECTS, renderer
from pakten.records.models import Record
from pakten.records.services import NewFile, Paper, log_drawn_up, register_drawn_up


def register(decision: Decision, *, actor: User) -> Record:
    """Give the decision its number and its file in the diary, in the caller's transaction."""
    content = f"{decision.get_kind_display()}: {decision.subject_label}"

    def files(record: Record) -> list[NewFile]:
        decision.record = record
        made = (renderer() or paper.plain)(decision)
        return [NewFile.of_bytes(made.name, made.data, media_type=made.media_type)]

    return register_drawn_up(decision.case, Paper(content, "decision"), actor=actor, files=files)


def carry_out(decision: Decision, *, actor: User) -> None:
    """Let the effect take place, then log: rows are locked before the log is, never the other way round."""
    if effect := EFFECTS.get(decision.kind):
        effect(decision, actor)
    assert decision.record is not None
    log_drawn_up(decision.record, actor=actor)
    log(EVENTS[State.IN_FORCE], decision, actor=actor, after=told(decision), reason=decision.reasons)


def told(decision: Decision) -> dict[str, Any]:
    """What the log keeps of a decision."""
    return {
        "kind": decision.kind,
        "subject": decision.subject_label,
        "text": decision.text,
        "item": decision.item.number,
        "board": decision.board,
        "decided_by": str(decision.decided_by),
        "prepared_by": str(decision.prepared_by),
        "has_deviation": decision.has_deviation,
        "record": decision.record.number if decision.record else "",
    }
