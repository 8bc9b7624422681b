"""Applications as a table. No numbers of sole traders (L-29), no codes without their words (L-08)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, BinaryIO

from django.utils import timezone

from pakten.audit.redaction import without_personal_numbers
from pakten.members.models import Application
from pakten.members.queries.applications import BALL_WORDS, Ball
from vandel.registers.table_write import Form, Value, write_table

_LABELS = (
    "Organisation", "Organisationsnummer", "Sektor", "Diarienummer", "Läge", "Läget sedan", "Kom in",
    "Klart senast", "Bollen", "Handläggare", "Avvikelse", "Kom in genom",
)  # fmt: skip
_NAMES = (
    "organisation", "org_nr", "sector", "registry_no", "state", "state_since", "received_at",
    "due_on", "ball", "handler", "has_deviation", "channel",
)  # fmt: skip


def write_applications(
    target: BinaryIO, rows: Iterable[Application], *, form: Form, closed: Collection[int] = ()
) -> int:
    """Swedish words for people, field names and codes for programs; gives back the number of rows.

    ``closed``: the cases in which the reader has a conflict of interest; what was found is left out there.
    """
    for_programs = form is Form.CSV
    headers = _NAMES if for_programs else _LABELS
    cells = (_cells(row, for_programs=for_programs, found=row.case_id not in closed) for row in rows)
    return write_table(target, headers=headers, rows=cells, form=form)


def _cells(application: Application, *, for_programs: bool, found: bool) -> tuple[Value, ...]:
    annotated: Any = application
    deviation = {None: "", True: "Ja", False: "Nej"}[application.has_deviation if found else None]
    organisation = application.organisation
    cells: tuple[Value, ...] = (
        application.organisation_name,
        "" if organisation.sole_trader else organisation.org_nr_shown,
        application.sector if for_programs else application.get_sector_display(),
        application.case.registry_no,
        _state(application, for_programs=for_programs),
        _moment(application.state_since),
        _moment(application.received_at),
        application.due_on,
        annotated.ball if for_programs else BALL_WORDS[Ball(annotated.ball)],
        str(application.handler or ""),
        deviation,
        application.channel if for_programs else application.get_channel_display(),
    )
    return tuple(without_personal_numbers(cell) if isinstance(cell, str) else cell for cell in cells)


def _state(application: Application, *, for_programs: bool) -> str:
    if application.is_paused:
        return "paused" if for_programs else "vilar, vi väntar med beslut"
    return application.state if for_programs else application.get_state_display()


def _moment(when: datetime) -> str:
    return timezone.localtime(when).strftime("%Y-%m-%d %H:%M")
