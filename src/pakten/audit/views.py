"""The log page, and the check of the chain on demand."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.audit import policies, queries
from pakten.audit.closed import open_to
from pakten.audit.forms import LogFilter
from pakten.audit.models import Entry
from pakten.audit.outside_words import in_words
from pakten.audit.rows import Row
from pakten.audit.verification import checkpoint, verify

_ROWS = 50
# What is checked within a page; a longer log takes seconds and is checked by the command.
PAGE_LIMIT = 20_000


@roles(*policies.READERS)
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The entries that the filter asks for, latest first; none that is closed to the person."""
    form = LogFilter(request.GET)
    form.is_valid()
    found = open_to(user_of(request), queries.entries(form.wanted()))
    page = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "outside": queries.outside_changes().count(),
        "rows": [Row.of(entry) for entry in page],
        "one_object": bool(request.GET.get("object_id")),
        "total": Entry.objects.count(),
        "clear": request.path if request.GET else "",
    }
    return render(request, "audit/log.html", context)


@roles(*policies.READERS)
@never_cache
@require_GET
def chain(request: HttpRequest) -> HttpResponse:
    """Whether the log stands, entry by entry."""
    end = checkpoint()
    result = verify() if end.sequence <= PAGE_LIMIT else None
    return render(request, "audit/chain.html", {"end": end, "result": result})


@roles(*policies.READERS)
@require_GET
def outside(request: HttpRequest) -> HttpResponse:
    """Changes of our tables that did not come through the application."""
    page = Paginator(queries.outside_changes(), _ROWS).get_page(request.GET.get("page"))
    rows = [(change, in_words(change)) for change in page]
    return render(request, "audit/outside.html", {"page": page, "rows": rows})
