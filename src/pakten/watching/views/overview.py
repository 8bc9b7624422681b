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
from pakten.checks.models import ControlResult
from pakten.checks.queries.runs import latest_finished
from pakten.watching import policies
from pakten.watching.forms import ReasonForm
from pakten.watching.interval import RULES
from pakten.watching.models import Cause
from pakten.watching.queries import due as calendar
from pakten.watching.queries import recontrols, selftests, shown
from pakten.watching.queries.halts import halt
from pakten.watching.queries.missed import missed_visits
from pakten.watching.queries.standing import NEVER, members_at, standing

HERE = ("Bevakning", "/bevakning/")
ROWS = 50
_FEW = 8


@roles(*policies.SEE)
@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """What leads to what, the last of each kind, the self-test, who is next, and the stop button."""
    user, stop = user_of(request), halt()
    missed = missed_visits(user)
    test, counts = selftests.latest(), standing(user)
    context = {
        "stop": stop,
        "missed": recontrols.missed_meanwhile() if stop else [],
        "untold": missed[:_FEW],
        "untold_more": max(missed.count() - _FEW, 0),
        "waits": shown.waiting_for(user).count(),
        "begun": latest_finished() is not None,
        "causes": recontrols.causes(user),
        "counts": counts,
        "measured": any(counts[result] for result in ControlResult.values),
        "test": test,
        "silent": selftests.is_silent(test),
        "due": calendar.due(user).count(),
        "never": calendar.never(user).count(),
        "new": calendar.not_met().exists(),
        "next": calendar.calendar(user)[:_FEW],
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
    user, which = user_of(request), request.GET.get("visa", "")
    heading, rows = calendar.LISTS.get(which, ("", calendar.calendar))
    page = Paginator(rows(user), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "heading": heading,
        "due": calendar.due(user).count(),
        "soon": calendar.due_soon(user).count(),
        "never": calendar.never(user).count(),
        "new": calendar.not_met().exists(),
        "rules": RULES,
        "today": timezone.localdate(),
        "may_see_members": has_role(user, *policies.SEE_MEMBERS),
        "crumbs": [HERE],
    }
    return render(request, "watching/due.html", context)


@roles(*policies.SEE_MEMBERS)
@require_GET
def members(request: HttpRequest) -> HttpResponse:
    """The active members behind a count of how they stand."""
    which = request.GET.get("result", "")
    words = dict(ControlResult.choices) | {NEVER: "Aldrig jämförda med listorna"}
    page = Paginator(members_at(which, user_of(request)), ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "which": words.get(which, "Alla aktiva medlemmar"), "crumbs": [HERE]}
    return render(request, "watching/members.html", context)


@roles(*policies.SEE)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """The changes that no re-control has taken up, those of one cause where asked for."""
    cause = request.GET.get("orsak", "")
    known = dict(Cause.choices)
    rows = shown.waiting_for(user_of(request), cause if cause in known else "")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, len(row.organisation_ids or ())) for row in page],
        "cause": known.get(cause, ""),
        "stop": halt(),
        "begun": latest_finished() is not None,
        "crumbs": [HERE],
    }
    return render(request, "watching/waiting.html", context)
