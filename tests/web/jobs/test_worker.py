"""The worker as a process of its own, asked to end and killed; and many who order at once."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from tests.people import person
from tests.processes import product_environment
from tests.web.jobs import work_to_do

from pakten.accounts.models import Role
from pakten.audit.verification import verify
from pakten.jobs import services, work
from pakten.jobs.models import Job, State

pytestmark = pytest.mark.django_db(transaction=True)


def worker(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pakten.project.manage", "worker", "--interval", "0.1", *arguments]
    return subprocess.Popen(command, env=product_environment(), stderr=subprocess.PIPE, text=True)


def eventually(job: Job, reached: Callable[[Job], bool]) -> None:
    for _ in range(300):
        job.refresh_from_db()
        if reached(job):
            return
        time.sleep(0.05)
    raise AssertionError(f"{job.state}, {job.done} of {job.total}")


def order(steps: int) -> Job:
    return services.start(
        "tests.work", "Räkna", actor=None, task=work_to_do.count_slowly, arguments={"number": steps}
    )


def test_a_worker_that_is_asked_to_end_leaves_the_job_for_the_next() -> None:
    job = order(steps=2_000)
    first = worker()
    try:
        eventually(job, lambda job: job.state == State.RUNNING and job.done > 0)
        first.send_signal(signal.SIGTERM)
        assert first.wait(timeout=10) == 0
    finally:
        first.kill()
        first.communicate()
    job.refresh_from_db()
    assert (job.state, job.attempt) == (State.QUEUED, 1)


def test_a_worker_that_is_killed_leaves_a_job_that_can_be_started_again() -> None:
    job = order(steps=2_000)
    first = worker()
    eventually(job, lambda job: job.state == State.RUNNING and job.done > 0)
    first.kill()
    first.communicate()
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1), arguments={"number": 2})
    job.refresh_from_db()
    assert job.is_interrupted
    services.restart(job, actor=person(Role.MANAGER))
    second = worker("--batch")
    second.communicate(timeout=30)
    job.refresh_from_db()
    assert (second.returncode, job.state, job.done, job.attempt) == (0, State.DONE, 2, 2)
    assert verify().ok


def test_a_worker_takes_away_sessions_that_have_ended() -> None:
    ended, alive = SessionStore(), SessionStore()
    ended.set_expiry(-60)
    ended.create()
    alive.create()
    only = worker("--batch")
    only.communicate(timeout=30)
    assert only.returncode == 0
    assert [row.session_key for row in Session.objects.all()] == [alive.session_key]


def test_of_many_who_order_the_same_at_once_all_get_the_one_job() -> None:
    people = 8
    together = threading.Barrier(people)

    def ask(_: int) -> int:
        together.wait()
        try:
            return services.start(
                "tests.alone",
                "Räkna",
                actor=None,
                task=work_to_do.count_to,
                arguments={"number": 1},
                unique=True,
            ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(people) as pool:
        got = set(pool.map(ask, range(people)))
    assert len(got) == 1
    assert Job.objects.count() == 1


def test_a_long_step_is_no_dead_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "BEAT_SECONDS", 0.05)
    job = order(steps=1)
    with work.running(job.pk):
        Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        eventually(job, lambda job: not job.is_interrupted)
        services.finish(job.pk)
    job.refresh_from_db()
    assert job.state == State.DONE
    assert not [thread for thread in threading.enumerate() if thread.name == f"job {job.pk}"]
