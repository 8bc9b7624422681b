"""Texts that are pledged, on pages: ``{{ text.body|blocks }}``, ``{% changes old new as found %}``."""

from __future__ import annotations

from django import template

from pakten.members import difference
from pakten.members.difference import Block

register = template.Library()


@register.filter
def blocks(text: str) -> list[Block]:
    """The text as paragraphs and lists."""
    return difference.blocks(text)


@register.simple_tag
def changes(old: str, new: str) -> list[Block]:
    """``new``, with what was taken away from ``old``."""
    return difference.difference(old, new)
