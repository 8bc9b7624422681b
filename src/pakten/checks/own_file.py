"""What a member's own file tells of the controls: which sources we used, when, and what came of it (L-40)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pakten.checks.basic.items import LISTS, item_of
from pakten.checks.models import CheckResult, Control, ControlResult, RunState
from pakten.checks.queries.basic import latest_done
from pakten.members.own_file_sections import Known, Section
from pakten.organisations.models import Organisation

_TOLD = {
    ControlResult.MET: "Inget talar emot er.",
    ControlResult.NOT_MET: "Två personer har bedömt att ett namn är samma som på en lista. Skriv till oss.",
    ControlResult.UNKNOWN: "Något väntar på en person hos oss, eller gick inte att kontrollera. "
    "Det betyder inte att något är fel.",
    ControlResult.NOT_APPLICABLE: "Offentliga organ kontrolleras inte mot sanktionslistor.",
}
_SHOWN = 5
_ABOUT = (
    "Vi kontrollerar medlemmar i offentliga register, mot sanktionslistor och genom att besöka webbplatsen. "
    "Skriv till oss om något är fel."
)


def facts(organisation: Organisation) -> Iterator[Known]:
    """The newest controls against lists, and the newest check list that is finished."""
    runs = Control.objects.filter(membership__organisation=organisation, run__state=RunState.FINISHED)
    for control in runs.select_related("run").order_by("-pk")[:_SHOWN]:
        yield Known(
            "Kontroll mot sanktionslistor",
            _TOLD[ControlResult(control.result)],
            source=_titles(control.run.editions),
            recorded_at=control.made_at,
            key=f"kontroll-{control.pk}",
        )
    basic = latest_done(organisation)
    if basic is not None:
        for row in basic.items.all():
            label = item_of(row.slug).title
            value = str(CheckResult(row.result).label)
            told = f"{value}. {row.note}" if row.note and row.slug != LISTS else value
            yield Known(label, told, source=row.source, recorded_at=row.checked_at, key=f"punkt-{row.pk}")


def _titles(editions: list[dict[str, Any]]) -> str:
    return ", ".join(edition["title"] for edition in editions)


SECTION = Section(75, "kontroller", "Kontroller", facts, _ABOUT, "Vi har inte gjort någon kontroll än.")
