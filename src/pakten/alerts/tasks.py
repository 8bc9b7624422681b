"""What is done by the clock."""

from __future__ import annotations

from django_tasks import task

from pakten.alerts.services import sites
from pakten.alerts.services.likenesses import catch_up
from pakten.alerts.services.returning import see_to


@task()
def return_alerts() -> None:
    """Bring back what was snoozed, what was not answered and what is late."""
    see_to()


@task()
def follow_likenesses() -> None:
    """Bring the inbox in line with the likenesses, whatever was written past it."""
    catch_up()


@task()
def follow_sites() -> None:
    """Bring the inbox in line with what waits on the websites, whatever was written past it."""
    sites.catch_up()
