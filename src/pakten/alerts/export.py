"""What needs a person as a table: Swedish words for people, field names and codes for programs."""

from __future__ import annotations

from typing import BinaryIO

from django.db.models import QuerySet
from django.utils import timezone

from pakten.alerts.models import Alert
from pakten.audit.redaction import without_personal_numbers
from vandel.registers.table_write import Form, Value, write_table

_LABELS = (
    "Slag", "Vad", "Organisation", "Sektor", "Varför", "Läge", "Vem har den", "Kom in", "Senast",
    "Pausad till", "Väntar på", "Från vem", "Uppgiften senast", "Bedömning", "Skäl", "Bedömd av", "Klar",
)  # fmt: skip
_NAMES = (
    "kind", "title", "organisation", "sector", "because", "state", "assigned_to", "raised_at", "due_on",
    "snoozed_until", "needed", "needed_from", "needed_by", "outcome", "outcome_because", "closed_by",
    "closed_at",
)  # fmt: skip
_CHUNK = 500


def write_alerts(target: BinaryIO, rows: QuerySet[Alert], *, form: Form) -> int:
    """Write the alerts; gives back the number of rows."""
    codes = form is Form.CSV
    cells = (_cells(alert, codes=codes) for alert in rows.iterator(_CHUNK))
    return write_table(target, headers=_NAMES if codes else _LABELS, rows=cells, form=form)


def _cells(alert: Alert, *, codes: bool) -> tuple[Value, ...]:
    organisation = alert.organisation
    sector = ""
    if organisation:
        sector = organisation.sector if codes else organisation.get_sector_display()
    cells: tuple[Value, ...] = (
        alert.kind if codes else alert.get_kind_display(),
        alert.heading,
        organisation.legal_name if organisation else "",
        sector,
        alert.because,
        alert.state if codes else alert.get_state_display(),
        str(alert.assigned_to or ""),
        f"{timezone.localtime(alert.raised_at):%Y-%m-%d %H:%M}",
        alert.due_on,
        alert.snoozed_until,
        alert.needed,
        alert.needed_from,
        alert.needed_by,
        alert.outcome if codes else alert.get_outcome_display(),
        alert.outcome_because,
        str(alert.closed_by or ""),
        f"{timezone.localtime(alert.closed_at):%Y-%m-%d %H:%M}" if alert.closed_at else "",
    )
    return tuple(without_personal_numbers(cell) if isinstance(cell, str) else cell for cell in cells)
