"""A control whose worker is killed: what is stored stands, nothing half is shown, and it goes on."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from tests.processes import product_environment
from tests.web.checks.world import LISTED_FIRM, World

from pakten.audit.verification import verify
from pakten.checks.models import Control, ControlRun, Likeness, RunState
from pakten.checks.queries.runs import ControlFilters, controls_of
from pakten.checks.services import receipts, runs
from pakten.jobs import services as jobs
from pakten.jobs.models import Job

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MEMBERS = 60


def worker(store: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pakten.project.manage", "worker", "--interval", "0.05", "--batch"]
    return subprocess.Popen(command, env=product_environment() | {"VANDEL_STORE": str(store)})


def wait_for(number: int) -> None:
    for _ in range(600):
        if Control.objects.count() >= number:
            return
        time.sleep(0.02)
    raise AssertionError(f"{Control.objects.count()} controls after 12 seconds")


def test_a_killed_worker_loses_nothing_and_the_next_one_finishes(world: World) -> None:
    world.take()
    for number in range(MEMBERS):
        world.member(f"Medlem nummer {number} AB")
    world.member(LISTED_FIRM)
    run = runs.start(actor=world.officer)
    first = worker(settings.LIST_STORE)
    wait_for(3)
    first.kill()
    first.wait()
    stored = {row.pk: row.receipt_sha256 for row in Control.objects.all()}
    killed = ControlRun.objects.get()
    # A slow machine may have let the run finish first: then, and only then, everybody is shown.
    shown = MEMBERS + 1 if killed.state == RunState.FINISHED else 0
    assert controls_of(killed, ControlFilters()).count() == shown
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    job = Job.objects.get(kind=runs.KIND)  # the watching has heard of the new members, and has one of its own
    if job.is_interrupted:
        jobs.restart(job, actor=world.officer)
    assert worker(settings.LIST_STORE).wait(timeout=60) == 0
    run.refresh_from_db()
    assert (run.state, sum(run.counts.values()), run.counts["unknown"]) == (RunState.FINISHED, MEMBERS + 1, 1)
    assert Likeness.objects.count() == 1
    assert {pk: Control.objects.get(pk=pk).receipt_sha256 for pk in stored} == stored
    assert all(map(receipts.is_intact, Control.objects.all()))
    assert verify().ok
