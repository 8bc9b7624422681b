"""What everybody may use without signing in: the public diary, and the request to see a record."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from pakten.accounts.access import public
from pakten.accounts.throttle import address_of
from pakten.records import throttle
from pakten.records.forms import AskForm, PublicFilter
from pakten.records.queries import cases
from pakten.records.queries import public as queries
from pakten.records.refusals import RecordsRefused
from pakten.records.services import Asked, receive_request
from pakten.records.words import one_line

TOO_MANY = "Det har kommit många begäranden från din plats. Det du skrev finns kvar. Försök igen om en timme."


@public
@require_GET
def public_diary(request: HttpRequest) -> HttpResponse:
    """The records that the address describes."""
    form = PublicFilter(request.GET)
    rows = queries.entries(form.filters())
    page = Paginator(rows, queries.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "total": queries.entries(queries.PublicFilters()).count(),
        "filtered": any(request.GET.get(name) for name in form.fields),
    }
    return render(request, "records/public_diary.html", context)


@public
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a record. The form does not ask who you are (TF 2:18)."""
    wanted = one_line(request.GET.get("handling", ""), 120)
    initial = {"submission": uuid4(), "text": f"Handling {wanted}" if wanted else ""}
    form = AskForm(request.POST if request.method == "POST" else None, initial=initial)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            if throttle.take(address_of(request)):
                if url := _received(form):
                    return redirect(url)
            else:
                form.add_error(None, TOO_MANY)
                status = 429
    return render(request, "records/ask.html", {"form": form}, status=status)


def _received(form: AskForm) -> str:
    found = form.cleaned_data
    try:
        receive_request(Asked(found["text"], found["email"], found["submission"]))
    except RecordsRefused as refusal:
        form.add_error(None, refusal.sentence)
        return ""
    return f"{reverse('records:asked')}?kvitto={found['submission']}"


@public
@require_GET
def asked(request: HttpRequest) -> HttpResponse:
    """The receipt of a request: its number, and what happens next."""
    found = cases.request_by_submission(_uuid(request.GET.get("kvitto", "")))
    if found is None:
        return redirect("records:ask")
    return render(request, "records/asked.html", {"found": found})


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)
