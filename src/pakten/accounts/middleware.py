"""Refusal of every view that has not said who may see it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from pakten.accounts.access import refuse_undeclared


class DefaultDeny:
    """403 for a view without ``roles`` or ``public``, whoever asks: forgetting opens nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any) -> None:
        """Called by Django before each view."""
        refuse_undeclared(view)
