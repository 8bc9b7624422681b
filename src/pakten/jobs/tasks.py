"""Work outside the page."""

from __future__ import annotations

from django_tasks import task

from pakten.jobs import files, pruning


@task()
def prune() -> int:
    """Delete the queue's rows of work that ended long ago; how many."""
    return pruning.prune()


@task()
def give_up_files() -> int:
    """Delete the files of jobs that nobody has started again in time; how many."""
    return files.give_up()
