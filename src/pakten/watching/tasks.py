"""Work by the clock: each task calls one service within the frame of its job."""

from __future__ import annotations

from django.urls import reverse
from django_tasks import task

from pakten.core.templatetags.formats import plural
from pakten.jobs import services as jobs
from pakten.jobs.work import running
from pakten.watching.models import Recontrol, RecontrolState
from pakten.watching.queries.halts import is_halted
from pakten.watching.refusals import Stopped
from pakten.watching.services import fetching, selftest, wanting
from pakten.watching.services.recontrols import recontrol

STOPPED = "Avbröts av stoppknappen. Det som var kvar väntar."


@task()
def take_up(job_id: int) -> None:
    """Take up all changes that wait, one re-control for each kind."""
    made: list[Recontrol] = []
    with running(job_id) as job:
        try:
            while one := recontrol(
                job, tell=lambda done, total: jobs.progress(job_id, done=done, total=total)
            ):
                made.append(one)
                if one.state == RecontrolState.FAILED:
                    break
        except Stopped:
            jobs.finish(job_id, summary=STOPPED, url=reverse("watching:overview"))
            return
        if made and made[-1].state == RecontrolState.FAILED:
            jobs.fail(job_id, sentence=made[-1].fault)
            return
        looked, touched = sum(one.looked_at for one in made), sum(one.touched for one in made)
        summary = f"{plural(looked, 'medlem,medlemmar')} genomgångna, {touched} berörda och jämförda på nytt."
        jobs.finish(job_id, summary=summary, url=reverse("watching:overview"))


@task()
def plant_and_look(job_id: int) -> None:
    """Plant names and see that the control finds them."""
    with running(job_id):
        made = selftest.plant_and_look(actor=None)
        url = reverse("watching:selftest", args=[made.pk])
        jobs.finish(job_id, summary=f"{made.get_outcome_display()}.", url=url)


@task()
def meet_new() -> int:
    """Put new members in the order of work; how many."""
    return wanting.meet_new()


@task()
def look_around(job_id: int) -> None:
    """Find what nobody announced: facts with a date, new rules, and whose day has come."""
    with running(job_id):
        wanting.look_around()
        opened = 0 if is_halted() or not wanting.may_order() else wanting.order_due()
        summary = f"{plural(opened, 'checklista,checklistor')} påbörjade."
        jobs.finish(job_id, summary=summary, url=reverse("watching:due"))


@task()
def fetch_lists(job_id: int) -> None:
    """Fetch the lists whose time has come."""
    with running(job_id):
        try:
            told = fetching.fetch_due(tell=lambda done, total: jobs.progress(job_id, done=done, total=total))
        except Stopped:
            jobs.finish(job_id, summary=STOPPED, url=reverse("checks:lists"))
            return
        jobs.finish(job_id, summary=told, url=reverse("checks:lists"))
