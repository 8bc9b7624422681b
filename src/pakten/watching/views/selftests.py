"""The self-test: its history, one of them, and making one now."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.watching import policies
from pakten.watching.queries import selftests as queries
from pakten.watching.services.ordering import order_selftest
from pakten.watching.views.overview import HERE, ROWS
from vandel.evidence import digest_of_value

ALL = ("Självtest", "/bevakning/sjalvtest/")


@roles(*policies.SEE)
@require_GET
def selftests(request: HttpRequest) -> HttpResponse:
    """All self-tests, the latest first."""
    page = Paginator(queries.selftests(), ROWS).get_page(request.GET.get("page"))
    may_test = has_role(user_of(request), *policies.TEST)
    context = {"page": page, "may_test": may_test, "alarm": queries.alarm(), "crumbs": [HERE]}
    return render(request, "watching/selftests.html", context)


@roles(*policies.SEE)
@require_GET
def selftest(request: HttpRequest, number: int) -> HttpResponse:
    """What was planted, what was found, and with which lists and rules."""
    made = get_object_or_404(queries.selftests(), pk=number)
    intact = digest_of_value(made.content) == made.sha256
    return render(request, "watching/selftest.html", {"made": made, "intact": intact, "crumbs": [HERE, ALL]})


@roles(*policies.TEST)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Order a self-test now."""
    job = order_selftest(actor=user_of(request))
    messages.success(request, "Självtestet är beställt. Svaret visas här när det är klart.")
    return redirect("jobs:job", job_id=job.pk)
