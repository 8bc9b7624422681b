"""Figures and the lists behind their numbers as tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, BinaryIO

from pakten.figures.figure import Figure, rows
from pakten.members.export import write_members
from pakten.members.models import Application, Membership
from vandel.registers.table_write import Form, Value, write_table

_LABELS = ("Organisation", "Sektor", "Ärende", "Kom in", "Läge", "Beslut")
_NAMES = ("organisation", "sector", "case", "received_on", "state", "outcome")


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
    """The rows behind one number. ``closed``: cases where the reader has a conflict of interest."""
    if model is Membership:
        return write_members(target, found, form=form)
    headers = _NAMES if form is Form.CSV else _LABELS
    cells = (_application(row, is_closed=row.case_id in closed, form=form) for row in found)
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
