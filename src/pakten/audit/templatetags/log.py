"""The words of the log."""

from __future__ import annotations

import json
from typing import Any

from django import template

from pakten.audit.labels import sentence

register = template.Library()


@register.filter
def in_words(action: str) -> str:
    """The action in Swedish."""
    return sentence(action)


@register.filter
def pairs(values: dict[str, Any] | None) -> list[tuple[str, str]]:
    """The values of an entry as (name, text), for a list of terms."""
    return [
        (name, value if isinstance(value, str) else _written(value)) for name, value in (values or {}).items()
    ]


def _written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
