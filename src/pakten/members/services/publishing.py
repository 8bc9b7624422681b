"""Whether a member is named in the open list: by the city for a reason, or by the member itself (L-30)."""

from __future__ import annotations

from django.db import transaction

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.members.models import Membership, State
from pakten.members.policies import check_may_write
from pakten.members.services.public_list import refresh
from pakten.organisations.policies import check_speaks_for, check_text
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned

OWN_CHOICE = "Medlemmen valde själv"


def set_published(
    membership: Membership, published: bool, *, actor: User, reason: str, expected_version: int
) -> None:
    """Name the member in the open list, or take the name away, and say why.

    Raises PermissionDenied; Refused without a reason or for a membership that has ended; ChangedMeanwhile.
    """
    check_may_write(actor)
    check_text(reason)
    if not reason.strip():
        raise Refused("Skriv varför, så att den som undrar senare kan läsa det.")
    _set(membership, published, actor=actor, reason=reason, expected_version=expected_version)


def choose_published(membership: Membership, published: bool, *, actor: User, expected_version: int) -> None:
    """Let a contact choose it for the own organisation; the choice needs no reason.

    Raises PermissionDenied for whoever is not its contact today, and as :func:`set_published`.
    """
    check_speaks_for(actor, membership.organisation)
    _set(membership, published, actor=actor, reason=OWN_CHOICE, expected_version=expected_version)


@transaction.atomic
def _set(membership: Membership, published: bool, *, actor: User, reason: str, expected_version: int) -> None:
    if membership.state == State.ENDED:
        raise Refused("Medlemskapet är avslutat, så organisationen står inte i listan.")
    before = membership.published
    if before == published:
        return
    update_versioned(membership, expected_version, published=published)
    refresh(membership.organisation)
    action = "members.membership.shown" if published else "members.membership.hidden"
    states = {"before": {"published": before}, "after": {"published": published}}
    record(action, membership, actor=actor, reason=reason, **states)
