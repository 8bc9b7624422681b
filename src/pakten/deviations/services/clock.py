"""What is done by the clock: one reminder before the last day, and silence noted as silence after it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pakten.audit.services import record as log
from pakten.core.refusals import Refusal
from pakten.deviations.models import OPEN, Act, Hearing, HearingState
from pakten.deviations.services.hearing_letters import send_reminder
from pakten.deviations.services.writing import keep
from pakten.members.deadlines import deadlines
from pakten.members.working_days import add_working_days
from pakten.organisations.services import update_versioned
from pakten.records.models import CaseState


def remind_all() -> int:
    """Remind of each letter whose day is near, once; how many were reminded. Safe to run again."""
    last = add_working_days(timezone.localdate(), deadlines().reminder)
    near = _waiting().filter(
        reminded_at=None,
        answer_by__lte=last,
        answer_by__gte=timezone.localdate(),
        deviation__level__in=OPEN,
        deviation__case__state=CaseState.OPEN,
    )
    return sum(_remind(hearing) for hearing in near)


def note_silence_all() -> int:
    """Note for each letter whose day is over that nobody has answered; how many. Safe to run again."""
    return sum(_note_silence(hearing) for hearing in _waiting().filter(answer_by__lt=timezone.localdate()))


def _waiting() -> QuerySet[Hearing]:
    found = Hearing.objects.filter(state=HearingState.WAITING).order_by("answer_by", "pk")
    return found.select_related(
        "deviation__organisation", "deviation__case", "deviation__application", "told_by"
    )


def _remind(hearing: Hearing) -> bool:
    try:
        return _reminded(hearing)
    except Refusal:
        # No address, or somebody closed the case just now: the letter itself stands in the own file.
        return False


@transaction.atomic
def _reminded(hearing: Hearing) -> bool:
    update_versioned(hearing, hearing.version, reminded_at=timezone.now())
    send_reminder(hearing)
    keep(hearing.deviation, Act.REMINDED, by=None, facts=_day(hearing.answer_by))
    log("deviations.hearing.reminded", hearing.deviation, actor=None, after=_day(hearing.answer_by))
    return True


@transaction.atomic
def _note_silence(hearing: Hearing) -> bool:
    still = Hearing.objects.filter(pk=hearing.pk, version=hearing.version, state=HearingState.WAITING)
    if not still.update(state=HearingState.SILENT, silent_at=timezone.now(), version=hearing.version + 1):
        return False
    keep(hearing.deviation, Act.SILENT, by=None, facts=_day(hearing.answer_by))
    log("deviations.hearing.silent", hearing.deviation, actor=None, after=_day(hearing.answer_by))
    return True


def _day(answer_by: date) -> dict[str, str]:
    return {"answer_by": answer_by.isoformat()}
