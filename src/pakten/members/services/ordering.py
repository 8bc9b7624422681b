"""Small imports at once, long ones as a job: the page never waits long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django_tasks.base import Task

from pakten.accounts.models import User
from pakten.jobs import services as jobs
from pakten.jobs.models import Job
from pakten.members import tasks
from pakten.members.models import RegisterImport
from pakten.members.policies import check_may_write
from pakten.members.services import imports
from pakten.organisations.refusals import Refused

# With more rows than this a job does the work; this many take about a second or two.
LARGE = 500


def try_out(
    register_import: RegisterImport, mapping: Mapping[str, str], *, actor: User, expected_version: int
) -> Job | None:
    """Try the import out now, or order it. Raises as :func:`imports.try_out`; gives back the job, if any."""
    if register_import.row_count <= LARGE:
        imports.try_out(register_import, mapping, actor=actor, expected_version=expected_version)
        return None
    imports.check_mapping(mapping, register_import.headers)
    arguments = {"version": expected_version, "mapping": dict(mapping)}
    return _order(register_import, verb="Provkör", task=tasks.try_out, actor=actor, arguments=arguments)


def apply_import(register_import: RegisterImport, *, actor: User, expected_version: int) -> Job | None:
    """Apply the import now, or order it. Raises as :func:`imports.apply_import`."""
    if register_import.row_count <= LARGE:
        imports.apply_import(register_import, actor=actor, expected_version=expected_version)
        return None
    arguments = {"version": expected_version}
    return _order(register_import, verb="Inför", task=tasks.apply_import, actor=actor, arguments=arguments)


def undo_import(register_import: RegisterImport, *, actor: User, expected_version: int) -> Job | None:
    """Undo the import now, or order it. Raises as :func:`imports.undo_import`."""
    if register_import.row_count <= LARGE:
        imports.undo_import(register_import, actor=actor, expected_version=expected_version)
        return None
    arguments = {"version": expected_version}
    return _order(register_import, verb="Ångra", task=tasks.undo_import, actor=actor, arguments=arguments)


@transaction.atomic
def _order(
    register_import: RegisterImport,
    *,
    verb: str,
    task: Task[Any, Any],
    actor: User,
    arguments: dict[str, Any],
) -> Job:
    check_may_write(actor)
    if register_import.job is not None and register_import.job.is_active:
        raise Refused("Ett jobb arbetar redan med den här importen. Vänta tills det är klart.")
    job = jobs.start(
        "members.import",
        f"{verb} {register_import.file_name}",
        actor=actor,
        task=task,
        arguments={"import_id": register_import.pk, "actor_id": actor.pk, **arguments},
    )
    register_import.job = job
    register_import.save(update_fields=["job"])
    return job
