"""Declaring a conflict of interest in a case, and lifting one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.core.acts import act
from pakten.records import policies, services
from pakten.records.models import Case, Conflict
from pakten.records.queries import conflicts
from pakten.records.refusals import RecordsRefused
from pakten.records.views.cases import conflict_form, context_of, seen_case


@roles(*policies.READERS)
@require_POST
def declare(request: HttpRequest, case_id: int) -> HttpResponse:
    """The person has a conflict of interest, or a manager says that somebody else has."""
    case, user = seen_case(request, case_id), user_of(request)
    form = conflict_form(user, request.POST)
    if form.is_valid():
        who = form.chosen()
        try:
            services.declare_conflict(case, who, actor=user, reason=form.cleaned_data["reason"])
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return _declared(request, case, own=who == user)
    context = context_of(request, case) | {"conflict_form": form}
    return render(request, "records/case.html", context, status=422)


@roles(*policies.CONFLICT_KEEPERS)
@require_POST
def lift(request: HttpRequest, conflict_id: int) -> HttpResponse:
    """The conflict is no more, or never was."""
    try:
        found = conflicts.conflict(conflict_id)
    except (Conflict.DoesNotExist, OverflowError) as error:
        raise Http404 from error
    user, reason = user_of(request), request.POST.get("reason", "")
    act(
        request,
        f"Jävet är hävt. {found.user} kan åter se ärendet.",
        service=lambda: services.lift_conflict(found, actor=user, reason=reason),
    )
    return redirect("records:case", found.case_id)


def _declared(request: HttpRequest, case: Case, *, own: bool) -> HttpResponse:
    if own:
        messages.success(request, f"Ditt jäv är anmält. Ärendet {case.registry_no} är nu stängt för dig.")
        return redirect("records:diary")
    messages.success(request, "Jävet är anmält. Ärendet är stängt för den jäviga.")
    return redirect("records:case", case.pk)
