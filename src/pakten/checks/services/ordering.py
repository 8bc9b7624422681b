"""Ordering a list to be fetched or read: a job, so that no page waits for a server or for a large file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django_tasks.base import Task

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.checks import policies
from pakten.checks.queries.lists import ListLine
from pakten.checks.refusals import ChecksRefused
from pakten.jobs import services as jobs
from pakten.jobs.files import put_aside
from pakten.jobs.models import Job


def order_fetch(line: ListLine, *, actor: User) -> Job:
    """Order a fetch of the list; one under way is returned. Raises ChecksRefused without an address."""
    from pakten.checks.tasks import fetch_list  # the task calls the services, which order the task

    check_role(actor, *policies.TAKE_LISTS)
    if line.source.address is None:
        raise ChecksRefused("Listan har ingen adress att hämta från. Läs in en fil i stället.")
    return _order(line, fetch_list, actor=actor, unique=True, title=f"Hämta {line.title}")


def order_reading(line: ListLine, upload: UploadedFile[Any], *, actor: User) -> Job:
    """Put an uploaded file aside and order it to be taken in."""
    from pakten.checks.tasks import read_list  # the task calls the services, which order the task

    check_role(actor, *policies.TAKE_LISTS)
    path = put_aside(upload, Path(settings.LIST_STORE), unnamed="lista")
    return _order(line, read_list, actor=actor, title=f"Läs in fil till {line.title}", path=path)


def _order(
    line: ListLine, task: Task[Any, Any], *, actor: User, title: str, unique: bool = False, **more: str
) -> Job:
    return jobs.start(
        f"checks.take.{line.list_id}",
        title,
        actor=actor,
        task=task,
        arguments={"list_id": line.list_id, "actor_id": actor.pk, **more},
        unique=unique,
    )
