"""The log page, and the check of the chain on demand."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from pakten.accounts.access import roles
from pakten.audit import policies, queries
from pakten.audit.forms import LogFilter
from pakten.audit.models import Entry
from pakten.audit.rows import Row
from pakten.audit.verification import checkpoint, verify

_ROWS = 50
# What is checked within a page; a longer log takes seconds and is checked by the command.
PAGE_LIMIT = 20_000


@roles(*policies.READERS)
@require_GET
def log(request: HttpRequest) -> HttpResponse:
    """The entries that the filter asks for, latest first."""
    form = LogFilter(request.GET)
    form.is_valid()
    found = queries.entries(form.wanted())
    page = Paginator(found, _ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
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
