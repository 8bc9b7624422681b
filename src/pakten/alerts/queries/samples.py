"""Reads: how the second readers' samples went. Unknown stands beside the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

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


def samples() -> QuerySet[Alert]:
    """Every control that was drawn, as what waits or waited for a second person."""
    return Alert.objects.filter(kind=AlertKind.SAMPLE).select_related("organisation", "closed_by")


def drawn_by(day: date) -> Q:
    """Those drawn up to and including the day."""
    return Q(raised_at__lt=_after(day))


def read_by(day: date, *outcomes: Outcome) -> Q:
    """Those with one of these answers on the day."""
    return drawn_by(day) & Q(outcome__in=outcomes, closed_at__lt=_after(day))


def waiting_on(day: date) -> Q:
    """Those without an answer on the day, though one may have come since."""
    return drawn_by(day) & (Q(closed_at=None) | Q(closed_at__gte=_after(day)))


def _after(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def draws() -> QuerySet[SampleDraw]:
    """All draws, newest first."""
    return SampleDraw.objects.select_related("run")
