"""The list of members, and its export."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from pakten.accounts.access import roles
from pakten.core.downloads import table_download
from pakten.members import export, policies, queries
from pakten.members.forms import MemberFilter


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
    filters = MemberFilter(request.GET, places=queries.places()).filters(request.GET.get("sort"))
    return table_download(
        f"medlemmar-{timezone.localdate():%Y-%m-%d}",
        form,
        write=lambda target, kind: export.write_members(target, queries.member_list(filters), form=kind),
    )
