"""What this area stores: visits with their pages and statements, and what people say of them."""

from pakten.visits.models.judging import (
    BelongingJudgement,
    BelongingVerdict,
    StatementJudgement,
    StatementVerdict,
)
from pakten.visits.models.reading import FoundStatement, VisitPage
from pakten.visits.models.rounds import VisitRound
from pakten.visits.models.seen import SeenItem, SeenResult, SeenTopic, VisitFile
from pakten.visits.models.untold import Untold
from pakten.visits.models.visit import TRANSITIONS, Made, Visit, VisitOutcome, VisitState, Whose

__all__ = [
    "TRANSITIONS",
    "BelongingJudgement",
    "BelongingVerdict",
    "FoundStatement",
    "Made",
    "SeenItem",
    "SeenResult",
    "SeenTopic",
    "StatementJudgement",
    "StatementVerdict",
    "Untold",
    "Visit",
    "VisitFile",
    "VisitOutcome",
    "VisitPage",
    "VisitRound",
    "VisitState",
    "Whose",
]
