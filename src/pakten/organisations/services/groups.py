"""Groups: which organisation is another's parent. Never a circle, however many change it at once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.organisations.facts import FactSource
from pakten.organisations.models import Organisation
from pakten.organisations.policies import check_may_write, check_text
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.organisations.services.versions import update_versioned


@transaction.atomic
def set_group_parent(
    organisation: Organisation,
    parent: Organisation | None,
    *,
    actor: User,
    source: FactSource,
    expected_version: int,
) -> None:
    """Say which organisation is the parent; None: it has none. What is so already is left.

    Raises PermissionDenied, Refused for a circle or a merged record, or ChangedMeanwhile.
    """
    check_may_write(actor)
    check_text(source.what)
    if parent is not None:
        _check_parent(organisation, parent)
    before = organisation.group_parent
    if (before and before.pk) == (parent and parent.pk):
        return
    values = source.columns() | {"group_parent": parent, "updated_at": timezone.now()}
    update_versioned(organisation, expected_version, **values)
    record(
        "organisations.group.changed",
        organisation,
        actor=actor,
        before={"group_parent": before and before.legal_name},
        after={"group_parent": parent and parent.legal_name},
        reason=source.what,
    )


def _check_parent(organisation: Organisation, parent: Organisation) -> None:
    """Raise Refused unless the parent may be one. All above it are locked, in the order of their keys."""
    above = _above(parent.pk)
    locked = Organisation.objects.select_for_update().filter(pk__in={organisation.pk, *above})
    rows = {row.pk: row for row in locked.order_by("pk")}
    if any(row.merged_into_id is not None for row in (rows[organisation.pk], rows[parent.pk])):
        raise Refused("Posten är sammanslagen med en annan. Välj den post som står kvar.")
    if organisation.pk in above:
        own = organisation.pk == parent.pk
        raise Refused(
            "En organisation kan inte vara sin egen moderorganisation."
            if own
            else f"{parent} ligger under {organisation} i koncernen och kan inte också ligga över."
        )
    # Somebody may have moved one of them while we waited for the locks.
    if _above(parent.pk) != above:
        raise ChangedMeanwhile("koncernen")


def _above(pk: int | None) -> list[int]:
    """The organisation and all above it, nearest first."""
    found: list[int] = []
    while pk is not None and pk not in found:
        found.append(pk)
        pk = Organisation.objects.values_list("group_parent_id", flat=True).get(pk=pk)
    return found
