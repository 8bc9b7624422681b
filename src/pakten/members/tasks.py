"""Long imports outside the page: each task calls one service within the frame of its job."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django_tasks import task

from pakten.accounts.models import User
from pakten.jobs import services as jobs
from pakten.jobs.work import running
from pakten.members.imports.reading import Tick
from pakten.members.models import RegisterImport
from pakten.members.services import imports
from pakten.organisations.refusals import Refused


@task()
def try_out(job_id: int, import_id: int, *, actor_id: int, version: int, mapping: dict[str, str]) -> None:
    """Try an import out: what each row would do."""

    def work(found: RegisterImport, actor: User, *, tick: Tick) -> str:
        imports.try_out(found, mapping, actor=actor, expected_version=version, tick=tick)
        return "Provkörningen är klar. Registret är inte ändrat."

    _carry_out(work, job_id=job_id, import_id=import_id, actor_id=actor_id)


@task()
def apply_import(job_id: int, import_id: int, *, actor_id: int, version: int) -> None:
    """Apply an import that was tried."""

    def work(found: RegisterImport, actor: User, *, tick: Tick) -> str:
        imports.apply_import(found, actor=actor, expected_version=version, tick=tick)
        return "Importen är genomförd."

    _carry_out(work, job_id=job_id, import_id=import_id, actor_id=actor_id)


@task()
def undo_import(job_id: int, import_id: int, *, actor_id: int, version: int) -> None:
    """Take an applied import back."""

    def work(found: RegisterImport, actor: User, *, tick: Tick) -> str:
        kept = imports.undo_import(found, actor=actor, expected_version=version)
        return f"Importen är ångrad. {len(kept)} rader lämnades som de är." if kept else "Importen är ångrad."

    _carry_out(work, job_id=job_id, import_id=import_id, actor_id=actor_id)


def _carry_out(work: Callable[..., str], *, job_id: int, import_id: int, actor_id: int) -> None:
    with running(job_id):
        found = RegisterImport.objects.get(pk=import_id)

        def tick(done: int, total: int) -> None:
            jobs.progress(job_id, done=done, total=total, note="rader lästa")

        try:
            summary = work(found, User.objects.get(pk=actor_id), tick=tick)
        except Refused as refusal:
            jobs.fail(job_id, sentence=refusal.sentence)
            return
        jobs.finish(job_id, summary=summary, url=reverse("members:import", args=[import_id]))
