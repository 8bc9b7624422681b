"""Tasks that only the tests order."""

from __future__ import annotations

import time

from django_tasks import task

from pakten.accounts.models import User
from pakten.jobs import services
from pakten.jobs.files import handed_in
from pakten.jobs.models import Job
from pakten.jobs.work import running
from vandel.errors import InputError


@task()
def count_to(job_id: int, number: int) -> None:
    with running(job_id):
        for done in range(1, number + 1):
            services.progress(job_id, done=done, total=number, note="Räknar")
        services.finish(job_id, summary=f"Räknade till {number}.", url="/jobb/")


@task()
def refuse(job_id: int) -> None:
    with running(job_id):
        raise InputError("lists.no_entries", "The file has no entries.")


@task()
def break_down(job_id: int) -> None:
    with running(job_id):
        raise RuntimeError("planted")


@task()
def break_down_without_frame(job_id: int) -> None:
    services.begin(job_id)
    raise RuntimeError("planted")


@task()
def end_without_a_word(job_id: int) -> None:
    services.begin(job_id)


@task()
def be_stopped(job_id: int, username: str) -> None:
    with running(job_id):
        services.stop(Job.objects.get(pk=job_id), actor=User.objects.get(username=username))
        services.progress(job_id, done=1, total=2)
        raise AssertionError("progress must not go on after a stop")


@task()
def count_slowly(job_id: int, number: int) -> None:
    with running(job_id):
        for done in range(1, number + 1):
            time.sleep(0.02)
            services.progress(job_id, done=done, total=number)
        services.finish(job_id)


@task()
def read_slowly(job_id: int, path: str, number: int) -> None:
    with running(job_id), handed_in(path) as file:
        for done in range(number):
            time.sleep(0.02)
            services.progress(job_id, done=done, total=number, note="Läser filen")
        services.finish(job_id, summary=file.read_text())


SAID: list[str] = []


@task()
def say() -> None:
    SAID.append("said")


@task()
def fall() -> None:
    raise RuntimeError("planted")
