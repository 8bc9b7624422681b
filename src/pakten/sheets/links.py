"""The way from a control's pages to its sheets."""

from __future__ import annotations

from django.urls import reverse

from pakten.checks.links import Link, Subject
from pakten.checks.models import BasicControl, BasicState, ControlRun, RunState
from pakten.sheets.queries import kind_of


def link_of(subject: Subject) -> Link | None:
    """To the sheets of a control, a finished check list or a finished run; none where there can't be any."""
    if isinstance(subject, ControlRun):
        finished = subject.state == RunState.FINISHED
        return Link("Kontrollblad för alla", reverse("sheets:run", args=[subject.pk])) if finished else None
    if isinstance(subject, BasicControl) and subject.state != BasicState.DONE:
        return None
    return Link("Kontrollblad", reverse("sheets:of", args=[kind_of(subject), subject.pk]))
