"""Decisions as a table, and as the text that is put to the board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from django.utils import timezone

from pakten.audit.redaction import without_personal_numbers
from pakten.decisions.models import Decision
from vandel.registers.table_write import Form, Value, write_table

LABELS = (
    "Diarienummer", "Datum", "Beslut", "Gäller", "Punkt i delegationsordningen", "I vems namn",
    "Beslutat av", "Andra person", "Läge", "Verkställighet",
)  # fmt: skip
NAMES = (
    "record", "decided_on", "kind", "subject", "item", "on_behalf",
    "decided_by", "second_by", "state", "is_execution",
)  # fmt: skip


def write_decisions(
    target: BinaryIO, rows: Iterable[Decision], *, form: Form, closed: frozenset[Any] = frozenset()
) -> int:
    """Swedish words for people, field names and codes for programs; gives back the number of rows.

    ``closed`` are ids of cases where the reader has a conflict of interest: number and date remain.
    """
    for_programs = form is Form.CSV
    cells = (_cells(row, for_programs=for_programs, is_closed=row.case_id in closed) for row in rows)
    return write_table(target, headers=NAMES if for_programs else LABELS, rows=cells, form=form)


def as_text(rows: Sequence[Decision], title: str) -> bytes:
    """The list as it is read by the board."""
    lines = [title.upper(), f"{len(rows)} beslut", ""]
    for row in rows:
        lines += [
            f"{row.record}, {_day(row)}",
            f"{row.get_kind_display()}: {row.subject_label}",
            f"{row.on_behalf} enligt punkt {row.item.number}: {row.decided_by}",
            "",
        ]
    return "\r\n".join(lines).encode()


def _cells(row: Decision, *, for_programs: bool, is_closed: bool) -> tuple[Value, ...]:
    if is_closed:
        known = (row.record.number if row.record else "", timezone.localdate(row.decided_at))
        return (*known, *[""] * (len(LABELS) - len(known)))
    cells: tuple[Value, ...] = (
        row.record.number if row.record else "",
        timezone.localdate(row.decided_at),
        row.kind if for_programs else row.get_kind_display(),
        row.subject_label,
        row.item.number,
        row.on_behalf,
        str(row.decided_by),
        str(row.second_by or ""),
        row.state if for_programs else row.get_state_display(),
        "Ja" if row.is_execution else "Nej",
    )
    return tuple(without_personal_numbers(cell) if isinstance(cell, str) else cell for cell in cells)


def _day(row: Decision) -> str:
    return f"{timezone.localdate(row.decided_at):%Y-%m-%d}"
