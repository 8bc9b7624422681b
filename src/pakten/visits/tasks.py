"""Work outside the page: each task calls one service within the frame of its job."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django_tasks import task

from pakten.core.templatetags.formats import plural
from pakten.jobs import services as jobs
from pakten.jobs.work import running
from pakten.visits.models import VisitOutcome, VisitState
from pakten.visits.queries.untold import Missing, missing_of
from pakten.visits.services import evidence, rounds, telling, visiting

_STILL = (
    "Sparade webbplatsbesök kunde inte tas emot av andra delar av systemet, {number}. Inget är förlorat. "
    "Felen står i serverns logg. Efter fem försök prövas det bara igen när någon ber om det på besökets sida."
)
# A visit takes a minute: nobody is still at it after a day.
_LOST_AFTER = timedelta(days=1)


@task()
def make_visit(job_id: int, visit_id: int) -> None:
    """Visit one organisation's website."""
    with running(job_id):
        jobs.progress(job_id, done=0, total=1, note="Läser webbplatsen. Det tar högst en minut.")
        visit = visiting.visit_now(visit_id)
        if visit.state == VisitState.CANCELLED:
            jobs.finish(job_id, summary="Besöket är avbrutet. Beställ ett nytt om det behövs.")
            return
        told = [f"{visit.get_outcome_display()}. {visit.reason}", *map(_missing, missing_of(visit))]
        jobs.finish(job_id, summary=" ".join(told), url=reverse("visits:visit", args=[visit.pk]))


@task()
def make_round(job_id: int, round_id: int) -> None:
    """Visit the websites of a round that are not visited yet."""
    with running(job_id):
        counts = rounds.visit_all(
            round_id, tell=lambda done, total, note: jobs.progress(job_id, done=done, total=total, note=note)
        )
        total, read = sum(counts.values()), counts.get(VisitOutcome.VISITED, 0)
        summary = f"{read} av {total} webbplatser gick att läsa. {total - read} gick inte att besöka."
        jobs.finish(job_id, summary=summary, url=f"{reverse('visits:list')}?runda={round_id}")


@task()
def tell_untold(job_id: int) -> None:
    """Tell those of visits who failed to take them in before."""
    with running(job_id):
        left = telling.tell_all_again(lambda done, total: jobs.progress(job_id, done=done, total=total))
        if left:
            jobs.fail(job_id, sentence=_STILL.format(number=plural(left, "gång,gånger")))
            return
        jobs.finish(job_id, summary="Allt som väntade har tagits emot.")


def _missing(one: Missing) -> str:
    return f"Besöket är sparat, men {one.words} kunde inte ta emot det. Systemet försöker igen."


@task()
def delete_lost_files() -> int:
    """Delete files that no visit knows of; how many."""
    return evidence.delete_lost_files(_LOST_AFTER)
