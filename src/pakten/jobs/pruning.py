"""The queue's own rows of work that is done: nobody reads them, and there is one for each minute's post."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

# Long enough to look up why something failed last week.
KEPT = timedelta(days=14)
_ENDED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)


def ended() -> QuerySet[DBTaskResult[Any, Any]]:
    """Rows of tasks that ended longer ago than they are kept. The job, with its outcome, is another row."""
    return DBTaskResult.objects.filter(status__in=_ENDED, finished_at__lt=timezone.now() - KEPT)


def anything_ended() -> bool:
    """Is there any such row?"""
    return ended().exists()


def prune() -> int:
    """Delete them; how many. They are no records: what was done stands in the log, and on the jobs page."""
    return ended().delete()[0]
