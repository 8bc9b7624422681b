"""Deviations as a table. A sole trader's number is a personal number: its cell is empty."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from django.utils import timezone

from pakten.audit.redaction import without_personal_numbers
from pakten.deviations.models import Deviation, HearingState
from vandel.ids import orgnr
from vandel.registers.table_write import Form, Value, write_table

LABELS = (
    "Diarienummer", "Organisation", "Organisationsnummer", "Sektor", "Nivå", "Nivån sedan", "Vad",
    "Vad vi såg", "Källa", "Var", "Sedd", "Kommer från", "Hur allvarligt", "Vår bedömning", "Följs upp",
    "Organisationens svar", "Bekräftad av",
)  # fmt: skip
NAMES = (
    "record", "organisation", "org_nr", "sector", "level", "level_since", "title", "description", "source",
    "where", "seen_on", "origin", "seriousness", "assessment", "follow_up_on", "hearing", "confirmed_by",
)  # fmt: skip
NOT_TOLD = "inte frågad"


def write_deviations(target: BinaryIO, rows: Iterable[Deviation], *, form: Form) -> int:
    """Swedish words for people, field names and codes for programs; gives back the number of rows."""
    for_programs = form is Form.CSV
    cells = (_cells(row, for_programs=for_programs) for row in rows)
    return write_table(target, headers=NAMES if for_programs else LABELS, rows=cells, form=form)


def _cells(row: Deviation, *, for_programs: bool) -> tuple[Value, ...]:
    organisation, coded = row.organisation, for_programs
    number = "" if organisation.sole_trader else organisation.org_nr or ""
    hearing = getattr(row, "hearing_state", None)
    told = str(HearingState(hearing).label) if hearing else NOT_TOLD
    cells: tuple[Value, ...] = (
        row.record.number if row.record else "",
        organisation.legal_name,
        number if coded else orgnr.format(number),
        organisation.sector if coded else organisation.get_sector_display(),
        row.level if coded else row.get_level_display(),
        timezone.localdate(row.level_since),
        row.title,
        row.description,
        row.source,
        row.where,
        timezone.localdate(row.seen_at),
        row.origin if coded else row.get_origin_display(),
        row.seriousness if coded else row.get_seriousness_display() or "inte bedömt",
        row.assessment,
        row.follow_up_on,
        (hearing or "") if coded else told,
        str(row.confirmed_by or ""),
    )
    return tuple(without_personal_numbers(cell) if isinstance(cell, str) else cell for cell in cells)
