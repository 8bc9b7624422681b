"""The delegation order, the decisions made by it, and what the board has been told of them."""

from pakten.decisions.models.decision import EVENTS, TRANSITIONS, Decision, State
from pakten.decisions.models.kinds import ANSWERS, DecisionKind
from pakten.decisions.models.order import DecisionRule, DelegationItem, When
from pakten.decisions.models.report import BoardReport, ReportedDecision

__all__ = [
    "ANSWERS",
    "EVENTS",
    "TRANSITIONS",
    "BoardReport",
    "Decision",
    "DecisionKind",
    "DecisionRule",
    "DelegationItem",
    "ReportedDecision",
    "State",
    "When",
]
