"""The list of deviations, and its export."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.core.downloads import table_download
from pakten.deviations import policies
from pakten.deviations.export import write_deviations
from pakten.deviations.forms import DeviationFilter
from pakten.deviations.queries import deviation_list as found_deviations
from pakten.deviations.queries import readable_by
from pakten.deviations.queries.counting import counts_by_level
from pakten.deviations.queries.deviations import PAGE_SIZE


@roles(*policies.READERS)
@require_GET
def deviation_list(request: HttpRequest) -> HttpResponse:
    """The deviations that the address describes."""
    user, form = user_of(request), DeviationFilter(request.GET)
    rows = found_deviations(form.filters(request.GET.get("sort")), reader=user)
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "total": readable_by(user).count(),
        "levels": counts_by_level(user),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "address": request.GET.urlencode(),
        "today": timezone.localdate(),
    }
    return render(request, "deviations/list.html", context)


@roles(*policies.READERS)
@require_GET
def export_deviations(request: HttpRequest, form: str) -> HttpResponse:
    """The same deviations as a file: ``excel``, ``csv`` for people, ``maskin`` for programs."""
    filters = DeviationFilter(request.GET).filters(request.GET.get("sort"))
    rows = found_deviations(filters, reader=user_of(request))
    return table_download(
        f"avvikelser-{timezone.localdate():%Y-%m-%d}",
        form,
        write=lambda target, kind: write_deviations(target, rows, form=kind),
    )
