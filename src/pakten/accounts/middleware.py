"""Refusal of every view that has not said who may see it, and of people who lack their second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from pakten.accounts.access import refuse_undeclared
from pakten.accounts.models import User
from pakten.accounts.policies import needs_second_factor
from pakten.accounts.queries import has_second_factor


class DefaultDeny:
    """403 for a view without ``roles`` or ``public``, whoever asks: forgetting opens nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any) -> None:
        """Called by Django before each view."""
        refuse_undeclared(view)


class SecondFactor:
    """Sends whoever must have a second factor, and has none, to the page where one is added."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_arguments: Any
    ) -> HttpResponse | None:
        """Called by Django before each view."""
        user = request.user
        if getattr(view, "before_second_factor", False) or not isinstance(user, User):
            return None
        if not needs_second_factor(user) or has_second_factor(request, user):
            return None
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(status=403, headers={"HX-Redirect": reverse("mfa_index")})
        messages.warning(request, "Lägg till ett andra steg, så kommer du vidare.")
        return redirect("mfa_index")
