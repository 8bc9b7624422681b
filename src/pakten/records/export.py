"""The diary as a table. No personal numbers (L-29), no codes without their words (L-08), no drafts (L-04)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, BinaryIO

from django.utils import timezone

from pakten.audit.redaction import without_personal_numbers
from pakten.records.models import Case, Record
from pakten.records.queries.diary import Closed
from vandel.registers.table_write import Form, Value, write_table

RECORD_LABELS = (
    "Nummer", "Kom in eller upprättades", "Riktning", "Handlingstyp", "Avsändare eller mottagare",
    "I korthet", "Ärende", "Klassificering", "Gallringsregel", "Sekretessmarkering", "Läge",
)  # fmt: skip
RECORD_NAMES = (
    "number", "received_or_drawn_up_at", "direction", "record_type", "sender_or_recipient",
    "short_content", "case_title", "classification_code", "retention_rule", "secrecy_mark", "state",
)  # fmt: skip
CASE_LABELS = (
    "Diarienummer", "Nummer från", "Eget nummer", "Rubrik", "Läge", "Öppnat", "Avslutat", "Ansvarig",
    "Handlingar",
)  # fmt: skip
CASE_NAMES = (
    "registry_no", "number_system", "own_no", "title", "state", "opened_at", "closed_at", "responsible",
    "records",
)  # fmt: skip


def write_records(
    target: BinaryIO, rows: Iterable[Record], *, form: Form, closed: Closed = frozenset()
) -> int:
    """The records with Swedish headings for people, field names for programs; gives back how many.

    ``closed`` are ids of cases where the reader has a conflict of interest: the public columns remain (L-17).
    """
    headers = RECORD_NAMES if form is Form.CSV else RECORD_LABELS
    cells = (_public_cells(row) if row.case_id in closed else _record_cells(row) for row in rows)
    return write_table(target, headers=headers, rows=cells, form=form)


def write_cases(target: BinaryIO, rows: Iterable[Case], *, form: Form, closed: Closed = frozenset()) -> int:
    """The cases likewise."""
    headers = CASE_NAMES if form is Form.CSV else CASE_LABELS
    cells = (_case_cells(row, is_closed=row.pk in closed) for row in rows)
    return write_table(target, headers=headers, rows=cells, form=form)


def _public_cells(record: Record) -> tuple[Value, ...]:
    shown = record.public_entry
    known = (shown.number, f"{shown.on:%Y-%m-%d}", shown.get_direction_display(), shown.type_title)
    return _clean(*known, shown.counterpart, shown.content, *[""] * 5)


def _record_cells(record: Record) -> tuple[Value, ...]:
    marked: Any = record  # annotated by the query with ``is_marked``
    return _clean(
        record.number,
        _moment(record.received_or_drawn_up_at),
        record.get_direction_display(),
        record.record_type.title,
        record.sender_or_recipient,
        record.short_content,
        record.case.title,
        record.classification_code,
        record.retention_rule,
        "Ja" if marked.is_marked else "Nej",
        record.get_state_display(),
    )


def _case_cells(case: Case, *, is_closed: bool) -> tuple[Value, ...]:
    counted: Any = case  # annotated by the query with ``record_count``
    return _clean(
        case.registry_no,
        case.number_system,
        case.own_no,
        "" if is_closed else case.title,
        case.get_state_display(),
        _moment(case.opened_at),
        _moment(case.closed_at),
        "" if is_closed else str(case.responsible or ""),
        counted.record_count,
    )


def _clean(*cells: Value) -> tuple[Value, ...]:
    return tuple(without_personal_numbers(cell) if isinstance(cell, str) else cell for cell in cells)


def _moment(when: Any) -> str:
    return timezone.localtime(when).strftime("%Y-%m-%d %H:%M") if when else ""
