"""Figures and the lists behind their numbers as tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, BinaryIO

from django.utils import timezone

from pakten.alerts.models import Alert
from pakten.figures.figure import Figure, rows
from pakten.members.export import write_members
from pakten.members.models import Application, Membership
from vandel.registers.table_write import Form, Value, write_table

_LABELS = ("Organisation", "Sektor", "Ärende", "Kom in", "Läge", "Beslut")
_NAMES = ("organisation", "sector", "case", "received_on", "state", "outcome")
_SAMPLE_LABELS = ("Organisation", "Utvald", "Läst", "Utfall")
_SAMPLE_NAMES = ("organisation", "drawn_on", "read_on", "outcome")


def write_figure(target: BinaryIO, figure: Figure, *, as_of: date, form: Form) -> int:
    """One row for each quarter, one column for each part."""
    for_programs = form is Form.CSV
    columns = [column.slug if for_programs else column.label for column in figure.columns]
    headers = ["span", "last_day", *columns] if for_programs else ["Period", "Sista dag", *columns]
    cells: list[tuple[Value, ...]] = [
        (
            row.span.slug if for_programs else row.span.label,
            row.span.last,
            *(cell.value for cell in row.cells),
        )
        for row in rows(figure, as_of)
    ]
    return write_table(target, headers=headers, rows=cells, form=form)


def write_list(
    target: BinaryIO, found: Iterable[Any], *, model: type[Any], form: Form, closed: frozenset[Any]
) -> int:
    """The rows behind one number. ``closed``: cases, or for samples organisations, that the reader must not
    know of."""
    if model is Membership:
        return write_members(target, found, form=form)
    if model is Alert:
        return _write_samples(target, found, form=form, closed=closed)
    headers = _NAMES if form is Form.CSV else _LABELS
    cells = (_application(row, is_closed=row.case_id in closed, form=form) for row in found)
    return write_table(target, headers=headers, rows=cells, form=form)


def _write_samples(target: BinaryIO, found: Iterable[Alert], *, form: Form, closed: frozenset[Any]) -> int:
    codes = form is Form.CSV
    cells = [
        (
            "" if row.organisation_id in closed else row.organisation.legal_name if row.organisation else "",
            timezone.localdate(row.raised_at),
            timezone.localdate(row.closed_at) if row.closed_at else None,
            "" if row.organisation_id in closed else row.outcome if codes else row.get_outcome_display(),
        )
        for row in found
    ]
    headers = _SAMPLE_NAMES if codes else _SAMPLE_LABELS
    return write_table(target, headers=headers, rows=cells, form=form)


def _application(row: Application, *, is_closed: bool, form: Form) -> tuple[Value, ...]:
    if is_closed:
        return ("", "", row.case.registry_no, "", "", "")
    codes = form is Form.CSV
    return (
        row.organisation_name,
        row.sector if codes else row.get_sector_display(),
        row.case.registry_no,
        row.received_at.date(),
        row.state if codes else row.get_state_display(),
        row.outcome if codes else row.get_outcome_display(),
    )
