"""The worker as a process of its own, asked to end and killed; and many who order at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from tests.people import person
from tests.web.jobs import work_to_do

from pakten.accounts.models import Role
from pakten.audit.verification import verify
from pakten.jobs import services
from pakten.jobs.models import Job, State

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.django_db(transaction=True)


def database_address() -> str:
    described = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(described['NAME']))}"
    who = f"{quote(described['USER'])}:{quote(described['PASSWORD'])}@" if described["USER"] else ""
    place = f"{described['HOST']}:{described['PORT']}" if described["HOST"] else ""
    return f"postgresql://{who}{place}/{described['NAME']}"


def worker(*arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "DJANGO_SETTINGS_MODULE": "pakten.project.settings",
        "PAKTEN_DATABASE": database_address(),
        "PAKTEN_SECRET_KEY": settings.SECRET_KEY,
    }
    command = [sys.executable, "-m", "pakten.project.manage", "worker", "--interval", "0.1", *arguments]
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


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
