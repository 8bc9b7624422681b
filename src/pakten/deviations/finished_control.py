"""What a finished control makes: a deviation of what a person marked, an observation of what nobody has."""

from __future__ import annotations

from django.db.models import QuerySet

from pakten.checks.basic.items import LISTS
from pakten.checks.models import BasicControl, BasicItem, CheckResult, Verdict
from pakten.deviations.evidence_sources import ITEM, Copy, of_item, of_likeness
from pakten.deviations.models import OPEN, Deviation, Origin
from pakten.deviations.policies import may_confirm
from pakten.deviations.services.evidence import add_copies
from pakten.deviations.services.marking import mark_as_found
from pakten.deviations.services.noting import Found, note


def take_in(control: BasicControl) -> None:
    """Note each item of the control that deviates, in the transaction that finishes it.

    An item that somebody marked is that person's own confirmation, and the control's paper is its record.
    What an earlier control found and is still open gets the new look as one more piece of evidence.
    """
    # Rows before the log, which holds up all others from its first entry to the end.
    list(_open_ones(control).select_for_update(no_key=True).order_by("pk"))
    rows = control.items.filter(result=CheckResult.DEVIATION).select_related("control", "checked_by")
    for row in rows:
        _take_in(control, row)


def _take_in(control: BasicControl, row: BasicItem) -> None:
    copies = _copies(control, row)
    topic = f"check:{row.slug}"
    known = _open_ones(control).filter(topic=topic).first()
    if known is not None:
        add_copies(known, copies, actor=None)
        return
    found = Found(
        copies[0].title,
        copies[0].told,
        copies[0].source,
        copies[0].fetched_at,
        copies[0].where,
        Origin.CHECK_LIST,
        f"{ITEM}:{row.pk}",
        topic,
        control.application,
        control.case,
    )
    deviation = note(control.organisation, found, actor=None, copies=copies)
    # What was carried over may be somebody's who no longer works here: then another one confirms it.
    if control.record is not None and may_confirm(row.checked_by, control.organisation):
        assert row.checked_by is not None
        mark_as_found(deviation, by=row.checked_by, record=control.record)


def _open_ones(control: BasicControl) -> QuerySet[Deviation]:
    return Deviation.objects.filter(organisation=control.organisation, level__in=OPEN)


def _copies(control: BasicControl, row: BasicItem) -> list[Copy]:
    """The item, and with the comparison of lists the likenesses that people judged to be the same."""
    likenesses = control.likenesses.filter(verdict=Verdict.SAME) if row.slug == LISTS else ()
    return [of_item(row), *map(of_likeness, likenesses)]
