"""A figure as plain values that can be kept, checked and counted again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pakten.figures.figure import TOTAL, Figure, listed, rows
from pakten.figures.models import FrozenFigure


@dataclass(frozen=True, slots=True)
class Drift:
    """A number that is another one today: ``came`` and ``went`` are how many rows joined or left its list."""

    span: str
    column: str
    then: float | None
    now: float | None
    came: int
    went: int


@dataclass(frozen=True, slots=True)
class Part:
    """One number of a frozen copy, and the public ids of those that it counted; one id for each time."""

    row: str
    column: str
    ids: tuple[str, ...]


def part_of(frozen: FrozenFigure, *, row: str, column: str) -> Part | None:
    """The number that an address means, the sum of what is known among them; None where there is none."""
    content = frozen.content
    found = next((each for each in content["rows"] if each["slug"] == row), None)
    columns = {each["slug"]: each for each in content["columns"]}
    if found is None:
        return None
    if column == TOTAL and content["stacked"]:
        known = [slug for slug, each in columns.items() if not each["unknown"]]
        ids = [each for slug in known for each in found["lists"].get(slug, ())]
        return Part(found["label"], "Summa utan okänt", tuple(ids))
    if column not in columns:
        return None
    return Part(found["label"], columns[column]["label"], tuple(found["lists"].get(column, ())))


def content_of(figure: Figure, as_of: date) -> dict[str, Any]:
    """Columns, numbers, and the public ids behind each number."""
    found = rows(figure, as_of)
    return {
        "unit": figure.unit,
        "stacked": figure.stacked,
        "columns": [
            {"slug": column.slug, "label": column.label, "unknown": column.unknown}
            for column in figure.columns
        ],
        "rows": [
            {
                "slug": row.span.slug,
                "label": row.span.label,
                "total": row.total,
                "values": {cell.column.slug: cell.value for cell in row.cells},
                "lists": {
                    cell.column.slug: _ids(figure, cell.column.slug, span=row.span)
                    for cell in row.cells
                    if cell.value
                },
            }
            for row in found
        ],
    }


def digest(slug: str, definition: str, *, as_of: date, content: Mapping[str, Any]) -> str:
    """SHA-256 of what is kept, written one way only."""
    whole = {"slug": slug, "definition": definition, "as_of": as_of.isoformat(), "content": content}
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_whole(frozen: FrozenFigure) -> bool:
    """Is the copy as it was frozen?"""
    expected = digest(frozen.slug, frozen.definition, as_of=frozen.as_of, content=frozen.content)
    return expected == frozen.sha256


def drift(frozen: FrozenFigure, now: Mapping[str, Any]) -> list[Drift]:
    """Where a figure counted again, for the same day, says something else than the copy."""
    labels = {column["slug"]: column["label"] for column in frozen.content["columns"]}
    today = {row["slug"]: row for row in now["rows"]}
    found = []
    for row in frozen.content["rows"]:
        other = today.get(row["slug"], {"values": {}, "lists": {}})
        for slug, then in row["values"].items():
            before, after = (set(each["lists"].get(slug, ())) for each in (row, other))
            value = other["values"].get(slug)
            if then != value or before != after:
                came, went = len(after - before), len(before - after)
                found.append(Drift(row["label"], labels[slug], then, value, came, went))
    return found


def _ids(figure: Figure, slug: str, *, span: Any) -> list[str]:
    column = figure.column(slug)
    assert column is not None
    ids = listed(figure, column, span=span).values_list("organisation__public_id", flat=True)
    return sorted(ids)
