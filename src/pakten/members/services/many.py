"""Many memberships in one step: what an import begins, and takes back. One entry in the log for each step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from django.db import IntegrityError, transaction

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.members.models import Membership
from pakten.members.policies import check_may_write
from pakten.members.services.membership import MembershipFacts, check_period
from pakten.members.services.public_list import refresh_many
from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import ChangedMeanwhile, Refused


@transaction.atomic
def admit_many(
    many: Sequence[tuple[Organisation, MembershipFacts]], *, actor: User, reason: str
) -> list[Membership]:
    """Begin a membership period for each organisation, in the order given.

    All or none: raises PermissionDenied, and Refused when one is a member already or its dates don't fit.
    """
    check_may_write(actor)
    for _, facts in many:
        check_period(facts.joined_on, facts.ended_on, state=facts.state)
    rows = [Membership(organisation=organisation, **asdict(facts)) for organisation, facts in many]
    try:
        with transaction.atomic():
            stored = Membership.objects.bulk_create(rows)
    except IntegrityError as error:
        raise Refused("En av organisationerna är redan medlem.") from error
    refresh_many(row.organisation_id for row in stored)
    told = frozenset(row.organisation_id for row in stored)
    announce(Change(ChangeKind.MEMBER, f"{len(stored)} organisationer har blivit medlemmar.", told))
    after = {"count": len(stored), "organisations": [row.organisation.public_id for row in stored]}
    record("members.memberships.admitted", None, actor=actor, after=after, reason=reason)
    return stored


@transaction.atomic
def withdraw_admissions(versions: Mapping[int, int], *, actor: User, reason: str) -> None:
    """Take away memberships (key to expected version) that should never have been stored.

    All or none: raises ProtectedError when a control holds on to one, ChangedMeanwhile when one was changed.
    """
    check_may_write(actor)
    rows = Membership.objects.filter(pk__in=versions).select_related("organisation")
    found = {row.pk: row for row in rows.select_for_update(of=("self",))}
    for pk, version in versions.items():
        if pk not in found or found[pk].version != version:
            raise ChangedMeanwhile("ett av medlemskapen")
    before = {"count": len(found), "organisations": [r.organisation.public_id for r in found.values()]}
    Membership.objects.filter(pk__in=found).delete()
    record("members.memberships.withdrawn", None, actor=actor, before=before, reason=reason)
