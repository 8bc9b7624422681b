"""One organisation held against the lists in force, with a receipt; by a job, and again when asked."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.checks.ground import binding_unused, lists_in_force
from pakten.checks.hooks import tell_standing
from pakten.checks.models import BasicControl, BasicState
from pakten.checks.policies import check_basic
from pakten.checks.queries.basic import LISTS_JOB, items_of, lists_under_way
from pakten.checks.refusals import ChecksRefused, Overtaken
from pakten.checks.results import member_result
from pakten.checks.services.comparison import Comparison
from pakten.checks.services.likenesses import keep
from pakten.checks.services.outcome import verdicts_among
from pakten.checks.services.receipts import receipt_of, seal
from pakten.checks.subjects import member_of
from pakten.core.sentences import in_swedish
from pakten.jobs import services as jobs
from pakten.organisations.queries import subjects
from vandel.errors import InputError

NO_LISTS = "Det finns ingen lista i kraft som går att använda."
FAILED = "Jämförelsen gick inte att göra."
# What is stored where nothing was compared, also over what an earlier comparison gave.
_NOTHING: dict[str, Any] = {
    "lists_editions": [],
    "lists_gaps": [],
    "lists_items": [],
    "lists_receipt": {},
    "lists_receipt_sha256": "",
}


def order_lists(control: BasicControl, actor: User | None) -> None:
    """Order the comparison, so that no page waits for it; in the caller's transaction."""
    from pakten.checks.tasks import compare_applicant  # the task calls the services, which order the task

    job = jobs.start(
        LISTS_JOB,
        f"Jämför {control.name} med listorna",
        actor=actor,
        task=compare_applicant,
        arguments={"control_id": control.pk},
    )
    if control.case is not None:
        jobs.keep_within(job, control.case)


@transaction.atomic
def compare_again(control: BasicControl, *, actor: User) -> None:
    """Compare anew: the last try failed, more is known of the organisation, or the lists are newer.

    Raises PermissionDenied, ChecksRefused while one is under way, Overtaken where the control is finished.
    """
    check_basic(actor, control)
    still_open = BasicControl.objects.filter(pk=control.pk, state=BasicState.OPEN)
    if not still_open.select_for_update(no_key=True).exists():
        raise Overtaken("Kontrollen är redan slutförd.")
    if lists_under_way(control):
        raise ChecksRefused("Jämförelsen pågår redan. Vänta tills den är klar.")
    still_open.update(lists_at=None, lists_fault="")
    control.refresh_from_db()
    order_lists(control, actor)
    record("checks.basic.compared_again", control, actor=actor)


def compare(control_id: int) -> BasicControl:
    """Compare the organisation, its known persons and owners; a control that is finished is left alone."""
    control = BasicControl.objects.select_related("organisation", "application").get(pk=control_id)
    organisation = control.organisation
    ground = lists_in_force()
    # What is told of; the result is of the lists in use.
    gaps = [*ground.gaps, *binding_unused()]
    if not any(edition["binds"] for edition in ground.editions):
        return _store(control, **_NOTHING | {"lists_fault": NO_LISTS, "lists_gaps": gaps})
    now = timezone.now()
    data = subjects([organisation.pk], as_of=timezone.localdate())[organisation.pk]
    try:
        compared = Comparison(ground).of(member_of(data), now)
    except InputError as error:
        return _store(control, **_NOTHING | {"lists_fault": f"{FAILED} {in_swedish(error)}"})
    with transaction.atomic():
        keys = {
            key: keep(None, organisation.pk, found=found, now=now) for key, found in compared.found.items()
        }
        tell_standing(keys.values())
        items = compared.items(keys)
        result = member_result(items_of(items), verdicts_among(keys.values()))
        receipt = receipt_of(ground, organisation, compared=compared, items=items, result=result)
        stored = _store(
            control,
            lists_fault="",
            lists_editions=ground.editions,
            lists_gaps=gaps,
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
