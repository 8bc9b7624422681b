"""Work outside the page."""

from __future__ import annotations

from django_tasks import task

from pakten.jobs import pruning


@task()
def prune() -> int:
    """Delete the queue's rows of work that ended long ago; how many."""
    return pruning.prune()
