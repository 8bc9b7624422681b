"""What becomes of the memberships when two records of one organisation are made one.

The kept record's membership of today stays. Has it none, the other's goes along; has it one, the other's ends
the same day with the reason *merged* and stays with its record, where no list or figure counts it. Earlier
periods go along unless they overlap one of the kept record's own: an organisation is a member once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from pakten.members.models import LeavingReason, Membership, State
from pakten.organisations.models import Organisation

KEY = "members.membership:organisation_id"


def plan(kept: Organisation, gone: Organisation) -> Iterator[tuple[Membership, dict[str, Any]]]:
    """The memberships of ``gone`` that change, with the columns that they get."""
    own = list(Membership.objects.filter(organisation=kept).order_by("pk"))
    current = next((row for row in own if row.state != State.ENDED), None)
    for row in Membership.objects.filter(organisation=gone).order_by("pk"):
        if row.state != State.ENDED:
            yield row, {"organisation_id": kept.pk} if current is None else _ended(row, kept)
        elif not any(_overlap(row, other) for other in own):
            yield row, {"organisation_id": kept.pk}


def _ended(row: Membership, kept: Organisation) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "state": State.ENDED.value,
        "ended_on": max(today, row.joined_on or today),
        "leaving_reason": LeavingReason.MERGED.value,
        "leaving_note": f"Samma organisation som {kept}, vars medlemskap fortsätter.",
    }


def _overlap(one: Membership, other: Membership) -> bool:
    """Did both last on some day? An unknown first day may be any day."""
    before = one.ended_on and other.joined_on and one.ended_on <= other.joined_on
    after = other.ended_on and one.joined_on and other.ended_on <= one.joined_on
    return not (before or after)
