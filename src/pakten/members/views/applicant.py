"""What the pages behind an applicant's secret link share: who it is, and that the link stays secret."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pakten.accounts.throttle import address_of
from pakten.members.applying.life import has_gone
from pakten.members.applying.steps import STEPS
from pakten.members.models import ApplicationDraft
from pakten.members.queries.drafts import Standing, draft_by_token
from pakten.records import throttle

PAGES = ("application", "change_sector", "save", "check", "answer", "comment", "withdraw")
TOO_MANY = "Det har kommit många försök från din plats. Det du skrev finns kvar. Försök igen om en timme."


@dataclass(frozen=True, slots=True)
class Link:
    """A secret link and the draft, or the application, behind it."""

    token: str
    draft: ApplicationDraft

    @property
    def urls(self) -> dict[str, str]:
        """Its pages by name, and its steps by slug, for templates."""
        pages = {name: self.url(name) for name in PAGES}
        return pages | {step.slug: self.url("step", step.slug) for step in STEPS}

    def url(self, name: str, *arguments: str) -> str:
        """The address of one of its pages."""
        return reverse(f"apply:{name}", args=(self.token, *arguments))

    def to(self, name: str, *arguments: str) -> HttpResponse:
        return redirect(self.url(name, *arguments))


def of_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view its :class:`Link`; a wrong one, or an old one, gets a page that says what to do."""

    @wraps(view)
    def found(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:
        draft = draft_by_token(token, today=timezone.localdate())
        if draft is None:
            days = settings.APPLICATION_DRAFT_DAYS
            context = {"days": days, "contact": settings.CONTACT_EMAIL}
            return kept_secret(render(request, "members/apply/no_link.html", context, status=404))
        sent = draft.application
        if sent is not None and has_gone(sent, today=timezone.localdate()):
            context = {"days": settings.APPLICATION_STATUS_DAYS, "contact": settings.CONTACT_EMAIL}
            return kept_secret(render(request, "members/apply/gone.html", context, status=410))
        return kept_secret(view(request, Link(token, draft), **kwargs))

    return found


def kept_secret(response: HttpResponse) -> HttpResponse:
    """Let no cache keep the page and no other site learn its address.

    Not no-referrer: a browser then sends a form without its origin, and the form is refused as foreign.
    strict-origin tells nobody more than the server's name, not even our own server.
    """
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def unsent_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Lead to the status page once the application is sent."""

    @wraps(view)
    def asked(request: HttpRequest, link: Link, **kwargs: Any) -> HttpResponse:
        return link.to("application") if link.draft.application_id else view(request, link, **kwargs)

    return asked


def take(request: HttpRequest, what: str) -> bool:
    """Count one use from the visitor's address; False when there were too many within the hour."""
    return throttle.take(f"ansok {what} {address_of(request)}")


def taken(request: HttpRequest, link: Link, *, standing: Standing) -> HttpResponse:
    """The page for an organisation that is a member already, or applies already."""
    context = {
        "link": link,
        "member": standing is Standing.MEMBER,
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "members/apply/taken.html", context)
