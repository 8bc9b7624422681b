"""Deviations: the ladder, the evidence that stands by itself, what the organisation was told and said."""

from pakten.deviations.models.deviation import (
    AGAINST,
    CLOSED,
    CONFIRMED,
    DECIDED_AS,
    ENDS_WITH_APPLICATION,
    EVENTS,
    OPEN,
    TRANSITIONS,
    Deviation,
    Level,
    Origin,
    Seriousness,
)
from pakten.deviations.models.evidence import Evidence, EvidenceKind
from pakten.deviations.models.hearing import Came, Comment, Hearing, HearingState
from pakten.deviations.models.history import (
    PROPOSAL_TRANSITIONS,
    Act,
    HistoryRow,
    Proposal,
    ProposalState,
)

__all__ = [
    "AGAINST",
    "CLOSED",
    "CONFIRMED",
    "DECIDED_AS",
    "ENDS_WITH_APPLICATION",
    "EVENTS",
    "OPEN",
    "PROPOSAL_TRANSITIONS",
    "TRANSITIONS",
    "Act",
    "Came",
    "Comment",
    "Deviation",
    "Evidence",
    "EvidenceKind",
    "Hearing",
    "HearingState",
    "HistoryRow",
    "Level",
    "Origin",
    "Proposal",
    "ProposalState",
    "Seriousness",
]
