"""Ordering a register to be fetched or read: a job, so that no page waits for a server or a large file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django_tasks.base import Task

from pakten.accounts.models import User
from pakten.jobs import services as jobs
from pakten.jobs.files import put_aside
from pakten.jobs.models import Job
from pakten.organisations.models import RegisterInForce, RegisterOrigin
from pakten.organisations.policies import check_may_write
from pakten.organisations.refusals import Refused
from pakten.organisations.registers.books import store
from pakten.organisations.services.registers import check_held, own_register_id

LONGEST_TITLE = 200


def order_fetch(register_id: str, *, actor: User | None) -> Job:
    """Order a fetch from the publisher; one under way is returned. ``actor`` None: the clock.

    Raises PermissionDenied, Refused for a register without address.
    """
    from pakten.organisations.tasks import fetch_register  # the task calls the services, which order it

    if actor is not None:
        check_may_write(actor)
    source = store().source(register_id)
    if source.address is None:
        raise Refused("Registret har ingen adress att hämta från. Läs in en fil i stället.")
    return _order(register_id, fetch_register, actor=actor, title=f"Hämta {source.title}")


def order_reading(register_id: str, upload: UploadedFile[Any], *, actor: User, title: str = "") -> Job:
    """Put an uploaded file aside and order it to be read. ``title`` names a new register of one's own.

    Raises PermissionDenied, Refused for a name that can't be used.
    """
    from pakten.organisations.tasks import read_register  # as above

    check_may_write(actor)
    if title:
        if len(title) > LONGEST_TITLE:
            raise Refused(f"Registrets namn får ha högst {LONGEST_TITLE} tecken.")
        register_id = own_register_id(title)
        if register_id in store().sources():
            raise Refused("Det finns redan ett register med det namnet. Läs in filen där.")
    named = title or store().source(register_id).title
    path = put_aside(upload, Path(settings.REGISTER_STORE), unnamed="register")
    more = {"path": path, "title": title}
    return _order(register_id, read_register, actor=actor, title=f"Läs in fil till {named}", more=more)


def order_held(register_id: str, sha256: str, *, reason: str, actor: User) -> Job:
    """Order that the file that waits is taken in, with a person's reason; it is read by a job.

    Raises PermissionDenied, Refused without reason or where another file waits.
    """
    from pakten.organisations.tasks import take_held  # as above

    check_may_write(actor)
    check_held(register_id, sha256, reason=reason)
    title = f"Ta in väntande fil till {store().source(register_id).title}"
    more = {"sha256": sha256, "reason": reason}
    return _order(register_id, take_held, actor=actor, title=title, more=more)


def order_refresh() -> list[Job]:
    """Order, by the clock, a fetch of each register that was fetched before. A file by hand stays by hand."""
    fetched = RegisterInForce.objects.filter(origin=RegisterOrigin.FETCHED).exclude(edition_id="")
    return [order_fetch(row.pk, actor=None) for row in fetched]


def order_members(row: RegisterInForce, *, actor: User | None) -> Job:
    """Order that everybody whom we know of is looked up in the edition that has just come into force."""
    from pakten.organisations.tasks import look_up_known  # as above

    return jobs.start(
        f"organisations.lookup.{row.pk}"[:60],
        f"Slå upp organisationerna i {row.title}",
        actor=actor,
        task=look_up_known,
        arguments={"register_id": row.pk},
        unique=True,
    )


def _order(
    register_id: str,
    task: Task[Any, Any],
    *,
    actor: User | None,
    title: str,
    more: dict[str, str] | None = None,
) -> Job:
    return jobs.start(
        f"organisations.register.{register_id}"[:60],
        title,
        actor=actor,
        task=task,
        arguments={"register_id": register_id, "actor_id": actor.pk if actor else None, **(more or {})},
        # A fetch is the same whoever orders it; each file that is handed in is read.
        unique=more is None,
    )
