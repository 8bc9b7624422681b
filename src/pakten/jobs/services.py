"""Starting long work, telling how far it is, ending it.

A task takes ``job_id`` and does its work in :func:`pakten.jobs.work.running`, which begins the job, and fails
it with a sentence when the work raises. Tasks must bear being run again from the start.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.jobs import policies
from pakten.jobs.errors import JobEnded
from pakten.jobs.models import ACTIVE, LEASE, Job, State
from pakten.jobs.pace import PACES
from pakten.records.models import Case

_AFRESH: dict[str, Any] = {"done": 0, "total": 0, "note": "", "summary": "", "error": "", "finished_at": None}
WORK_FAILED = "Något gick fel i systemet. Inget är borttaget. Försök igen, eller kontakta administratören."


# By kind of job, what an area does when a person stops a job or starts it again, in that transaction.
ON_STOP: dict[str, Callable[[Job, User], None]] = {}
ON_RESTART: dict[str, Callable[[Job, User], None]] = {}


@transaction.atomic
def start(
    kind: str,
    title: str,
    *,
    actor: User | None,
    task: Task[Any, Any],
    arguments: dict[str, Any] | None = None,
    unique: bool = False,
) -> Job:
    """Order the work: the job and its task are there when the caller's transaction commits, or not at all.

    ``task`` is called with ``job_id`` and the ``arguments``, which must be JSON. With ``unique`` an active
    job of the same kind is returned instead. Who may order is the calling service's question.
    """
    if unique and (active := _active_alone(kind)):
        return active
    try:
        with transaction.atomic():
            job = Job.objects.create(
                kind=kind,
                title=title[:200],
                started_by=actor,
                task_path=task.module_path,
                arguments=arguments or {},
                unique_kind=kind if unique else None,
            )
    except IntegrityError:
        return Job.objects.get(unique_kind=kind)
    _enqueue(job)
    record("jobs.job.started", job, actor=actor, after={"kind": kind, "arguments": job.arguments})
    return job


def keep_within(job: Job, case: Case) -> None:
    """The job is about one case, in the caller's transaction: who has a conflict there does not see it."""
    Job.objects.filter(pk=job.pk).update(case=case)
    job.case = case


@transaction.atomic
def restart(job: Job, *, actor: User) -> Job:
    """Start a failed, stopped or interrupted job from its beginning. Raises JobRefused where it can't."""
    policies.check_may_steer(actor, job)
    policies.check_can_restart(job)
    values = _AFRESH | {"state": State.QUEUED, "lease_until": None, "started_at": None}
    if not Job.objects.filter(pk=job.pk, state=job.state, attempt=job.attempt).update(**values):
        raise policies.changed_meanwhile()
    job.refresh_from_db()
    _enqueue(job)
    if act := ON_RESTART.get(job.kind):
        act(job, actor)
    record("jobs.job.restarted", job, actor=actor)
    return job


@transaction.atomic
def stop(job: Job, *, actor: User) -> Job:
    """End an active job; its worker leaves at its next step. Raises JobRefused when it has ended already."""
    policies.check_may_steer(actor, job)
    if not _end(Q(pk=job.pk, state__in=ACTIVE), State.STOPPED):
        raise policies.changed_meanwhile()
    if job.task_id:
        DBTaskResult.objects.filter(pk=job.task_id, status=TaskResultStatus.READY).delete()
    job.refresh_from_db()
    if act := ON_STOP.get(job.kind):
        act(job, actor)
    record("jobs.job.stopped", job, actor=actor, after={"done": job.done, "total": job.total})
    return job


def begin(job_id: int) -> Job:
    """Take the job for this worker. Raises JobEnded where it was stopped or another worker has it."""
    now = timezone.now()
    free = Q(state=State.QUEUED) | Q(state=State.RUNNING, lease_until__lt=now)
    values = _AFRESH | {"state": State.RUNNING, "started_at": now, "lease_until": now + LEASE}
    if not Job.objects.filter(free, pk=job_id).update(attempt=F("attempt") + 1, **values):
        raise JobEnded(f"Job {job_id} is not free")
    job = Job.objects.get(pk=job_id)
    PACES.enter(job_id, job.attempt)
    return job


def progress(job_id: int, *, done: int, total: int | None = None, note: str | None = None) -> None:
    """Tell how far the work is; call it for each item, it writes at most twice a second.

    Call it outside transactions: others see it at once, and SQLite's write lock stays free. Raises JobEnded
    when the job was stopped, or taken over after silence, and the work must leave.
    """
    pace = PACES[job_id]
    if not pace.is_due(at_end=done == total):
        return
    values: dict[str, Any] = {"done": done, "lease_until": timezone.now() + LEASE}
    values |= {"total": total} if total is not None else {}
    values |= {"note": note[:300]} if note is not None else {}
    if not Job.objects.filter(pk=job_id, state=State.RUNNING, attempt=pace.attempt).update(**values):
        raise JobEnded(f"Job {job_id} was stopped or taken over")
    PACES.leave_if_asked()


def renew(job_id: int) -> None:
    """Tell that the worker is alive, in the middle of a step that has no progress to tell."""
    Job.objects.filter(_mine(job_id)).update(lease_until=timezone.now() + LEASE)


def finish(job_id: int, *, summary: str = "", url: str = "") -> None:
    """The work is done: what came out in one or two sentences, and where to see it. Raises JobEnded."""
    values = {"summary": summary, "result_url": url, "note": "", "done": F("total")}
    if not _end(_mine(job_id), State.DONE, **values):
        raise JobEnded(f"Job {job_id} was stopped or taken over")


def fail(job_id: int, *, sentence: str) -> None:
    """The work could not be done; ``sentence`` says in Swedish why, what was kept and what to do."""
    _end(_mine(job_id), State.FAILED, error=sentence)


def release(job_id: int) -> None:
    """Put the job back for the next worker, since this one was asked to end."""
    with transaction.atomic():
        values = _AFRESH | {"state": State.QUEUED, "lease_until": None, "started_at": None}
        if Job.objects.filter(_mine(job_id)).update(**values):
            _enqueue(Job.objects.get(pk=job_id))


def settle(task_id: str, *, succeeded: bool) -> None:
    """Close the job of a task that ended without telling: a job must not look alive when its task is not."""
    ended = Q(task_id=task_id, state__in=ACTIVE)
    if succeeded:
        _end(ended, State.DONE)
    else:
        _end(ended, State.FAILED, error=WORK_FAILED)


def _mine(job_id: int) -> Q:
    return Q(pk=job_id, state=State.RUNNING, attempt=PACES[job_id].attempt)


def _end(which: Q, state: State, **values: Any) -> int:
    values |= {"state": state, "finished_at": timezone.now(), "lease_until": None, "unique_kind": None}
    return Job.objects.filter(which).update(**values)


def _enqueue(job: Job) -> None:
    result = import_string(job.task_path).enqueue(job_id=job.pk, **job.arguments)
    job.task_id = result.id
    Job.objects.filter(pk=job.pk).update(task_id=result.id)


def _active_alone(kind: str) -> Job | None:
    found = Job.objects.filter(unique_kind=kind).first()
    if found and found.is_interrupted:
        _end(Q(pk=found.pk, attempt=found.attempt), State.STOPPED)
        return None
    return found
