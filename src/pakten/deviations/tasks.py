"""Work outside the page: each task calls services."""

from __future__ import annotations

from django_tasks import task

from pakten.deviations import services


@task()
def see_to_hearings() -> None:
    """Remind of letters that wait for comments, and note the silence where the day is over."""
    services.remind_all()
    services.note_silence_all()
