"""What a figure is: a title, a definition, and one query object behind each number, list and file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pakten.accounts.models import Role
from pakten.figures.spans import Span, quarters

Condition = Q | Exists
TOTAL = "summa"
Number = int | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: which rows of the figure's base belong to a span. ``unknown``: its part nobody knows.

    ``days`` names an annotation in days: then the number is its median, None where there is nothing.
    ``share_of``: then the number is the rows' share of these rows, in percent, None where there are none.
    """

    slug: str
    label: str
    which: Callable[[Span], Condition]
    unknown: bool = False
    days: str = ""
    share_of: Callable[[Span], Condition] | None = None

    @property
    def is_share(self) -> bool:
        """Whether its number is a share in percent, with the rows of its part behind it."""
        return self.share_of is not None


@dataclass(frozen=True, slots=True)
class Figure:
    """A named figure. ``base`` are all rows that may count; ``once``: each organisation once in a number.

    ``stacked``: the columns are parts of one whole, so that they may be added and drawn on each other.
    ``list_readers``: who sees the rows behind it, where that is fewer than those who see other lists.
    """

    slug: str
    title: str
    definition: str
    columns: tuple[Column, ...]
    base: Callable[[], QuerySet[Any]]
    rows: Callable[[date], list[Span]] = quarters
    once: bool = False
    stacked: bool = True
    unit: str = "medlem,medlemmar"
    list_readers: tuple[Role, ...] = ()

    @property
    def total(self) -> Column | None:
        """The sum of what is known, as a column with a list of its own; None where none is told."""
        known = [column for column in self.columns if not column.unknown]
        if not self.stacked:
            return None
        return Column(TOTAL, "Summa utan okänt", lambda span: _any(column.which(span) for column in known))

    def column(self, slug: str) -> Column | None:
        """The column with this slug, the sum among them."""
        columns = (*self.columns, *filter(None, [self.total]))
        return next((column for column in columns if column.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Cell:
    """One number, where it stands."""

    span: Span
    column: Column
    value: Number


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of one span; ``total`` of those that are known, None where they can't be added."""

    span: Span
    cells: tuple[Cell, ...]
    total: int | None
    sum_of: Column | None = None

    @property
    def total_cell(self) -> Cell | None:
        """The sum as a number with a list behind it."""
        return Cell(self.span, self.sum_of, self.total) if self.sum_of else None


def rows(figure: Figure, as_of: date) -> list[Row]:
    """All numbers, up to a day. One query for all counts, one more for each median."""
    spans = figure.rows(as_of)
    counted = _counts(figure, spans)
    return [_row(figure, span, counted=counted) for span in spans]


def listed(figure: Figure, column: Column, *, span: Span) -> QuerySet[Any]:
    """The rows behind one number: as many as the number says."""
    found = figure.base().filter(column.which(span))
    if figure.once:
        own = figure.base().filter(column.which(span), organisation=OuterRef("organisation"))
        found = found.filter(~Exists(own.filter(pk__lt=OuterRef("pk"))))
    return found.order_by("organisation__sort_key", "pk")


def _any(conditions: Iterable[Condition]) -> Q:
    return reduce(or_, (Q(each) for each in conditions))


def _row(figure: Figure, span: Span, *, counted: dict[tuple[str, str], Number]) -> Row:
    cells = tuple(Cell(span, column, counted[span.slug, column.slug]) for column in figure.columns)
    known = [cell.value for cell in cells if not cell.column.unknown]
    total = sum(int(value or 0) for value in known) if figure.stacked else None
    return Row(span, cells, total, figure.total)


def _counts(figure: Figure, spans: Sequence[Span]) -> dict[tuple[str, str], Number]:
    keys = {
        f"n{place}_{number}": (span, column)
        for place, span in enumerate(spans)
        for number, column in enumerate(figure.columns)
        if not column.days
    }
    what = "organisation" if figure.once else "pk"
    counts = {
        key: Count(what, filter=Q(column.which(span)), distinct=True) for key, (span, column) in keys.items()
    }
    found = figure.base().order_by().aggregate(**counts) if counts else {}
    numbers: dict[tuple[str, str], Number] = {
        (span.slug, column.slug): found[key] for key, (span, column) in keys.items()
    }
    for column in figure.columns:
        if column.days:
            numbers |= {(span.slug, column.slug): _median(figure, column, span=span) for span in spans}
        elif column.share_of:
            numbers |= {
                (span.slug, column.slug): _share(
                    figure, numbers[span.slug, column.slug], whole=column.share_of(span)
                )
                for span in spans
            }
    return numbers


def _share(figure: Figure, part: Number, *, whole: Condition) -> Number:
    number = figure.base().filter(whole).count()
    return round(100 * (part or 0) / number, 1) if number else None


def _median(figure: Figure, column: Column, *, span: Span) -> Number:
    days = list(figure.base().filter(column.which(span)).order_by().values_list(column.days, flat=True))
    return median(each.days if hasattr(each, "days") else each for each in days) if days else None
