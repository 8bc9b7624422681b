"""The declaration that every view carries: open to all, to whoever is signed in, or to these roles.

A view without a declaration is refused by :class:`pakten.accounts.middleware.DefaultDeny`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from pakten.accounts.models import Role
from pakten.accounts.policies import check_role


class DeclaredView(Protocol):
    """A view that says who may see it.

    ``allowed_roles`` is empty only where ``is_public`` or ``is_signed_in`` (any role, or none) is true.
    ``before_second_factor``: also open to those who must set up their second factor first.
    """

    allowed_roles: frozenset[str]
    is_public: bool
    is_signed_in: bool
    before_second_factor: bool

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


View = Callable[..., HttpResponseBase]


def roles(*allowed: Role) -> Callable[[View], DeclaredView]:
    """Open the view to people who are signed in and have one of these roles.

    A visitor is sent to the sign-in page, and comes back afterwards; anybody else gets 403.
    """
    if not allowed:
        raise ValueError("Name at least one role, or mark the view as public")

    def declare(view: View) -> DeclaredView:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            check_role(request.user, *allowed)
            return view(request, *args, **kwargs)

        return _declared(guarded, frozenset(allowed))

    return declare


def signed_in(view: View, *, before_second_factor: bool = False) -> DeclaredView:
    """Open the view to everybody who is signed in, whatever the role: a person's own pages."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        return view(request, *args, **kwargs)

    declared = _declared(guarded, frozenset())
    declared.is_signed_in, declared.before_second_factor = True, before_second_factor
    return declared


def public(view: View, *, before_second_factor: bool = False) -> DeclaredView:
    """Open the view to everybody, signed in or not."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    declared = _declared(opened, frozenset())
    declared.is_public, declared.before_second_factor = True, before_second_factor
    return declared


def is_declared(view: object) -> bool:
    """Has this view said who may see it?"""
    marks = ("is_public", "is_signed_in", "allowed_roles")
    return any(getattr(view, mark, None) for mark in marks)


def _declared(view: View, allowed: frozenset[str]) -> DeclaredView:
    declared = cast(DeclaredView, view)
    declared.allowed_roles = allowed
    declared.is_public = declared.is_signed_in = declared.before_second_factor = False
    return declared


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get("HX-Request") != "true":
        # What was sent can't be sent again by a link: after a form one comes back to its page.
        sent = request.method not in ("GET", "HEAD")
        return redirect_to_login(_page_of_form(request) if sent else request.get_full_path())
    # A fragment must not be replaced by the sign-in page: the whole page goes there.
    response = HttpResponse(status=401)
    response["HX-Redirect"] = redirect_to_login(request.headers.get("Referer", "/")).headers["Location"]
    return response


def _page_of_form(request: HttpRequest) -> str:
    """The page that a form stood on, as the browser tells; the first page where it tells nothing of ours."""
    asked = urlsplit(request.headers.get("Referer", ""))
    if asked.netloc != request.get_host():
        return "/"
    return asked.path + (f"?{asked.query}" if asked.query else "")


def refuse_undeclared(view: object) -> None:
    """Raise PermissionDenied for a view that has not said who may see it."""
    if not is_declared(view):
        raise PermissionDenied("Sidan är inte öppnad för någon roll.")
