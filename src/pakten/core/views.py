"""The home page, the living page of components, and the error pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from pakten.core import specimens
from pakten.core.home import Place, first_page, headings


def declared_public(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Declare, as accounts' middleware asks of every view, that this one decides itself who may see it."""
    view.is_public, view.allowed_roles = True, frozenset()  # type: ignore[attr-defined]
    return view


@declared_public
def home(request: HttpRequest) -> HttpResponseBase:
    """The first page of whoever is signed in; visitors go to the sign-in page."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if elsewhere := first_page(request):
        return redirect(elsewhere)
    found = headings(request)
    context = {
        "today": timezone.localdate(),
        "headings": found,
        "something": any(heading.sections for heading in found.values()),
        # Whoever has nothing to act on reads: the pages come where the work would stand.
        "reads": not found[Place.TODAY.name.lower()].sections,
    }
    return render(request, "core/home.html", context)


@declared_public
def pages(request: HttpRequest) -> HttpResponseBase:
    """All pages with a line of their own that the person may open, and what one does on each."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if elsewhere := first_page(request):
        return redirect(elsewhere)
    return render(request, "core/pages.html")


@declared_public
def components(request: HttpRequest) -> HttpResponse:
    """All components in all states; only where somebody develops or demonstrates."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    return render(request, "core/components.html", specimens.everything())


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The sentence of a PermissionDenied was written for people, so it is shown."""
    return _error(request, 403, reason=str(exception) if exception else "")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody tries more often than a person would."""
    return _error(request, 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open for too long, or sent from elsewhere."""
    reason = "Gå tillbaka i webbläsaren. Det du skrev står oftast kvar: kopiera det och ladda om sidan."
    return _error(request, 403, title="Sidan hade varit öppen för länge", reason=reason)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the database or the session, since either may be what failed."""
    return render(None, "core/errors/500.html", status=500)


def _error(request: HttpRequest, status: int, **context: Any) -> HttpResponse:
    return render(request, f"core/errors/{status}.html", context, status=status)
