"""Cases: opened, given to somebody, closed, opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.records.models import CASE_EVENTS, Became, Case, CaseState, Record, RegistrySeries, State
from pakten.records.policies import (
    check_can_close,
    check_case_transition,
    check_may_register,
    check_may_write,
    check_no_conflict,
)
from pakten.records.refusals import RecordsRefused
from pakten.records.services.numbering import OutsideNumber
from pakten.records.services.registering import enter, new_case
from pakten.records.services.versions import update_versioned


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as it begins. ``number`` is one that another system gave already; else our series gives it."""

    title: str
    classification: str = ""
    responsible: User | None = None
    number: OutsideNumber | None = None


@transaction.atomic
def open_case(facts: CaseFacts, *, actor: User, series: RegistrySeries | None = None) -> Case:
    """Open a case with its registry number. Raises PermissionDenied or RecordsRefused."""
    check_may_write(actor)
    number = facts.number.clean() if facts.number else None
    try:
        with transaction.atomic():
            case = new_case(
                facts.title,
                series=series,
                number=number,
                classification=facts.classification,
                responsible=facts.responsible,
            )
    except IntegrityError as error:
        raise RecordsRefused(f"Ett annat ärende har redan numret {number and number.number}.") from error
    log("records.case.opened", case, actor=actor, after=_told(case))
    return case


@transaction.atomic
def assign(case: Case, responsible: User, *, actor: User, expected_version: int) -> None:
    """Let somebody who may write in cases be responsible for this one."""
    check_may_write(actor)
    check_may_write(responsible)
    check_no_conflict(actor, case)
    check_no_conflict(responsible, case)
    before = {"responsible": str(case.responsible or "")}
    update_versioned(case, expected_version, responsible=responsible)
    log("records.case.assigned", case, actor=actor, before=before, after={"responsible": str(responsible)})


@transaction.atomic
def close_case(case: Case, *, actor: User | None, expected_version: int, reason: str = "") -> None:
    """End the case: what is still a draft becomes a record (TF 2:10), and the time to disposal begins.

    ``actor`` None: the system, where a decision or a missing answer has ended the matter. Raises
    PermissionDenied, RecordsRefused while a request waits, or ChangedMeanwhile.
    """
    check_may_register(actor)
    check_no_conflict(actor, case)
    check_case_transition(case, CaseState.CLOSED)
    check_can_close(case)
    now = timezone.now()
    update_versioned(case, expected_version, state=CaseState.CLOSED, closed_at=now)
    entered = []
    for record in case.records.filter(state=State.DRAFT).order_by("created_at").select_related("record_type"):
        record.case = case
        enter(record, Became.CASE_CLOSED, expected_version=record.version)
        entered.append(record.number)
    begin_retention(case)
    log(
        CASE_EVENTS[CaseState.CLOSED],
        case,
        actor=actor,
        after={"drafts_made_records": entered},
        reason=reason,
    )


@transaction.atomic
def reopen_case(case: Case, *, actor: User, expected_version: int, reason: str) -> None:
    """Open a closed case again. Raises PermissionDenied, RecordsRefused without reason, ChangedMeanwhile."""
    check_may_write(actor)
    check_no_conflict(actor, case)
    check_case_transition(case, CaseState.OPEN)
    if not reason.strip():
        raise RecordsRefused("Skriv varför ärendet öppnas igen.")
    update_versioned(case, expected_version, state=CaseState.OPEN, closed_at=None)
    case.records.update(dispose_after=None)
    log(CASE_EVENTS[CaseState.OPEN], case, actor=actor, reason=reason)


def let_go_on(case: Case) -> None:
    """Open the case again if it is closed: a paper came in. The caller's transaction has its row locked."""
    closed = Case.objects.filter(pk=case.pk, state=CaseState.CLOSED)
    if closed.update(state=CaseState.OPEN, closed_at=None, version=F("version") + 1):
        case.records.update(dispose_after=None)
        case.refresh_from_db()


def begin_retention(case: Case) -> None:
    """Set, from the end of the case, the day after which each record is to be disposed of."""
    assert case.closed_at is not None
    end = timezone.localdate(case.closed_at)
    for years in (
        case.records.exclude(retention_years=None).values_list("retention_years", flat=True).distinct()
    ):
        Record.objects.filter(case=case, retention_years=years).update(dispose_after=_later(end, years or 0))


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)


def _told(case: Case) -> dict[str, Any]:
    return {"number": case.registry_no, "title": case.title, "system": case.number_system}
