"""Reads: whether the stop button is pressed."""

from __future__ import annotations

from pakten.watching.models import Halt
from pakten.watching.refusals import Stopped


def halt() -> Halt | None:
    """The stop that is in force."""
    return Halt.objects.filter(active=True).select_related("stopped_by").first()


def is_halted() -> bool:
    """Whether nothing may be done by itself now."""
    return Halt.objects.filter(active=True).exists()


def check_running() -> None:
    """Raise Stopped while the stop button is pressed."""
    if is_halted():
        raise Stopped("Stoppknappen är intryckt. Inget görs automatiskt förrän någon släpper den.")
