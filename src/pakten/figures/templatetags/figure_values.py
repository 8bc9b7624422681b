"""Values of a frozen figure by the column that they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def value_of(values: Mapping[str, Any], slug: str) -> Any:
    """The value under ``slug``; ``row.values`` itself would call the dictionary's method."""
    return values.get(slug)


@register.filter
def at(found: Mapping[Any, Any], key: Any) -> Any:
    """What stands under ``key``, a row's number for example."""
    return found.get(key)
