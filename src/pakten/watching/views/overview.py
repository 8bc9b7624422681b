"""What is watched, what happened last, and who is next."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.watching import policies
from pakten.watching.forms import ReasonForm
from pakten.watching.interval import RULES
from pakten.watching.queries import due as calendar
from pakten.watching.queries import recontrols, selftests
from pakten.watching.queries.halts import halt
from pakten.watching.queries.waiting import waiting

HERE = ("Bevakning", "/bevakning/")
ROWS = 50
_FEW = 8


@roles(*policies.SEE)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What leads to what, the last of each kind, the self-test, who is next, and the stop button."""
    user, stop = user_of(request), halt()
    test = selftests.latest()
    context = {
        "stop": stop,
        "missed": recontrols.missed_meanwhile() if stop else [],
        "waits": waiting().count(),
        "causes": recontrols.causes(),
        "counts": recontrols.standing(),
        "test": test,
        "silent": selftests.is_silent(test),
        "due": calendar.due().count(),
        "next": calendar.calendar()[:_FEW],
        "today": timezone.localdate(),
        "form": ReasonForm(),
        "may_stop": has_role(user, *policies.STOP),
        "may_test": has_role(user, *policies.TEST),
        "may_see_members": has_role(user, *policies.SEE_MEMBERS),
    }
    return render(request, "watching/overview.html", context)


@roles(*policies.SEE)
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """The order of work: who is to be gone through, when, and each part of why."""
    page = Paginator(calendar.calendar(), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "due": calendar.due().count(),
        "soon": calendar.due_soon().count(),
        "rules": RULES,
        "today": timezone.localdate(),
        "may_see_members": has_role(user_of(request), *policies.SEE_MEMBERS),
        "crumbs": [HERE],
    }
    return render(request, "watching/due.html", context)
