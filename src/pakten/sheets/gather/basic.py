"""The sheet of a check list: what was looked at, item by item, for an applicant or a member."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from pakten.checks.basic.items import item_of
from pakten.checks.models import BasicControl, BasicItem, BasicState, CheckResult
from pakten.organisations.keys import NO_NAME, is_name
from pakten.records.models import Case, MarkState, SecrecyMark
from pakten.sheets.gather import lists
from pakten.sheets.gather.surroundings import surroundings
from pakten.sheets.gather.words import told, who
from pakten.sheets.values import Gathered, ItemLine, ReceiptLine, SheetContent, Versions
from vandel.evidence import canonical_json

KIND = "basic"
RECEIPT = "kvitto.json"


def of_basic(control: BasicControl) -> Gathered:
    """What the sheet of this finished check list says. Reads only."""
    assert control.state == BasicState.DONE and control.done_at is not None
    rows = list(control.items.select_related("checked_by"))
    likenesses = lists.with_judgements(control.likenesses.all())
    around = surroundings(control.organisation, since=control.done_at, until=_next(control))
    content = SheetContent(
        **_head(control),
        made_at=control.done_at,
        as_of=max(lists.latest_word(likenesses, since=control.done_at), around.as_of),
        standing=tuple(filter(None, (_sum(rows), told(control.because)))),
        items=tuple(_item(row) for row in rows),
        editions=tuple(lists.edition_line(edition) for edition in control.lists_editions),
        compared=lists.compared_lines(control.lists_items, likenesses),
        likenesses=tuple(lists.likeness_line(likeness) for likeness in likenesses),
        visit=around.visit,
        registers=around.registers,
        deviations=around.deviations,
        unchecked=tuple(_unchecked(control, rows)),
        marks=_marks(control.case) if control.case else (),
    )
    if not control.lists_receipt:
        return Gathered(content)
    receipt = ReceiptLine(RECEIPT, "Kvitto på jämförelsen", control.lists_receipt_sha256)
    return Gathered(replace(content, receipts=(receipt,)), (canonical_json(control.lists_receipt),))


def _head(control: BasicControl) -> dict[str, Any]:
    organisation, engine = control.organisation, control.lists_receipt.get("engine", {})
    versions = (engine.get("engine_version", ""), engine.get("rule_version", ""), engine.get("threshold"))
    return {
        "kind": KIND,
        "title": "Checklista för en ansökan" if control.application_id else "Checklista för en medlem",
        "organisation_id": organisation.public_id,
        "organisation": told(control.name if is_name(control.name) else NO_NAME),
        "number": organisation.org_nr_shown,
        "sector": control.sector.label,
        "case": str(control.case) if control.case else "",
        "by": who(control.done_by),
        "result": "",
        "result_label": "",
        "result_at_run": "",
        "versions": Versions(*versions, control.items_version),
    }


def _next(control: BasicControl) -> datetime | None:
    """When the organisation's next check list was finished."""
    later = BasicControl.objects.filter(
        organisation=control.organisation_id, state=BasicState.DONE, pk__gt=control.pk
    )
    return later.order_by("pk").values_list("done_at", flat=True).first()


def _item(row: BasicItem) -> ItemLine:
    # What nobody could check holds until no day.
    may_hold = row.result != CheckResult.COULD_NOT_CHECK
    return ItemLine(
        title=item_of(row.slug).title,
        result=row.result,
        label=CheckResult(row.result).label,
        seen=told(row.note),
        source=row.source,
        where=told(row.source_where),
        at=row.checked_at,
        by=who(row.checked_by),
        sha256=row.sha256,
        holds_until=row.expires_on.isoformat() if row.expires_on and may_hold else "",
    )


def _sum(rows: list[BasicItem]) -> str:
    """How many items came out each way; none of the four is left out, and unknown stands by itself."""
    counts = [(result.label, sum(row.result == result for row in rows)) for result in CheckResult]
    return ". ".join(f"{label}: {number}" for label, number in counts) + "."


def _unchecked(control: BasicControl, rows: list[BasicItem]) -> list[str]:
    open_items = [
        f"{item_of(row.slug).title}: {told(row.note) or 'ingen uppgift'}"
        for row in rows
        if row.result == CheckResult.COULD_NOT_CHECK
    ]
    compared = lists.unchecked_lines(control.lists_items) if control.lists_items else []
    gaps = [f"{gap['why']}." for gap in control.lists_gaps]
    return [*open_items, *compared, *gaps]


def _marks(case: Case) -> tuple[str, ...]:
    """That papers of the case bear a secrecy mark: the sheet says which provision, never what is in them."""
    rows = SecrecyMark.objects.filter(record__case=case, state=MarkState.IN_FORCE)
    found = rows.order_by("pk").values_list("provision", "dated_on", "authority")
    return tuple(dict.fromkeys(f"{rule}, {day}, {authority}" for rule, day, authority in found))
