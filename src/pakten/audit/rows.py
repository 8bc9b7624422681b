"""An entry as the log page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from pakten.audit.labels import code, field, in_order, sentence
from pakten.audit.models import Entry

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its action in Swedish and its values as (name in Swedish, what it was and became)."""

    entry: Entry
    action: str
    values: list[tuple[str, str]]

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The row of this entry."""
        before, after = entry.before or {}, entry.after or {}
        names = in_order(entry.area, {*before, *after})
        values = _Values(entry.area)
        return cls(
            entry,
            sentence(entry.action),
            [(field(entry.area, name), values.change(name, before=before, after=after)) for name in names],
        )


@dataclass(frozen=True, slots=True)
class _Values:
    """An area's values, as people read them."""

    area: str

    def change(self, name: str, *, before: dict[str, Any], after: dict[str, Any]) -> str:
        if name not in before:
            return self.written(name, after[name])
        return f"{self.written(name, before[name])} → {self.written(name, after.get(name))}"

    def written(self, name: str, value: Any) -> str:
        if value is None or value in ("", [], {}):
            return NOTHING
        if isinstance(value, bool):
            return "ja" if value else "nej"
        if isinstance(value, list):
            return "; ".join(self.written(name, item) for item in value)
        if isinstance(value, dict):
            keys = in_order(self.area, value)
            pairs = ((field(self.area, key), self.written(key, value[key])) for key in keys)
            return ", ".join(f"{word}: {text}" for word, text in pairs)
        if isinstance(value, float):
            return str(value).replace(".", ",")
        return code(self.area, name, value=str(value))
