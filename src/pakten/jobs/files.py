"""Files that people hand in for a job: put aside, and kept until the job has ended well or is given up.

A job that failed, was stopped or lost its worker is started again with its file, for seven days.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.utils import timezone

from pakten.jobs.models import Job, State

KEPT = timedelta(days=7)
# The argument of the task that says where the file lies.
ARGUMENT = "path"
_FOLDER = ".incoming"
_LONGEST_NAME = 120  # bytes


def put_aside(upload: UploadedFile[Any], store: Path, *, unnamed: str) -> str:
    """Write the file into a folder of its own within ``store``; where it lies."""
    # The name tells the format where the content doesn't; only its end is ever used, as long as disks allow.
    name = PurePath(upload.name or "").name.encode()[-_LONGEST_NAME:].decode(errors="ignore") or unnamed
    path = store / _FOLDER / secrets.token_hex(8) / name
    path.parent.mkdir(parents=True)
    with path.open("wb") as target:
        for chunk in upload.chunks():
            target.write(chunk)
    return str(path)


@contextmanager
def handed_in(path: str, *, ends_well: type[BaseException] | None = None) -> Iterator[Path]:
    """The file while the job reads it. Deleted when the reading ends well, or with an ``ends_well``.

    Whatever else is raised leaves it, for whoever starts the job again.
    """
    file = Path(path)
    try:
        yield file
    except BaseException as error:
        if ends_well is not None and isinstance(error, ends_well):
            _clear(file)
        raise
    _clear(file)


def file_of(job: Job) -> Path | None:
    """Where the file lies that the job reads, whether it is there or not; None for one that reads none."""
    path = job.arguments.get(ARGUMENT)
    found = Path(path) if isinstance(path, str) else None
    return found if found and found.parent.parent.name == _FOLDER else None


def is_gone(job: Job) -> bool:
    """Whether the job reads a file that is not there any more."""
    file = file_of(job)
    return file is not None and not file.exists()


def kept_until(job: Job) -> datetime | None:
    """Until when the file of a job that did not end well is kept; None where there is none."""
    file, ended = file_of(job), job.finished_at or job.lease_until
    return ended + KEPT if file and ended and file.exists() else None


def anything_given_up() -> bool:
    """Whether a file lies there for a job that nobody has started again in time."""
    return any(_given_up())


def give_up() -> int:
    """Delete the files of such jobs; how many. The job, and what went wrong, stay."""
    files = list(_given_up())
    for file in files:
        _clear(file)
    return len(files)


def _given_up() -> Iterator[Path]:
    for job in _ended_before(timezone.now() - KEPT):
        file = file_of(job)
        if file and file.parent.exists():
            yield file


def _ended_before(moment: datetime) -> QuerySet[Job]:
    ended = Q(state__in=(State.DONE, State.FAILED, State.STOPPED), finished_at__lt=moment)
    silent = Q(state=State.RUNNING, lease_until__lt=moment)
    return Job.objects.filter(ended | silent, arguments__has_key=ARGUMENT)


def _clear(file: Path) -> None:
    shutil.rmtree(file.parent, ignore_errors=True)
