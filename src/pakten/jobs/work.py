"""The frame around the work that a task does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pakten.core.sentences import in_swedish
from pakten.jobs import services
from pakten.jobs.errors import JobEnded, WorkerStopping
from pakten.jobs.models import Job
from vandel.errors import InputError


@contextmanager
def running(job_id: int) -> Iterator[Job]:
    """Begin the job, and end it rightly whatever the work does.

    Bad input fails the job with its Swedish sentence. A stopped job is left quietly. Anything else fails
    the job and goes on to the task, where its traceback is kept. Raises JobEnded where the job is not free.
    """
    job = services.begin(job_id)
    try:
        yield job
    except WorkerStopping:
        services.release(job_id)
    except JobEnded:
        return
    except InputError as error:
        services.fail(job_id, sentence=in_swedish(error))
    except Exception:
        services.fail(job_id, sentence=services.WORK_FAILED)
        raise
