"""A control as a page shows it: items by who was compared, likenesses side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pakten.checks.compare import SideBySide, side_by_side
from pakten.checks.models import Control, ControlResult, Likeness
from pakten.checks.queries.lists import lists_left_out
from pakten.checks.results import Item, item_result
from pakten.checks.scope import scope_of
from pakten.checks.services import receipts
from pakten.checks.words import reason_in_words, standing_in_words
from vandel.model import Result


@dataclass(frozen=True, slots=True)
class Line:
    """One list that somebody was compared with."""

    list_title: str
    binds: bool
    result: str
    reason: str
    likenesses: list[Likeness]


@dataclass(slots=True)
class Compared:
    """One who was compared, with all lists."""

    kind: str
    name: str
    roles: list[str]
    lines: list[Line] = field(default_factory=list)


def control_shown(control: Control) -> dict[str, Any]:
    """What the templates of a control need."""
    rows = control.likenesses.select_related("judgement__by", "proposal__by", "organisation").order_by("pk")
    by_key = {likeness.pk: likeness for likeness in rows}
    return {
        "control": control,
        "organisation": control.membership.organisation,
        "compared": _compared(control, by_key),
        "pairs": [_pair(likeness) for likeness in by_key.values()],
        "left_out": lists_left_out(control.run),
        "intact": receipts.is_intact(control),
        "scope": None if control.result == ControlResult.NOT_APPLICABLE else scope_of(control.items),
        "standing": standing_in_words(control.result, by_key.values(), unchecked=_not_compared(control)),
    }


def _not_compared(control: Control) -> int:
    items = (item for item in control.items if item["binds"] and not item["likenesses"])
    return sum(item["result"] == ControlResult.UNKNOWN for item in items)


def _pair(likeness: Likeness) -> tuple[Likeness, SideBySide]:
    return likeness, side_by_side(likeness)


def _compared(control: Control, likenesses: dict[int, Likeness]) -> list[Compared]:
    verdicts = {key: likeness.verdict for key, likeness in likenesses.items()}
    found: dict[tuple[str, str], Compared] = {}
    for item in control.items:
        who = found.setdefault(
            (item["kind"], item["name"]), Compared(item["kind"], item["name"], item["roles"])
        )
        keys = tuple(item["likenesses"])
        who.lines.append(
            Line(
                item["list_title"],
                item["binds"],
                item_result(Item(item["binds"], Result(item["result"]), keys), verdicts).value,
                reason_in_words(item),
                [likenesses[key] for key in keys if key in likenesses],
            )
        )
    return list(found.values())
