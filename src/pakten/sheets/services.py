"""Drawing up sheets: one of a control, all of a run, and one as evidence in a case of the diary."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.audit.services import record as log
from pakten.checks.models import BasicControl, ControlRun, RunState
from pakten.jobs import services as jobs
from pakten.jobs.models import Job
from pakten.records.models import Case, Record
from pakten.records.services import NewFile, Paper, draw_up, make_record
from pakten.sheets import queries
from pakten.sheets.drawing import draw, keep, typeset
from pakten.sheets.models import Sheet
from pakten.sheets.policies import SEE, check_see
from pakten.sheets.refusals import SheetsRefused
from vandel.evidence import digest_of_value

__all__ = ["PDF", "draw", "draw_run", "file_of", "order_run", "paper_of", "register"]
PDF = "application/pdf"
KIND = "sheets.run"


@transaction.atomic
def order_run(run: ControlRun, *, actor: User) -> Job:
    """Have the sheets of all members in a finished run drawn up by a job. Raises PermissionDenied."""
    from pakten.sheets.tasks import draw_sheets  # the task calls the services, which order the task

    check_role(actor, *SEE)
    if run.state != RunState.FINISHED:
        raise SheetsRefused("Kontrollen är inte klar. Kontrollblad finns när den är det.")
    return jobs.start(
        f"{KIND}.{run.pk}",
        f"Kontrollblad för {queries.controls_in(run, actor).count()} medlemmar",
        actor=actor,
        task=draw_sheets,
        arguments={"run_id": run.pk, "actor_id": actor.pk},
        unique=True,
    )


def draw_run(run: ControlRun, *, actor: User, tell: Callable[[int, int], None]) -> int:
    """Draw up the sheet of every member in the run, and tell how many were new.

    Organisations about which the actor has a conflict of interest are left to somebody else. Those that are
    drawn up already are kept, so that it may be called again after an interruption. ``tell``
    gets done and total outside transactions and may raise to stop the work. Raises PermissionDenied.
    """
    check_role(actor, *SEE)
    rows = queries.controls_in(run, actor)
    keys = list(rows.values_list("pk", flat=True))
    new, digests = 0, []
    for done, key in enumerate(keys):
        tell(done, len(keys))
        subject = rows.get(pk=key)
        drawn = keep(subject, typeset(subject), actor=actor)
        new += drawn.is_new
        digests.append(drawn.sheet.pdf_sha256)
    after = {"drawn": len(keys), "new": new, "sha256": digest_of_value(digests)}
    with transaction.atomic():
        log("sheets.run.drawn", run, actor=actor, after=after)
    tell(len(keys), len(keys))
    return new


@transaction.atomic
def register(sheet: Sheet, case: Case, *, actor: User) -> Record:
    """Keep the sheet as a record of the case, as evidence of what is decided there.

    Raises PermissionDenied, SheetsRefused where it is there already or the case has nothing to do with it,
    RecordsRefused for a closed case.
    """
    subject = queries.subject_of(sheet)
    check_see(actor, subject)
    if not queries.cases_for(subject).filter(pk=case.pk).exists():
        raise SheetsRefused("Ärendet gäller inte den här organisationen, eller så är det avslutat.")
    kept = queries.records_with([sheet]).get(sheet.pdf_sha256, [])
    if there := next((paper for paper in kept if paper.case_id == case.pk), None):
        raise SheetsRefused(f"Bladet finns redan i ärendet, som {there.number}.")
    draft = draw_up(case, Paper(_title(subject), "control"), actor=actor, files=[file_of(sheet)])
    make_record(draft, actor=actor, expected_version=draft.version)
    log("sheets.sheet.registered", sheet, actor=actor, after={"record": draft.number})
    return draft


def _title(subject: queries.Subject) -> str:
    """The diary is open to everybody, and a sole trader's name is a person's."""
    organisation = queries.organisation_of(subject)
    return f"Kontrollblad för {'en medlem' if organisation.sole_trader else organisation.name_shown}"


def file_of(sheet: Sheet) -> NewFile:
    """The sheet as a file to keep."""
    return NewFile.of_bytes(sheet.file_name, bytes(sheet.pdf), media_type=PDF)


def paper_of(control: BasicControl, actor: User) -> list[NewFile]:
    """The files of a finished check list's paper in the diary: its sheet, with all receipts inside."""
    return [file_of(draw(control, actor=actor).sheet)]
