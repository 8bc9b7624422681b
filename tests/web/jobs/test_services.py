"""Ordering work, its progress, its ends, and what happens when a worker dies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.people import person
from tests.web.jobs import work_to_do

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.jobs import faults, queries, services
from pakten.jobs.errors import JobEnded, JobRefused, WorkerStopping
from pakten.jobs.models import LEASE, TRANSITIONS, Job, State
from pakten.jobs.pace import PACES
from pakten.jobs.work import running

RunJobs = Callable[[], None]


def order(
    actor: User | None = None, *, task: Any = work_to_do.count_to, unique: bool = False, **arguments: Any
) -> Job:
    if task is work_to_do.count_to:
        arguments.setdefault("number", 3)
    return services.start("tests.work", "Räkna", actor=actor, task=task, arguments=arguments, unique=unique)


def fall_silent(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    job.refresh_from_db()


def test_ordered_work_is_done_and_says_what_came_out(officer: User, run_jobs: RunJobs) -> None:
    job = order(officer, number=5)
    assert (job.state, job.started_by) == (State.QUEUED, officer)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (State.DONE, 5, 5)
    assert (job.summary, job.result_url, job.error) == ("Räknade till 5.", "/jobb/", "")
    assert job.started_at and job.finished_at and job.finished_at >= job.started_at
    assert [entry.action for entry in Entry.objects.all()] == ["jobs.job.started"]


@pytest.mark.django_db(transaction=True)
def test_work_ordered_in_a_transaction_that_fails_was_never_ordered(run_jobs: RunJobs) -> None:
    with pytest.raises(RuntimeError, match="undo"), transaction.atomic():
        order()
        raise RuntimeError("undo")
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_work_ordered_in_a_transaction_is_there_when_it_commits(run_jobs: RunJobs) -> None:
    with transaction.atomic():
        job = order()
    run_jobs()
    job.refresh_from_db()
    assert job.state == State.DONE


def test_bad_input_ends_with_its_swedish_sentence(db: None, run_jobs: RunJobs) -> None:
    job = order(task=work_to_do.refuse)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, "Filen har inga poster.")


@pytest.mark.parametrize(
    ("task", "told"),
    [
        (
            work_to_do.break_down,
            "Programmet råkade ut för ett fel som det inte känner igen (RuntimeError). " + faults.WHAT_NOW,
        ),
        (work_to_do.break_down_without_frame, services.WORK_FAILED),
    ],
)
def test_a_fault_ends_the_job_and_keeps_the_traceback(
    db: None, run_jobs: RunJobs, task: Any, told: str
) -> None:
    job = order(task=task)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, told)
    assert "planted" in DBTaskResult.objects.get(pk=job.task_id).traceback


def test_a_task_that_ends_without_a_word_leaves_no_job_running(db: None, run_jobs: RunJobs) -> None:
    job = order(task=work_to_do.end_without_a_word)
    run_jobs()
    job.refresh_from_db()
    assert job.state == State.DONE


def test_only_one_of_a_kind_where_asked(db: None, run_jobs: RunJobs) -> None:
    first = order(unique=True)
    assert order(unique=True).pk == first.pk
    assert order().pk != first.pk
    run_jobs()
    assert order(unique=True).pk != first.pk


def test_a_dead_job_does_not_block_its_kind(db: None) -> None:
    first = order(unique=True)
    services.begin(first.pk)
    fall_silent(first)
    assert order(unique=True).pk != first.pk
    first.refresh_from_db()
    assert first.state == State.STOPPED


def test_progress_is_not_written_for_each_item(db: None) -> None:
    job = services.begin(order().pk)
    with CaptureQueriesContext(
        connection,
    ) as written:
        for done in range(1, 1001):
            services.progress(job.pk, done=done, total=1000)
    assert len(written) == 2, "the first and the last"
    job.refresh_from_db()
    assert (job.done, job.total) == (1000, 1000)


def test_a_stopped_job_ends_at_its_next_step(officer: User, run_jobs: RunJobs) -> None:
    job = order(officer, task=work_to_do.be_stopped, username=officer.username)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.error) == (State.STOPPED, "")
    assert Entry.objects.latest("sequence").action == "jobs.job.stopped"


def test_a_job_stopped_before_it_began_is_never_done(officer: User, run_jobs: RunJobs) -> None:
    job = order(officer)
    services.stop(job, actor=officer)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.done) == (State.STOPPED, 0)
    with pytest.raises(JobRefused):
        services.stop(job, actor=officer)


def test_a_job_whose_worker_died_is_interrupted_after_the_lease_and_may_start_again(
    officer: User, run_jobs: RunJobs
) -> None:
    job = order(officer)
    DBTaskResult.objects.update(status="RUNNING")
    services.begin(job.pk)
    job.refresh_from_db()
    assert not job.is_interrupted
    assert job.lease_until and job.lease_until <= timezone.now() + LEASE
    with pytest.raises(JobRefused):
        services.restart(job, actor=officer)
    fall_silent(job)
    assert job.is_interrupted
    services.restart(job, actor=officer)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.done, job.attempt) == (State.DONE, 3, 2)


def test_a_worker_that_was_taken_for_dead_can_not_write_over_its_successor(db: None) -> None:
    job = order()
    services.begin(job.pk)
    dead = PACES[job.pk]
    fall_silent(job)
    services.begin(job.pk)
    PACES._paces[job.pk] = dead
    with pytest.raises(JobEnded):
        services.progress(job.pk, done=1, total=3)
    with pytest.raises(JobEnded):
        services.finish(job.pk, summary="Sent")
    services.fail(job.pk, sentence="Sent")
    job.refresh_from_db()
    assert (job.state, job.summary, job.error) == (State.RUNNING, "", "")


def test_a_job_that_is_alive_is_not_taken_by_another(db: None) -> None:
    job = order()
    services.begin(job.pk)
    with pytest.raises(JobEnded):
        services.begin(job.pk)


def test_a_worker_that_is_asked_to_end_puts_the_job_back(db: None, run_jobs: RunJobs) -> None:
    job = order()
    PACES.stopping = True
    try:
        with running(job.pk):
            services.progress(job.pk, done=1, total=3)
    finally:
        PACES.stopping = False
    job.refresh_from_db()
    assert (job.state, job.done) == (State.QUEUED, 0)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.done) == (State.DONE, 3)
    assert issubclass(WorkerStopping, JobEnded)


def test_a_job_is_steered_by_its_starter_a_manager_or_an_administrator(officer: User, manager: User) -> None:
    colleague = person(Role.CASE_OFFICER, again=2)
    job = order(officer)
    for stranger in (colleague, person(Role.AUDITOR), person(None)):
        with pytest.raises(PermissionDenied):
            services.stop(job, actor=stranger)
    services.stop(job, actor=manager)
    job.refresh_from_db()
    with pytest.raises(PermissionDenied):
        services.restart(job, actor=colleague)
    services.restart(job, actor=officer)
    assert job.state == State.QUEUED


def test_time_left_follows_the_speed_so_far(db: None) -> None:
    now = timezone.now()
    job = Job(
        state=State.RUNNING,
        done=20,
        total=100,
        started_at=now - timedelta(seconds=10),
        lease_until=now + LEASE,
    )
    assert queries.seconds_left(job, now) == 40
    job.total = 0
    assert queries.seconds_left(job, now) is None, "nobody knows how much is left"
    job.total, job.started_at = 100, now
    assert queries.seconds_left(job, now) is None, "too early to tell"


def test_a_job_that_nobody_takes_is_told(db: None) -> None:
    job = order()
    now = timezone.now()
    assert not queries.waits_for_worker(job, now)
    assert queries.waits_for_worker(job, now + timedelta(minutes=1))
    services.begin(order().pk)
    assert not queries.waits_for_worker(job, now + timedelta(minutes=1)), "the worker is busy with another"


def test_every_state_has_its_ways_on() -> None:
    assert set(TRANSITIONS) == set(State)
    assert not TRANSITIONS[State.DONE]
