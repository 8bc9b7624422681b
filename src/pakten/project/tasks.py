"""Work by the clock that belongs to no area of its own."""

from __future__ import annotations

from django_tasks import task

from pakten.audit.services import note_outside


@task()
def notice_outside_changes() -> None:
    """Tell in the log of what other programs have changed."""
    while note_outside():
        pass
