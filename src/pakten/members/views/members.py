"""The list of members, and its export."""

from __future__ import annotations

import io

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from pakten.accounts.access import roles
from pakten.members import export, policies, queries
from pakten.members.forms import MemberFilter
from vandel.registers.table_write import Form

TYPES = {
    "excel": (Form.XLSX, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (Form.CSV_FOR_PEOPLE, "csv", "text/csv; charset=utf-8"),
    "maskin": (Form.CSV, "csv", "text/csv; charset=utf-8"),
}


@roles(*policies.READERS)
@require_GET
def member_list(request: HttpRequest) -> HttpResponse:
    """The members that the address describes."""
    form = MemberFilter(request.GET, places=queries.places())
    rows = queries.member_list(form.filters(request.GET.get("sort")))
    page = Paginator(rows, queries.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "shown": page.paginator.count,
        "total": sum(queries.counts_by_state().values()),
        "sectors": queries.counts_by_sector(rows),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "may_write": policies.may_write(request.user),
        "address": request.GET.urlencode(),
    }
    return render(request, "members/list.html", context)


@roles(*policies.READERS)
@require_GET
def member_export(request: HttpRequest, form: str) -> HttpResponse:
    """The same members as a file: ``excel``, ``csv`` for people, ``maskin`` for programs."""
    if form not in TYPES:
        raise Http404
    kind, suffix, content_type = TYPES[form]
    filters = MemberFilter(request.GET, places=queries.places()).filters(request.GET.get("sort"))
    target = io.BytesIO()
    export.write_members(target, queries.member_list(filters), form=kind)
    response = HttpResponse(target.getvalue(), content_type=content_type)
    name = f"medlemmar-{timezone.localdate():%Y-%m-%d}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
