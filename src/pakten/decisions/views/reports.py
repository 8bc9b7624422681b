"""Telling the board of decisions made in its name."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.decisions import policies, services
from pakten.decisions.forms import ReportForm
from pakten.decisions.queries import reports as queries
from pakten.decisions.queries.decisions import PAGE_SIZE
from pakten.records.refusals import RecordsRefused


@roles(*policies.REPORTERS)
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """What is not reported yet, the form that reports it to a meeting, and earlier reports."""
    user = user_of(request)
    form = ReportForm(request.POST or None, boards=queries.boards(user))
    if form.is_bound and form.is_valid():
        found = form.cleaned_data
        try:
            made = services.report_to_board(found["board"], found["meeting_date"], actor=user)
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Anmälan är registrerad som {made.record}.")
            return redirect("decisions:report")
    context = {
        "form": form,
        "page": Paginator(queries.open_to(user), PAGE_SIZE).get_page(request.GET.get("page")),
        "boards": queries.boards(user),
        "closed": queries.closed_to(user),
        "reports": queries.reports()[:PAGE_SIZE],
    }
    return render(request, "decisions/report.html", context, status=422 if form.is_bound else 200)
