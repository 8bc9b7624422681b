"""Work outside the page: each task calls services."""

from __future__ import annotations

from django_tasks import task

from pakten.members.services import applications


@task()
def see_to_completions() -> None:
    """Remind of requests for more facts, and let lapse what nobody answered."""
    applications.remind_all()
    applications.lapse_all()
