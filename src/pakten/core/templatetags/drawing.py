"""The stacked bar of the four results, computed on the server as plain SVG attributes."""

from __future__ import annotations

from dataclasses import dataclass

from django import template

from vandel.model import Result

register = template.Library()

WORDS: dict[str, str] = {
    Result.MET: "Uppfyllt",
    Result.NOT_MET: "Inte uppfyllt",
    Result.UNKNOWN: "Vet inte",
    Result.NOT_APPLICABLE: "Gäller inte",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bar: ``x`` and ``width`` in percent of the whole, ``share`` of 1, None of nothing."""

    value: str
    word: str
    count: int
    share: float | None
    x: str
    width: str


@register.simple_tag
def bar_parts(*, met: int = 0, not_met: int = 0, unknown: int = 0, not_applicable: int = 0) -> list[Part]:
    """All four parts in fixed order, those of zero too: an unknown part of zero is also told."""
    counts = dict(zip(WORDS, (met, not_met, unknown, not_applicable), strict=True))
    total = sum(int(number or 0) for number in counts.values())
    parts: list[Part] = []
    start = 0.0
    for value, number in counts.items():
        share = int(number or 0) / total if total else None
        width = (share or 0.0) * 100
        parts.append(Part(value, WORDS[value], int(number or 0), share, f"{start:.2f}%", f"{width:.2f}%"))
        start += width
    return parts
