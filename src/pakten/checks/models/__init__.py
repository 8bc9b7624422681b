"""Tables of the control: lists, runs, what each control gave, likenesses, judgements, basic controls."""

from pakten.checks.models.basic import BASIC_TRANSITIONS, BasicControl, BasicItem, BasicState, CheckResult
from pakten.checks.models.likenesses import (
    Act,
    Likeness,
    LikenessJudgement,
    LikenessState,
    SubjectKind,
    Verdict,
)
from pakten.checks.models.lists import ListEdition, ListInForce, Origin
from pakten.checks.models.runs import Control, ControlResult, ControlRun, Extent, RunState

__all__ = [
    "BASIC_TRANSITIONS",
    "Act",
    "BasicControl",
    "BasicItem",
    "BasicState",
    "CheckResult",
    "Control",
    "ControlResult",
    "ControlRun",
    "Extent",
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
