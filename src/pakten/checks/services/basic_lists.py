"""One applicant held against the lists in force, with a receipt; by a job, and again when a person asks."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from pakten.audit.services import record
from pakten.checks.ground import lists_in_force
from pakten.checks.models import BasicControl, BasicState
from pakten.checks.queries.basic import items_of
from pakten.checks.results import member_result
from pakten.checks.services.comparison import Comparison
from pakten.checks.services.likenesses import keep
from pakten.checks.services.outcome import verdicts_among
from pakten.checks.services.receipts import receipt_of, seal
from pakten.checks.subjects import member_of
from pakten.organisations.queries import subjects

NO_LISTS = "Det finns ingen lista i kraft som går att använda."


def compare(control_id: int) -> BasicControl:
    """Compare the applicant, its known persons and owners; a control that is finished is left alone."""
    control = BasicControl.objects.select_related("application__organisation").get(pk=control_id)
    organisation = control.application.organisation
    ground = lists_in_force()
    if not any(edition["binds"] for edition in ground.editions):
        return _store(control, lists_fault=NO_LISTS, lists_gaps=ground.gaps)
    now = timezone.now()
    data = subjects([organisation.pk], as_of=timezone.localdate())[organisation.pk]
    compared = Comparison(ground).of(member_of(data), now)
    with transaction.atomic():
        keys = {
            key: keep(None, organisation.pk, found=found, now=now) for key, found in compared.found.items()
        }
        items = compared.items(keys)
        result = member_result(items_of(items), verdicts_among(keys.values()))
        receipt = receipt_of(ground, organisation, compared=compared, items=items, result=result)
        stored = _store(
            control,
            lists_fault="",
            lists_editions=ground.editions,
            lists_gaps=ground.gaps,
            lists_items=items,
            lists_receipt=receipt,
            lists_receipt_sha256=seal(receipt),
        )
        if stored.state == BasicState.OPEN:
            stored.likenesses.set(keys.values())
    return stored


@transaction.atomic
def _store(control: BasicControl, **values: object) -> BasicControl:
    still_open = BasicControl.objects.filter(pk=control.pk, state=BasicState.OPEN)
    if still_open.update(lists_at=timezone.now(), **values):
        control.refresh_from_db()
        after = {"sha256": control.lists_receipt_sha256, "fault": control.lists_fault}
        record("checks.basic.compared", control, actor=None, after=after)
    control.refresh_from_db()
    return control
