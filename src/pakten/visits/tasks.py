"""Work outside the page: each task calls one service within the frame of its job."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django_tasks import task

from pakten.jobs import services as jobs
from pakten.jobs.work import running
from pakten.visits.models import VisitOutcome
from pakten.visits.services import evidence, visiting

# A visit takes a minute: nobody is still at it after a day.
_LOST_AFTER = timedelta(days=1)


@task()
def make_visit(job_id: int, visit_id: int) -> None:
    """Visit one organisation's website."""
    with running(job_id):
        jobs.progress(job_id, done=0, total=1, note="Läser webbplatsen. Det tar högst en minut.")
        visit = visiting.visit_now(visit_id)
        summary = f"{visit.get_outcome_display()}. {visit.reason}"
        jobs.finish(job_id, summary=summary, url=reverse("visits:visit", args=[visit.pk]))


@task()
def make_round(job_id: int, round_id: int) -> None:
    """Visit the websites of a round that are not visited yet."""
    with running(job_id):
        counts = visiting.visit_all(
            round_id, tell=lambda done, total, note: jobs.progress(job_id, done=done, total=total, note=note)
        )
        total, read = sum(counts.values()), counts.get(VisitOutcome.VISITED, 0)
        summary = f"{read} av {total} webbplatser gick att läsa. {total - read} gick inte att besöka."
        jobs.finish(job_id, summary=summary, url=f"{reverse('visits:list')}?runda={round_id}")


@task()
def delete_lost_files() -> int:
    """Delete files that no visit knows of; how many."""
    return evidence.delete_lost_files(_LOST_AFTER)
