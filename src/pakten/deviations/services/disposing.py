"""Copies under a dismissed or ended deviation: emptied by a disposal decision only (L-24, L-35)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.deviations.models import Deviation, Evidence
from pakten.deviations.policies import check_may_dispose
from pakten.deviations.services.writing import claim, line
from pakten.organisations.refusals import Refused

GONE = "Gallrat underlag"


@transaction.atomic
def dispose_copies(deviation: Deviation, decision: str, *, actor: User | None, expected_version: int) -> int:
    """Empty the copies; source, day and digests stay. ``decision`` is the disposal decision's number.

    Gives back how many. Raises PermissionDenied, Refused without a decision or for a deviation that is
    still judged, ChangedMeanwhile.
    """
    person = check_may_dispose(actor, deviation)
    number = line(decision, 100)
    if not number:
        raise Refused("Ange gallringsbeslutet. Inget gallras utan beslut.")
    claim(deviation, expected_version)
    kept = Evidence.objects.filter(deviation=deviation, disposal_decision="")
    count = kept.update(facts={}, title=GONE, disposal_decision=number, disposed_at=timezone.now())
    if not count:
        raise Refused("Underlagen är redan gallrade.")
    after = {"disposal_decision": number, "count": count}
    log("deviations.evidence.disposed", deviation, actor=person, after=after)
    return count
