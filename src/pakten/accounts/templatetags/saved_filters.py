"""The saved filters of a list, for its component."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse

from pakten.accounts.queries import saved_filters
from pakten.accounts.services.saved_filters import kept_query

register = template.Library()


@register.simple_tag(takes_context=True)
def filters_of(context: Any, page: str) -> dict[str, Any]:
    """The list's address, the filters that the person sees, and the filter that is on now."""
    request: HttpRequest = context["request"]
    found = list(saved_filters(request.user, page))
    now = kept_query(request.GET.urlencode())
    shown = [
        {
            "filter": each,
            "is_mine": each.owner_id == request.user.pk,
            "is_current": each.query == now,
        }
        for each in found
    ]
    return {"url": reverse(page), "shown": shown, "now": now}
