"""The queue's own rows do not grow for ever; what is not done is never pruned."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from tests.web.jobs.work_to_do import count_to

from pakten.jobs import pruning
from pakten.jobs.schedules import SCHEDULES
from pakten.jobs.tasks import prune

LONG_AGO = timezone.now() - pruning.KEPT - timedelta(minutes=1)
RECENTLY = timezone.now() - pruning.KEPT + timedelta(hours=1)


@pytest.mark.django_db
def test_only_rows_of_work_that_ended_long_ago_go() -> None:
    for status, finished in (
        (TaskResultStatus.SUCCESSFUL, LONG_AGO),
        (TaskResultStatus.FAILED, LONG_AGO),
        (TaskResultStatus.SUCCESSFUL, RECENTLY),
        (TaskResultStatus.READY, None),
        (TaskResultStatus.RUNNING, None),
    ):
        key = count_to.enqueue(job_id=0, number=1).id
        DBTaskResult.objects.filter(pk=key).update(status=status, finished_at=finished)
    assert pruning.anything_ended()
    assert pruning.prune() == 2
    assert DBTaskResult.objects.count() == 3
    assert not pruning.anything_ended(), "the clock starts nothing when there is nothing to do"


def test_the_clock_does_it_each_night() -> None:
    timed = SCHEDULES["jobs.prune"]
    assert timed.task == prune.module_path
    assert timed.when is pruning.anything_ended
