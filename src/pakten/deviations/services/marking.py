"""An item that a person marked as a deviation in a control is confirmed by that, with the control's paper."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.deviations.models import EVENTS, Act, Deviation, Level
from pakten.deviations.policies import check_may_handle
from pakten.deviations.services.writing import claim, keep, move
from pakten.organisations.refusals import Refused
from pakten.records.models import Record


@transaction.atomic
def mark_as_found(deviation: Deviation, *, by: User, record: Record) -> None:
    """Let the observation be the deviation that ``by`` marked in the control whose paper is ``record``.

    How serious it is is not assessed by this. Raises PermissionDenied for somebody without the role or with
    a conflict of interest, Refused for what is no observation.
    """
    person = check_may_handle(by, deviation.organisation)
    if deviation.level != Level.OBSERVATION:
        raise Refused("Det är redan bekräftat som en avvikelse.")
    claim(deviation, deviation.version)
    before = move(
        deviation,
        Level.DEVIATION,
        confirmed_by=person,
        confirmed_at=timezone.now(),
        record=record,
        case=record.case,
    )
    reason = "Markerad som avvikelse i checklistan"
    keep(deviation, Act.MOVED, by=person, reason=reason, before=before)
    log(EVENTS[Level.DEVIATION], deviation, actor=person, after={"record": record.number}, reason=reason)
