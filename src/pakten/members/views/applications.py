"""The inbox: all applications, filtered, exported, and given to people many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.core.downloads import table_download
from pakten.core.templatetags.formats import plural
from pakten.members import application_export as export
from pakten.members.forms.applications import ApplicationFilter
from pakten.members.models import Application
from pakten.members.policies import applications as policies
from pakten.members.queries import applications as queries
from pakten.members.services import applications as services


@roles(*policies.APPLICATION_READERS)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The applications that the address describes."""
    form = _filter(request)
    filters = form.filters(request.GET.get("sort"))
    page = Paginator(queries.application_list(filters), queries.PAGE_SIZE).get_page(request.GET.get("page"))
    counts = queries.counts_by_state()
    context = {
        "form": form,
        "page": page,
        "shown": page.paginator.count,
        "total": sum(counts.values()),
        "counts": {state: number for state, number in counts.items() if number and state in queries.OPEN},
        "paused": queries.number_paused(),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "rows": _rows(page.object_list, closed=queries.closed_cases(user_of(request))),
        "handlers": list(queries.handlers()) if policies.may_handle(request.user) else [],
        "may_handle": policies.may_handle(request.user),
        "may_register": policies.may_register(request.user),
        "address": request.GET.urlencode(),
    }
    return render(request, "members/applications/inbox.html", context)


@roles(*policies.APPLICATION_READERS)
@require_GET
def export_applications(request: HttpRequest, form: str) -> HttpResponse:
    """The same rows as a file: ``excel``, ``csv`` for people, ``maskin`` for programs."""
    filters = _filter(request).filters(request.GET.get("sort"))
    rows, closed = queries.application_list(filters), queries.closed_cases(user_of(request))
    return table_download(
        f"ansokningar-{timezone.localdate():%Y-%m-%d}",
        form,
        write=lambda target, kind: export.write_applications(target, rows, form=kind, closed=closed),
    )


@roles(*policies.HANDLERS)
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """One thing done with the chosen rows; what could not be done is listed with its reason."""
    user = user_of(request)
    chosen = queries.by_public_ids(request.POST.getlist("vald")[: services.MOST])
    handler = queries.handler(request.POST.get("till", ""))
    if request.POST.get("gor") == "kontroll":
        done = services.start_many(chosen, actor=user)
    elif request.POST.get("gor") == "tilldela" and handler is not None:
        done = services.assign_many(chosen, handler, actor=user)
    else:
        messages.error(request, "Välj en handläggare i listan. Inget är ändrat.")
        return redirect(_back(request))
    if not chosen:
        messages.error(request, "Välj minst en ansökan. Inget är ändrat.")
        return redirect(_back(request))
    context = _results(done, back=_back(request))
    return render(request, "members/applications/many.html", context)


class Row(NamedTuple):
    """A row of the inbox. ``shut``: the reader has a conflict of interest; ``due_on``: while it is open."""

    application: Application
    ball: str
    due_on: date | None
    late: bool
    shut: bool
    may_be_chosen: bool


def _rows(found: Iterable[Any], *, closed: set[int]) -> list[Row]:
    today = timezone.localdate()
    return [
        Row(
            each,
            queries.BALL_WORDS[queries.Ball(each.ball)],
            due_on := queries.due_or_none(each),
            bool(due_on and due_on < today and not each.is_paused),
            shut := each.case_id in closed,
            not shut and queries.is_open(each),
        )
        for each in found
    ]


def _results(done: list[services.Done], *, back: str) -> dict[str, Any]:
    fine, refused = [each for each in done if not each.refused], [each for each in done if each.refused]
    heading = f"{plural(len(fine), 'ansökan är klar,ansökningar är klara')}"
    return {
        "heading": f"{heading}, {len(refused)} gick inte" if refused else heading,
        "done": fine,
        "refused": refused,
        "back": back,
    }


def _back(request: HttpRequest) -> str:
    """The list as it was filtered, if that is what the form says."""
    inbox_url = reverse("members:applications")
    asked = f"{inbox_url}?{request.POST.get('adress', '')[:2000]}"
    fine = url_has_allowed_host_and_scheme(asked, None) and "\n" not in asked and "\r" not in asked
    return asked if fine and request.POST.get("adress") else inbox_url


def _filter(request: HttpRequest) -> ApplicationFilter:
    return ApplicationFilter(request.GET, user=user_of(request), handlers=queries.handlers())
