"""Conflict of interest: declared by whoever has it or by a manager, lifted by a manager with a reason."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.records.hooks import tell_of_conflict
from pakten.records.models import Case, Conflict
from pakten.records.policies import (
    check_may_declare_conflict,
    check_may_lift_conflict,
    check_no_conflict,
)
from pakten.records.refusals import ChangedMeanwhile, RecordsRefused
from pakten.records.words import one_line

REASON_LIMIT = 500


@transaction.atomic
def declare_conflict(case: Case, user: User, *, actor: User, reason: str) -> Conflict:
    """From now on the user neither sees nor does anything in the case, nor is responsible for it (L-17).

    Raises PermissionDenied, RecordsRefused without a reason or where it is declared already.
    """
    check_may_declare_conflict(actor, user)
    check_no_conflict(actor, case)
    reason = one_line(reason, REASON_LIMIT)
    if not reason:
        raise RecordsRefused("Skriv med en mening vad jävet består i.")
    try:
        with transaction.atomic():
            made = Conflict.objects.create(case=case, user=user, reason=reason, declared_by=actor)
    except IntegrityError as error:
        raise RecordsRefused(f"Det är redan anmält att {user} är jävig i ärendet.") from error
    before = _free(case, user)
    tell_of_conflict(made, actor)
    after = {"who": str(user)}
    log("records.conflict.declared", case, actor=actor, before=before, after=after, reason=reason)
    return made


def _free(case: Case, user: User) -> dict[str, Any]:
    """Take the case from the user, if it was theirs; gives back what was, for the log."""
    own = Case.objects.filter(pk=case.pk, responsible=user)
    if not own.update(responsible=None, version=F("version") + 1):
        return {}
    case.refresh_from_db(fields=["responsible", "version"])
    return {"responsible": str(user)}


@transaction.atomic
def lift_conflict(conflict: Conflict, *, actor: User, reason: str) -> None:
    """The conflict is no more, or never was. Raises as :func:`declare_conflict`, or ChangedMeanwhile."""
    check_may_lift_conflict(actor, conflict)
    check_no_conflict(actor, conflict.case)
    reason = one_line(reason, REASON_LIMIT)
    if not reason:
        raise RecordsRefused("Skriv varför jävet hävs.")
    standing = Conflict.objects.filter(pk=conflict.pk, lifted_at=None)
    if not standing.update(lifted_at=timezone.now(), lifted_by=actor, lifted_reason=reason):
        raise ChangedMeanwhile("anmälan om jäv")
    conflict.refresh_from_db()
    log(
        "records.conflict.lifted",
        conflict.case,
        actor=actor,
        before={"who": str(conflict.user)},
        reason=reason,
    )
