"""Work outside the page: each task calls one service within the frame of its job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.utils import timezone
from django_tasks import task

from pakten.accounts.models import User
from pakten.core.sentences import in_swedish
from pakten.core.templatetags.formats import count, plural
from pakten.jobs import services as jobs
from pakten.jobs.files import handed_in
from pakten.jobs.work import running
from pakten.organisations.models import Organisation, RegisterInForce
from pakten.organisations.refusals import Refused
from pakten.organisations.services import register_lookups, register_orders, registers
from vandel.errors import InputError
from vandel.registers.refusal import RegisterHeld

OLD_STAYS = "Utgåvan som gällde gäller fortfarande."


@task()
def fetch_register(job_id: int, register_id: str, *, actor_id: int | None) -> None:
    """Fetch a register's file from its publisher; a refusal leaves the edition in force as it was."""
    with running(job_id), _refusals_told(job_id):
        jobs.progress(job_id, done=0, note="Hämtar från utgivaren")
        row = registers.fetch_register(register_id, actor=_person(actor_id), progress=_tell(job_id))
        _taken(job_id, row, actor_id=actor_id)


@task()
def read_register(job_id: int, register_id: str, *, actor_id: int, path: str, title: str) -> None:
    """Read an uploaded file; a refusal leaves the edition in force as it was."""
    arrival = registers.RegisterArrival(timezone.now(), title=title)
    with running(job_id), _refusals_told(job_id):
        jobs.progress(job_id, done=0, note="Läser filen")
        with handed_in(path, ends_well=RegisterHeld) as file:
            row = registers.take_register(
                register_id, file, actor=_person(actor_id), arrival=arrival, progress=_tell(job_id)
            )
        _taken(job_id, row, actor_id=actor_id)


@task()
def take_held(job_id: int, register_id: str, *, actor_id: int, sha256: str, reason: str) -> None:
    """Take in the file that a person has looked at."""
    with running(job_id), _refusals_told(job_id):
        jobs.progress(job_id, done=0, note="Läser filen")
        actor = User.objects.get(pk=actor_id)
        row = registers.accept_held_register(
            register_id, sha256, reason=reason, actor=actor, progress=_tell(job_id)
        )
        _taken(job_id, row, actor_id=actor_id)


@task()
def look_up_known(job_id: int, register_id: str) -> None:
    """Look everybody whom we know of up in a register's edition in force."""
    with running(job_id):
        row = RegisterInForce.objects.get(pk=register_id)
        known = Organisation.objects.filter(merged_into=None, org_nr__isnull=False).order_by("pk")
        total = known.count()
        news = register_lookups.look_up_many(
            known.iterator(chunk_size=500),
            row,
            because=f"Ny utgåva av {row.title}.",
            tell=lambda done: jobs.progress(job_id, done=done, total=total),
        )
        jobs.finish(
            job_id, summary=f"{plural(total, 'organisation,organisationer')}, {news} med nya uppgifter."
        )


@task()
def refresh_registers() -> None:
    """Order a fetch of what was fetched before."""
    register_orders.order_refresh()


def _person(actor_id: int | None) -> User | None:
    return None if actor_id is None else User.objects.get(pk=actor_id)


def _tell(job_id: int) -> Callable[[int], None]:
    # How many there will be is not known before the end.
    return lambda done: jobs.progress(job_id, done=done, note=f"{count(done)} organisationer inlästa")


@contextmanager
def _refusals_told(job_id: int) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        jobs.fail(job_id, sentence=refused.sentence)
    except RegisterHeld as held:
        # Nothing failed: the file is kept, and the register's page asks a person.
        jobs.finish(
            job_id, summary=f"Filen är inte intagen än. {in_swedish(held)} Öppna registret och bestäm."
        )
    except InputError as error:
        jobs.fail(job_id, sentence=f"{in_swedish(error)} {OLD_STAYS}")


def _taken(job_id: int, row: RegisterInForce, *, actor_id: int | None) -> None:
    register_orders.order_members(row, actor=_person(actor_id))
    jobs.finish(job_id, summary=f"Utgåvan gäller nu. Den har {count(row.entries)} organisationer.")
