"""Work outside the page: each task calls one service within the frame of its job."""

from __future__ import annotations

from django.urls import reverse
from django_tasks import task

from pakten.accounts.models import User
from pakten.checks.models import ControlRun
from pakten.core.templatetags.formats import plural
from pakten.jobs import services as jobs
from pakten.jobs.work import running
from pakten.sheets.queries import controls_in
from pakten.sheets.services import draw_run


@task()
def draw_sheets(job_id: int, run_id: int, *, actor_id: int) -> None:
    """Draw up the sheets of a run."""
    with running(job_id):
        run, actor = ControlRun.objects.get(pk=run_id), User.objects.get(pk=actor_id)
        new = draw_run(
            run,
            actor=actor,
            tell=lambda done, total: jobs.progress(job_id, done=done, total=total),
        )
        total = controls_in(run, actor).count()
        told = f"{plural(total, 'kontrollblad,kontrollblad')} finns. {new} är nya."
        jobs.finish(job_id, summary=told, url=reverse("sheets:run", args=[run.pk]))
