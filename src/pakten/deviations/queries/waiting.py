"""What deviations wait for: the same words in the address of the list, on the home page and in counts."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from pakten.deviations.models import (
    OPEN,
    Act,
    Comment,
    Hearing,
    HearingState,
    HistoryRow,
    Level,
    Proposal,
    ProposalState,
)

# After one of these by a person the comments before it have been read.
_LOOKED = (Act.ASSESSED, Act.MOVED, Act.PROPOSED)


class Waits(StrEnum):
    """What a deviation waits for, in the words of the address."""

    CONFIRMATION = "bekraftelse"
    FOLLOW_UP = "uppfoljning"
    COMMENT_READ = "synpunkter"
    TELLING = "berattas"
    ORGANISATION = "organisationen"
    DECISION = "beslut"


WORDS: dict[Waits, str] = {
    Waits.CONFIRMATION: "Att någon bekräftar iakttagelsen",
    Waits.FOLLOW_UP: "Uppföljning, dagen är inne",
    Waits.COMMENT_READ: "Att någon läser synpunkter",
    Waits.TELLING: "Att organisationen får veta",
    Waits.ORGANISATION: "Organisationens synpunkter",
    Waits.DECISION: "Ett beslut",
}


def waiting_for(what: Waits, *, today: date | None = None) -> Q:
    """The condition for those that wait for this."""
    day = today or timezone.localdate()
    is_open, is_confirmed = Q(level__in=OPEN), Q(level__in=OPEN) & ~Q(level=Level.OBSERVATION)
    hearings = Hearing.objects.order_by()
    waiting = hearings.filter(state=HearingState.WAITING).values("deviation")
    proposed = Proposal.objects.filter(state=ProposalState.PROPOSED).order_by().values("deviation")
    return {
        Waits.CONFIRMATION: Q(level=Level.OBSERVATION),
        Waits.FOLLOW_UP: is_open & Q(follow_up_on__lte=day),
        Waits.COMMENT_READ: is_open & Q(pk__in=unread_comments().values("deviation")),
        Waits.TELLING: is_confirmed & ~Q(pk__in=hearings.values("deviation")),
        Waits.ORGANISATION: is_open & Q(pk__in=waiting),
        Waits.DECISION: Q(pk__in=proposed),
    }[what]


def unread_comments() -> QuerySet[Comment]:
    """Comments after which no person has assessed, moved or proposed anything."""
    looked = HistoryRow.objects.filter(deviation=OuterRef("deviation"), act__in=_LOOKED, by__isnull=False)
    rows = Comment.objects.order_by().annotate(looked_at=Subquery(looked.order_by("-at").values("at")[:1]))
    return rows.filter(Q(looked_at=None) | Q(at__gt=F("looked_at")))
