"""Work outside the page."""

from __future__ import annotations

from django_tasks import task

from pakten.letters import services


@task()
def send_due() -> int:
    """Send all messages whose time has come; how many went out."""
    return services.send_due()


@task()
def forget_disposed() -> int:
    """Take away what the diary has disposed of; how many messages."""
    return services.forget_disposed()


@task()
def forget_outlived() -> int:
    """Take away system mail that has served its time; how many messages."""
    return services.forget_outlived()
