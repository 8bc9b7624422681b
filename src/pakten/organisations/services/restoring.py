"""Taking back what an import did."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.organisations.facts import EDITABLE
from pakten.organisations.models import KnownPerson, Organisation, OrganisationName, OwnershipStake
from pakten.organisations.policies import check_may_write
from pakten.organisations.services.organisation import keys_for, logged, other_names
from pakten.organisations.services.versions import update_versioned
from pakten.organisations.telling import tell


@dataclass(frozen=True, slots=True)
class Earlier:
    """How an organisation was: its columns then (source columns too), and the rows that came afterwards."""

    columns: Mapping[str, Any]
    added_persons: Sequence[int] = ()
    added_names: Sequence[int] = ()


@transaction.atomic
def restore_organisation(
    organisation: Organisation, earlier: Earlier, *, actor: User, reason: str, expected_version: int
) -> None:
    """Make the organisation as it was. Raises ChangedMeanwhile when it is not ``expected_version``."""
    check_may_write(actor)
    before = {name: getattr(organisation, name) for name in EDITABLE if name in earlier.columns}
    KnownPerson.objects.filter(organisation=organisation, pk__in=earlier.added_persons).delete()
    OrganisationName.objects.filter(organisation=organisation, pk__in=earlier.added_names).delete()
    name = earlier.columns.get("legal_name", organisation.legal_name)
    keys = keys_for(name, *other_names(organisation))
    update_versioned(organisation, expected_version, **earlier.columns, **keys)
    tell(organisation)
    after = {name: earlier.columns[name] for name in before}
    record(
        "organisations.organisation.restored",
        organisation,
        actor=actor,
        before=logged(before),
        after=logged(after),
        reason=reason,
    )


@transaction.atomic
def delete_organisation(
    organisation: Organisation, *, actor: User, reason: str, expected_version: int
) -> None:
    """Take away an organisation that should never have been stored, with its persons, names and owners.

    Raises ProtectedError when another area holds on to it (a membership, a control), ChangedMeanwhile when it
    was changed after ``expected_version``.
    """
    check_may_write(actor)
    update_versioned(organisation, expected_version)
    before = logged({name: getattr(organisation, name) for name in EDITABLE})
    record("organisations.organisation.deleted", organisation, actor=actor, before=before, reason=reason)
    tell_owned([organisation.pk])
    organisation.delete()


def tell_owned(organisation_ids: Collection[int]) -> None:
    """Those whom these own lose a step in their chain of owners, and are controlled anew. Call before."""
    owned = OwnershipStake.objects.filter(owner__in=organisation_ids).order_by()
    left = frozenset(owned.values_list("asset_id", flat=True)) - frozenset(organisation_ids)
    if left:
        announce(Change(ChangeKind.MEMBER, "En ägare har tagits bort ur registret.", left))
