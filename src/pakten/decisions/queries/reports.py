"""What the board has been told, and what it is to be told next."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from pakten.accounts.models import User
from pakten.decisions.models import BoardReport, Decision, State
from pakten.records.queries.conflicts import in_conflict


def not_reported() -> QuerySet[Decision]:
    """All decisions in force that the board is to be told of and has not been, oldest first."""
    return (
        Decision.objects.filter(state=State.IN_FORCE, is_execution=False, reported=None)
        .select_related("item", "decided_by", "second_by", "record__case", "case")
        .order_by("decided_at", "pk")
    )


def to_report(*, board: str, reader: User) -> QuerySet[Decision]:
    """Those of this board that the reader may report: none from cases where they have a conflict."""
    return open_to(reader).filter(board=board)


def open_to(reader: User) -> QuerySet[Decision]:
    """What the reader may report, to any board."""
    return not_reported().exclude(case__in=in_conflict(reader))


def boards(reader: User) -> list[str]:
    """The boards that the reader has something to tell, by name."""
    return sorted(set(open_to(reader).order_by().values_list("board", flat=True)))


def closed_to(reader: User) -> int:
    """How many decisions to report lie in cases where the reader has a conflict of interest."""
    return not_reported().filter(case__in=in_conflict(reader)).count()


def reports() -> QuerySet[BoardReport]:
    """The reports that were made, latest meeting first; ``number`` is how many decisions each tells of."""
    found = BoardReport.objects.select_related("made_by", "record__case")
    return found.annotate(number=Count("lines")).order_by("-meeting_date", "-pk")
