"""Reads: which sheets there are, of which control, and whose a digest is.

Organisations in whose cases the reader has a conflict of interest are in no list and no count (L-17).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from pakten.accounts.models import User
from pakten.checks.models import BasicControl, BasicState, Control, ControlResult, ControlRun, RunState
from pakten.members.queries.conflicts import cases_about, closed_organisations
from pakten.organisations.models import Organisation
from pakten.records.models import Case, CaseState, Record, State
from pakten.sheets.models import Sheet

Subject = Control | BasicControl
SHA256_LENGTH = 64
_NO_DIGITS = re.compile(r"[\s\u200b:.-]+")
_HEAVY = ("pdf", "content")


@dataclass(frozen=True, slots=True)
class Verified:
    """What a digest is of, as far as we know: a sheet's file, what lies inside it, or a receipt.

    ``what`` is one of ``file``, ``content``, ``receipt``; ``sheet`` None for a receipt without any sheet.
    """

    what: str
    subject: Subject
    sheet: Sheet | None

    @property
    def organisation(self) -> Organisation:
        return organisation_of(self.subject)

    @property
    def made_at(self) -> datetime | None:
        """When the control was made."""
        subject = self.subject
        return subject.done_at if isinstance(subject, BasicControl) else subject.made_at


def sheets() -> QuerySet[Sheet]:
    """All sheets, newest first, without their files."""
    return Sheet.objects.defer(*_HEAVY).select_related("made_by")


def sheets_of(subject: Subject) -> QuerySet[Sheet]:
    """The sheets of one control, newest first."""
    field = "basic" if isinstance(subject, BasicControl) else "control"
    return sheets().filter(**{field: subject})


def newest_in(run: ControlRun) -> dict[int, Sheet]:
    """The newest sheet of each control of a run, by the control's key."""
    return {sheet.control_id: sheet for sheet in sheets().filter(control__run=run).order_by("pk")}  # type: ignore[misc]


def newest_files(run: ControlRun, user: User) -> QuerySet[Sheet]:
    """The newest sheets of a run with their files, by name; as :func:`controls_in` leaves out."""
    shown = set(controls_in(run, user).values_list("pk", flat=True))
    newest = [sheet.pk for key, sheet in newest_in(run).items() if key in shown]
    return (
        Sheet.objects.defer("content")
        .filter(pk__in=newest)
        .select_related("control__membership__organisation")
        .order_by("control__membership__organisation__sort_key", "pk")
    )


def newest_of_check_lists(user: User) -> QuerySet[Sheet]:
    """Sheets of check lists, newest first, as :func:`controls_in` leaves out."""
    rows = _whole().filter(basic__isnull=False).select_related("basic__application", "basic__case")
    return rows.exclude(basic__organisation__in=closed_organisations(user))


def drawn_in_runs(runs: list[ControlRun], user: User) -> dict[int, int]:
    """Of how many members in each run there is a sheet."""
    rows = Sheet.objects.filter(control__run__in=runs).order_by()
    rows = rows.exclude(control__membership__organisation__in=closed_organisations(user))
    return dict(rows.values_list("control__run").annotate(Count("control", distinct=True)))


def counts_at_run(runs: list[ControlRun], user: User) -> dict[int, dict[str, int]]:
    """Members per result in each run as it gave them, zero too."""
    rows = Control.objects.filter(run__in=runs).order_by()
    rows = rows.exclude(membership__organisation__in=closed_organisations(user))
    found = {run.pk: dict.fromkeys(ControlResult.values, 0) for run in runs}
    for key, result, number in rows.values_list("run", "result_at_run").annotate(Count("pk")):
        found[key][result] = number
    return found


def control(key: int) -> Control | None:
    """One member's control in a run that went through."""
    rows = Control.objects.select_related("run__started_by", "membership__organisation")
    return rows.filter(pk=key, run__state=RunState.FINISHED).first()


def check_list(key: int) -> BasicControl | None:
    """A check list that is finished."""
    rows = BasicControl.objects.select_related("organisation", "application", "case", "done_by")
    return rows.filter(pk=key, state=BasicState.DONE).first()


def controls_in(run: ControlRun, user: User) -> QuerySet[Control]:
    """The controls of a run, but for organisations in whose cases the user has a conflict of interest."""
    rows = Control.objects.filter(run=run).select_related("run__started_by", "membership__organisation")
    return rows.exclude(membership__organisation__in=closed_organisations(user)).order_by("pk")


def subject_of(sheet: Sheet) -> Subject:
    """The control that the sheet is of."""
    subject = sheet.basic or sheet.control
    assert subject is not None, "the database asks for one of them"
    return subject


def organisation_of(subject: Subject) -> Organisation:
    return subject.organisation if isinstance(subject, BasicControl) else subject.membership.organisation


def kind_of(subject: Subject) -> str:
    """The word for it in addresses: a key of :data:`FIND`."""
    return "checklista" if isinstance(subject, BasicControl) else "medlem"


FIND: dict[str, Callable[[int], Subject | None]] = {"medlem": control, "checklista": check_list}


def cases_for(subject: Subject) -> QuerySet[Case]:
    """The open cases in which the sheet may be evidence: those that are about the organisation."""
    return cases_about(organisation_of(subject)).filter(state=CaseState.OPEN).order_by("-pk")


def records_with(sheets: list[Sheet]) -> dict[str, list[Record]]:
    """Where in the diary each file is kept, by the file's digest: a record holds the very same bytes."""
    digests = [sheet.pdf_sha256 for sheet in sheets]
    rows = Record.objects.filter(files__sha256__in=digests, state__in=(State.RECORD, State.DISPOSED))
    found: dict[str, list[Record]] = {}
    for record in rows.select_related("case").prefetch_related("files").distinct():
        for file in record.files.all():
            found.setdefault(file.sha256, []).append(record)
    return found


def digest_in(typed: str) -> str:
    """The digest that somebody typed or pasted, in groups or not; empty where it is none."""
    digits = _NO_DIGITS.sub("", typed).lower()
    digits = digits.removeprefix("sha256")
    return digits if re.fullmatch(rf"[0-9a-f]{{{SHA256_LENGTH}}}", digits) else ""


def verify(digest: str) -> Verified | None:
    """What we have with this digest; None: nothing of ours."""
    for what, field in (("file", "pdf_sha256"), ("content", "content_sha256")):
        if sheet := _whole().filter(**{field: digest}).first():
            return Verified(what, subject_of(sheet), sheet)
    controls = Control.objects.filter(receipt_sha256=digest, run__state=RunState.FINISHED)
    lists = BasicControl.objects.filter(lists_receipt_sha256=digest, state=BasicState.DONE)
    subject = controls.first() or lists.first()
    return Verified("receipt", subject, sheets_of(subject).first()) if subject else None


def _whole() -> QuerySet[Sheet]:
    return sheets().select_related("control__membership__organisation", "basic__organisation")
