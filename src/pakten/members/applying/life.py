"""How long the applicant's secret link shows the application once nothing more happens to it."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from pakten.members.models import Application


def shown_until(application: Application) -> date | None:
    """The last day of the status page; None while the case is open, and again where it was reopened.

    Counted from the day on which the case was closed: decided, withdrawn or lapsed.
    """
    if (closed := application.case.closed_at) is None:
        return None
    return timezone.localdate(closed) + timedelta(days=settings.APPLICATION_STATUS_DAYS)


def has_gone(application: Application, *, today: date) -> bool:
    """Is the link's time out? The application itself stays in the diary."""
    last = shown_until(application)
    return last is not None and last < today
