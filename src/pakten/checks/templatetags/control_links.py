"""Links that areas to the right have to a control, a check list or a run."""

from __future__ import annotations

from django import template

from pakten.checks import links

register = template.Library()


@register.simple_tag
def links_of(subject: links.Subject) -> list[links.Link]:
    """See :func:`pakten.checks.links.links_of`."""
    return links.links_of(subject)
