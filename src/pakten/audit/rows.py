"""An entry as the log page shows it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

from pakten.audit.labels import sentence
from pakten.audit.models import Entry

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its action in Swedish and its values as (name, what it was and became)."""

    entry: Entry
    action: str
    values: list[tuple[str, str]]

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The row of this entry."""
        before, after = entry.before or {}, entry.after or {}
        names = [*after, *(name for name in before if name not in after)]
        return cls(
            entry,
            sentence(entry.action),
            [(name, _change(name, before=before, after=after)) for name in names],
        )


def _change(name: str, *, before: dict[str, Any], after: dict[str, Any]) -> str:
    if name not in before:
        return _written(after[name])
    return f"{_written(before[name])} → {_written(after.get(name))}"


def _written(value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, list):
        return ", ".join(_written(item) for item in value) or NOTHING
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
