"""The decision as a plain text, where no other look is registered."""

from __future__ import annotations

from django.utils import timezone

from pakten.decisions.models import Decision
from pakten.decisions.registry import Rendered


def plain(decision: Decision) -> Rendered:
    """A text file with everything that a delegated decision must show (L-02)."""
    return Rendered("beslut.txt", "\r\n".join(_lines(decision)).encode(), "text/plain; charset=utf-8")


def _lines(decision: Decision) -> list[str]:
    day = timezone.localdate(decision.decided_at)
    lines = [
        "DELEGATIONSBESLUT",
        f"{decision.record}, {day:%Y-%m-%d}",
        "",
        f"Gäller: {decision.subject_label}",
    ]
    parts = (("Beslut", decision.text), ("Anmärkning", decision.note), ("Skäl", decision.reasons))
    for heading, text in parts:
        if text:
            lines += ["", heading, *text.splitlines()]
    lines += [
        "",
        f"{decision.on_behalf} enligt punkt {decision.item.number} i delegationsordningen",
        _name(decision.decided_by),
    ]
    if decision.second_by and decision.second_at:
        agreed = timezone.localdate(decision.second_at)
        lines += ["", f"Prövat av en andra person: {_name(decision.second_by)}, {agreed:%Y-%m-%d}"]
    return lines


def _name(user: object) -> str:
    title = getattr(user, "title", "")
    return f"{user}, {title}" if title else str(user)
