"""A figure as columns, one for each quarter: plain SVG attributes, computed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pakten.figures.figure import Figure, Row

HEIGHT, WIDTH, GAP = 160, 48, 16
SERIES = 7


@dataclass(frozen=True, slots=True)
class Part:
    """One rectangle; ``series`` is its colour, ``words`` what it says to those who point at it."""

    x: int
    y: str
    height: str
    series: str
    words: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture, ``names`` its series in the order of the columns."""

    width: int
    height: int
    parts: tuple[Part, ...]
    names: tuple[tuple[str, str], ...]


def drawing(figure: Figure, rows: Sequence[Row]) -> Drawing | None:
    """The columns of a figure whose parts can be added; None for the others and where all is nought."""
    highest = max((sum(int(cell.value or 0) for cell in row.cells) for row in rows), default=0)
    if not figure.stacked or not highest or len(rows) < 2:
        return None
    parts: list[Part] = []
    for place, row in enumerate(rows):
        top = float(HEIGHT)
        for number, cell in enumerate(row.cells):
            height = int(cell.value or 0) / highest * HEIGHT
            if height:
                top -= height
                words = f"{row.span.label}, {cell.column.label}: {cell.value}"
                x = place * (WIDTH + GAP)
                parts.append(Part(x, f"{top:.2f}", f"{height:.2f}", _series(figure, number), words))
    names = tuple((column.label, _series(figure, number)) for number, column in enumerate(figure.columns))
    return Drawing(len(rows) * (WIDTH + GAP) - GAP, HEIGHT, tuple(parts), names)


def _series(figure: Figure, number: int) -> str:
    return "unknown" if figure.columns[number].unknown else str(number % SERIES + 1)
