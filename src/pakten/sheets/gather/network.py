"""The sheet of one member in a run of the control over the network."""

from __future__ import annotations

from datetime import datetime

from pakten.checks.models import Control, ControlResult, RunState
from pakten.checks.queries.lists import lists_left_out
from pakten.checks.services import receipts
from pakten.checks.words import standing_in_words
from pakten.sheets.gather import lists
from pakten.sheets.gather.surroundings import Surroundings, surroundings
from pakten.sheets.gather.words import told, who
from pakten.sheets.values import Gathered, ReceiptLine, SheetContent, Versions

KIND = "network"
RECEIPT = "kvitto.json"


def of_control(control: Control) -> Gathered:
    """What the sheet of this control says as people have judged until now. Reads only."""
    organisation, run = control.membership.organisation, control.run
    likenesses = lists.with_judgements(control.likenesses.all())
    around = surroundings(organisation, since=control.made_at, until=_next(control))
    missing = lists.not_compared(control)
    content = SheetContent(
        kind=KIND,
        title="Kontroll av nätverket",
        organisation_id=organisation.public_id,
        organisation=told(organisation.name_shown),
        number=organisation.org_nr_shown,
        sector=organisation.get_sector_display(),
        case="",
        made_at=control.made_at,
        by=f"Systemet, startad av {who(run.started_by)}",
        as_of=max(lists.latest_word(likenesses, since=control.made_at), around.as_of),
        result=control.result,
        result_label=ControlResult(control.result).label,
        result_at_run=ControlResult(control.result_at_run).label,
        standing=tuple(standing_in_words(control.result, likenesses, unchecked=missing)),
        versions=Versions(run.engine_version, run.rule_version, run.threshold),
        editions=tuple(lists.edition_line(edition) for edition in run.editions),
        compared=lists.compared_lines(control.items, likenesses),
        likenesses=tuple(lists.likeness_line(likeness) for likeness in likenesses),
        visit=around.visit,
        registers=around.registers,
        deviations=around.deviations,
        unchecked=tuple(_unchecked(control, around)),
        receipts=(ReceiptLine(RECEIPT, "Kvitto på jämförelsen", control.receipt_sha256),),
    )
    return Gathered(content, (receipts.as_file(control),))


def _next(control: Control) -> datetime | None:
    """When the member was controlled the next time."""
    later = Control.objects.filter(
        membership=control.membership_id, run__state=RunState.FINISHED, made_at__gt=control.made_at
    )
    return later.order_by("made_at").values_list("made_at", flat=True).first()


def _unchecked(control: Control, around: Surroundings) -> list[str]:
    run = control.run
    gaps = [f"{gap['why']}." for gap in run.gaps]
    left_out = [f"{title} används inte i kontrollen." for title in lists_left_out(run)]
    old = run.stale_accepted_reason
    accepted = [f"Kontrollen är gjord med för gamla listor. Skäl: {told(old)}"] if old else []
    return [*lists.unchecked_lines(control.items), *gaps, *left_out, *accepted, *around.unchecked]
