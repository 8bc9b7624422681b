"""An entry as the log page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from pakten.audit.labels import code, field, sentence
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
        names = [*after, *(name for name in before if name not in after)]
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
            pairs = ((field(self.area, key), self.written(key, item)) for key, item in value.items())
            return ", ".join(f"{word}: {text}" for word, text in pairs)
        if isinstance(value, float):
            return str(value).replace(".", ",")
        return code(self.area, name, value=str(value))
