"""Tables of the control: editions of lists, runs, what each control gave, likenesses and judgements."""

from pakten.checks.models.likenesses import (
    Act,
    Likeness,
    LikenessJudgement,
    LikenessState,
    SubjectKind,
    Verdict,
)
from pakten.checks.models.lists import ListEdition, ListInForce, Origin
from pakten.checks.models.runs import Control, ControlResult, ControlRun, RunState

__all__ = [
    "Act",
    "Control",
    "ControlResult",
    "ControlRun",
    "Likeness",
    "LikenessJudgement",
    "LikenessState",
    "ListEdition",
    "ListInForce",
    "Origin",
    "RunState",
    "SubjectKind",
    "Verdict",
]
