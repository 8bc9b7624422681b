"""Reads: how the second readers' samples went. Unknown stands beside the rest."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from pakten.alerts.models import Alert, AlertKind, AlertState, Outcome, SampleDraw


@dataclass(frozen=True, slots=True)
class SampleFigure:
    """What became of all controls that were drawn. ``eligible``: those that were drawn from."""

    eligible: int
    drawn: int
    agreed: int
    not_agreed: int
    unsure: int
    settled: int

    @property
    def waiting(self) -> int:
        """Drawn, and not yet looked at."""
        return self.drawn - self.agreed - self.not_agreed - self.unsure - self.settled

    @property
    def read(self) -> int:
        """Those about which a second person could tell."""
        return self.agreed + self.not_agreed


def sample_figure() -> SampleFigure:
    """Over all draws."""
    drawn = SampleDraw.objects.aggregate(eligible=Sum("eligible"), drawn=Sum("drawn"))
    read = Alert.objects.filter(kind=AlertKind.SAMPLE, state=AlertState.CLOSED).aggregate(
        **{
            outcome.value: Count("pk", filter=Q(outcome=outcome))
            for outcome in (Outcome.AGREED, Outcome.NOT_AGREED, Outcome.UNSURE, Outcome.SETTLED)
        }
    )
    return SampleFigure(eligible=drawn["eligible"] or 0, drawn=drawn["drawn"] or 0, **read)


def draws() -> QuerySet[SampleDraw]:
    """All draws, newest first."""
    return SampleDraw.objects.select_related("run")
