"""A member's own wish to leave, as the diary and its thread have it: found, settled, its case ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.core.templatetags.formats import date_long
from pakten.members.models import (
    MatterState,
    MembershipMatter,
    Message,
    MessageDirection,
    MessageKind,
)
from pakten.members.policies import messages as policies
from pakten.members.services.applications_effects import close
from pakten.members.services.messages import settle_row
from pakten.organisations.models import Organisation
from pakten.records.models import Case

_ENDED = "Medlemskapet är avslutat på egen begäran"


def waiting_wishes(organisation: Organisation) -> list[Message]:
    """The requests to leave that the organisation has sent in and nobody has settled, newest first."""
    sent = Message.objects.filter(
        organisation=organisation,
        direction=MessageDirection.IN,
        kind=MessageKind.LEAVING,
        settled_at=None,
    )
    return list(sent.select_related("case", "organisation").order_by("-pk"))


def settle_wishes(wishes: Sequence[Message], *, last_day: date, actor: User) -> None:
    """Note in the member's thread that it has left, in the caller's transaction.

    Raises PermissionDenied where the actor may not answer one of them, and ChangedMeanwhile.
    """
    how = f"Medlemskapet är avslutat. Sista dagen är {date_long(last_day)}."
    for wish in wishes:
        policies.check_may_answer(actor, wish)
    # Rows before the log, which holds up all others from its first entry; oldest first, as everywhere.
    for wish in reversed(wishes):
        settle_row(wish, how, actor=actor, expected_version=wish.version)
    for wish in wishes:
        log("members.message.settled", wish, actor=actor, after={"how": how})


def end_cases(cases: Sequence[Case]) -> None:
    """Close the cases in which nothing waits any more: no message, and no proposal."""
    for case in cases:
        asked = Message.objects.filter(case=case, settled_at=None)
        waits = asked.filter(direction=MessageDirection.IN) | asked.filter(kind=MessageKind.QUESTION)
        proposed = MembershipMatter.objects.filter(case=case, state=MatterState.PROPOSED)
        if not waits.exists() and not proposed.exists():
            close(case, reason=_ENDED)
