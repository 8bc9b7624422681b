"""The frame around the work that a task does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from django.db import DatabaseError, connection

from pakten.core.sentences import in_swedish
from pakten.jobs import faults, services
from pakten.jobs.errors import JobEnded, WorkerStopping
from pakten.jobs.models import Job
from vandel.errors import InputError

# Well below the lease, so that one beat may be lost to a locked database.
BEAT_SECONDS = 30.0


@contextmanager
def running(job_id: int) -> Iterator[Job]:
    """Begin the job, and end it rightly whatever the work does.

    Bad input fails the job with its Swedish sentence. A stopped job is left quietly. Anything else fails
    the job and goes on to the task, where its traceback is kept. Raises JobEnded where the job is not free.
    """
    job = services.begin(job_id)
    try:
        with _heart(job_id):
            yield job
    except WorkerStopping:
        services.release(job_id)
    except JobEnded:
        return
    except InputError as error:
        services.fail(job_id, sentence=in_swedish(error))
    except Exception as error:
        services.fail(job_id, sentence=faults.in_words(error, during=_said_last(job_id)))
        raise


def _said_last(job_id: int) -> str:
    """What the job told before it broke; nothing where the database is what broke."""
    try:
        return Job.objects.values_list("note", flat=True).get(pk=job_id)
    except (DatabaseError, Job.DoesNotExist):
        return ""


@contextmanager
def _heart(job_id: int) -> Iterator[None]:
    """Renew the lease while the work goes on: a long step is no dead worker."""
    ended = Event()

    def beat() -> None:
        try:
            while not ended.wait(BEAT_SECONDS):
                with suppress(DatabaseError):
                    services.renew(job_id)
        finally:
            connection.close()

    thread = Thread(target=beat, name=f"job {job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
