"""Reads: which applications came in, were answered and waited, by day."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, DateField, DurationField, ExpressionWrapper, F, Q, QuerySet, When
from django.db.models.functions import TruncDate

from pakten.members.models import Application, ApplicationOutcome, ApplicationState

_FINAL = (ApplicationOutcome.ACCEPT, ApplicationOutcome.ACCEPT_WITH_NOTE, ApplicationOutcome.REFUSE)
_GONE = (ApplicationState.WITHDRAWN, ApplicationState.LAPSED)


def applications() -> QuerySet[Application]:
    """All applications, each with the days ``came`` and, once answered or ended, ``answered`` or ``gone``."""
    final = When(outcome__in=_FINAL, then=TruncDate("decision__decided_at"))
    gone = When(state__in=_GONE, then=TruncDate("state_since"))
    rows = Application.objects.annotate(
        came=TruncDate("received_at"),
        answered=Case(final, default=None, output_field=DateField()),
        gone=Case(gone, default=None, output_field=DateField()),
    )
    return rows.select_related("organisation", "case", "decision")


def came_between(first: date, last: date) -> Q:
    """Those of ``applications`` that came in from ``first`` to ``last``."""
    return Q(came__gte=first, came__lte=last)


def answered_between(first: date, last: date, *outcomes: ApplicationOutcome) -> Q:
    """Those that were answered from ``first`` to ``last``, so (any answer where none is named)."""
    return Q(answered__gte=first, answered__lte=last, outcome__in=outcomes or _FINAL)


def gone_between(first: date, last: date) -> Q:
    """Those that were withdrawn or lapsed from ``first`` to ``last``."""
    return Q(gone__gte=first, gone__lte=last)


def waited_on(day: date) -> Q:
    """Those that had come in by the end of the day and were neither answered nor gone."""
    answered = Q(answered__isnull=False, answered__lte=day)
    return Q(came__lte=day) & ~answered & ~Q(gone__isnull=False, gone__lte=day)


def timed_applications() -> QuerySet[Application]:
    """All applications, each with ``waited``: the days from arrival to answer."""
    between = ExpressionWrapper(F("decision__decided_at") - F("received_at"), output_field=DurationField())
    return applications().annotate(waited=between)
