"""Work outside the page: each task calls one service within the frame of its job."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from pakten.accounts.models import User
from pakten.checks.addresses import address_of
from pakten.checks.models import BasicControl, ControlRun, ListEdition, Origin
from pakten.checks.refusals import ChecksRefused
from pakten.checks.services import basic_lists, basic_opening, control, editions, runs
from pakten.core.sentences import in_swedish
from pakten.jobs import services as jobs
from pakten.jobs.errors import JobEnded, WorkerStopping
from pakten.jobs.files import handed_in
from pakten.jobs.work import running
from pakten.organisations.services.register_lookups import look_up_organisation
from vandel.errors import InputError
from vandel.lists import ListHeld


@task()
def control_network(job_id: int, run_id: int) -> None:
    """Control the members of a run that are not controlled yet, and close it."""
    with running(job_id):
        try:
            run = control.execute(
                run_id, tell=lambda done, total: jobs.progress(job_id, done=done, total=total)
            )
        except WorkerStopping:
            raise  # the job is queued again, and the run goes on where it was
        except JobEnded:
            runs.leave(run_id)
            raise
        except ChecksRefused as refused:
            jobs.fail(job_id, sentence=refused.sentence)
            return
        except Exception:
            runs.interrupt(run_id, "Ett fel avbröt arbetet innan alla medlemmar var kontrollerade.")
            raise
        jobs.finish(job_id, summary=_summary(run), url=reverse("checks:run", args=[run.pk]))


@task()
def fetch_list(job_id: int, list_id: str, *, actor_id: int) -> None:
    """Fetch a list from its issuer; a refusal leaves the edition in force as it was."""
    with running(job_id), _refusals_told(job_id, list_id):
        jobs.progress(job_id, done=0, total=1, note="Hämtar från utgivaren")
        _taken(job_id, editions.fetch(list_id, actor=User.objects.get(pk=actor_id)))


@task()
def read_list(job_id: int, list_id: str, *, actor_id: int, path: str) -> None:
    """Take in an uploaded file; a refusal leaves the edition in force as it was."""
    arrival = editions.Arrival(Origin.IMPORTED, timezone.now())
    with running(job_id), _refusals_told(job_id, list_id):
        jobs.progress(job_id, done=0, total=1, note="Läser filen")
        actor = User.objects.get(pk=actor_id)
        with handed_in(path, ends_well=ListHeld) as file:
            edition = editions.take_edition(list_id, file, actor=actor, arrival=arrival)
        _taken(job_id, edition)


@task()
def compare_applicant(job_id: int, control_id: int) -> None:
    """Hold one organisation against the lists in force."""
    with running(job_id) as job:
        compared = basic_lists.compare(control_id)
        jobs.finish(job_id, summary=f"{job.title}: klart.", url=address_of(compared))


@task()
def look_up_registers(job_id: int, control_id: int) -> None:
    """Ask the registers about the organisation of a control, and take in what they say."""
    with running(job_id) as job:
        control = BasicControl.objects.select_related("organisation", "application").get(pk=control_id)
        answers = look_up_organisation(control.organisation, because=f"Kontroll. {control.because}")
        basic_opening.take_in(control_id)
        told = ", ".join(f"{row.title}: {row.get_outcome_display().lower()}" for row in answers)
        jobs.finish(
            job_id, summary=f"{job.title}: {told or 'inget register att fråga'}.", url=address_of(control)
        )


@contextmanager
def _refusals_told(job_id: int, list_id: str) -> Iterator[None]:
    try:
        yield
    except ChecksRefused as refused:
        jobs.fail(job_id, sentence=refused.sentence)
    except ListHeld as held:
        # Nothing failed: the file is kept, and the list's page asks a person.
        summary = f"Filen är inte intagen än. {in_swedish(held)} Öppna listan och bestäm."
        jobs.finish(job_id, summary=summary, url=reverse("checks:list", args=[list_id]))
    except InputError as error:
        jobs.fail(job_id, sentence=f"{in_swedish(error)} Utgåvan som gällde gäller fortfarande.")


def _taken(job_id: int, edition: ListEdition) -> None:
    summary = f"Utgåvan gäller nu. Den har {edition.entries} poster."
    jobs.finish(job_id, summary=summary, url=reverse("checks:list", args=[edition.list_id]))


def _summary(run: ControlRun) -> str:
    total = sum(run.counts.values())
    return (
        f"{total} medlemmar kontrollerade: "
        f"{run.counts['met']} uppfyllt, {run.counts['not_met']} inte uppfyllt, "
        f"{run.counts['unknown']} vet inte, {run.counts['not_applicable']} gäller inte."
    )
