"""The basic control: a panel on the application's page, or a page of its own for a member; written here."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.checks import policies
from pakten.checks.addresses import address_of
from pakten.checks.basic.forms import ItemRow, item_rows
from pakten.checks.models import BasicControl, BasicState, CheckResult
from pakten.checks.queries.basic import basic_of, lists_overtaken, lists_standing, open_controls
from pakten.checks.refusals import ChecksRefused
from pakten.checks.services.basic import finish_basic, settle
from pakten.checks.services.basic_lists import compare_again
from pakten.checks.services.basic_opening import ask_registers_again, open_control
from pakten.members.models import Application, Membership
from pakten.members.queries import membership_of
from pakten.visits.queries import waiting_visit

ROWS = 50


def panel(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What the panel on the application's page needs; empty before the first control."""
    control = basic_of(application)
    if control is None:
        return {}
    # The page has read both already.
    control.application = application
    control.organisation = application.organisation
    return shown(request, control, rows=item_rows(control))


def shown(request: HttpRequest, control: BasicControl, *, rows: list[ItemRow]) -> dict[str, Any]:
    """A control as the templates show it."""
    may_fill_in = control.state == BasicState.OPEN and _may(request, control)
    prefetch_related_objects([control], "likenesses")
    return {
        "basic": control,
        "rows": rows,
        "visit": waiting_visit(control.organisation) if may_fill_in else None,
        "standing": lists_standing(control),
        "overtaken": lists_overtaken(control) if may_fill_in else "",
        "likenesses": sorted(control.likenesses.all(), key=lambda each: each.pk),
        "may_fill_in": may_fill_in,
        "results": CheckResult,
        "left": sum(not row.row.result for row in rows if not row.is_lists),
    }


@roles(*policies.SEE_CONTROL)
@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """Members' check lists that somebody has to fill in, oldest first."""
    page = Paginator(open_controls(user_of(request)), ROWS).get_page(request.GET.get("page"))
    return render(
        request, "checks/open_controls.html", {"page": page, "crumbs": [("Kontroll", "/kontroll/")]}
    )


@roles(*policies.SEE_CONTROL)
@require_GET
def one(request: HttpRequest, control_id: int) -> HttpResponse:
    """A control on its own page; an applicant's is on the application's."""
    control = _found(control_id)
    policies.check_no_conflict_about(user_of(request), control.organisation)
    if control.application is not None:
        return redirect(address_of(control))
    return render(request, "checks/basic.html", shown(request, control, rows=item_rows(control)))


@roles(*policies.RUN)
@require_POST
def control_member(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin a control of a member; one that is open is shown."""
    try:
        membership = membership_of(public_id)
    except Membership.DoesNotExist as error:
        raise Http404 from error
    because = request.POST.get("because", "").strip() or f"Beställd av {user_of(request)}."
    control = open_control(membership.organisation, because=because, actor=user_of(request))
    return redirect(address_of(control))


@roles(*policies.RUN)
@require_POST
def save(request: HttpRequest, control_id: int) -> HttpResponse:
    """Keep what was filled in; with the button for it, finish the control too."""
    control = _found(control_id)
    policies.check_basic(user_of(request), control)
    rows = item_rows(control, request.POST)
    address = redirect(address_of(control))
    if not all(row.form.is_valid() for row in rows if not row.is_lists):
        return _with_faults(request, control, rows=rows)
    try:
        said = {row.row.slug: settled for row in rows if (settled := row.settled)}
        settle(control, said, actor=user_of(request), expected_version=version_in(request))
    except ChecksRefused as refused:
        return _overtaken(request, control_id, rows=rows, why=refused.sentence)
    try:
        if "slutfor" in request.POST:
            finish_basic(control, actor=user_of(request), expected_version=control.version)
            messages.success(request, "Kontrollen är klar och finns i diariet.")
        elif "jamfor" in request.POST:
            compare_again(control, actor=user_of(request))
            messages.success(request, "Det du fyllde i är sparat, och en ny jämförelse är beställd.")
        elif "fraga" in request.POST:
            ask_registers_again(control, actor=user_of(request))
            messages.success(request, "Det du fyllde i är sparat, och registren frågas igen.")
        else:
            messages.success(request, "Det du fyllde i är sparat.")
    except ChecksRefused as refused:
        messages.error(request, refused.sentence)
    return address


@roles(*policies.SEE_CONTROL)
@require_GET
def lists_part(request: HttpRequest, control_id: int) -> HttpResponse:
    """How the comparison with the lists stands: the page asks again until it is made."""
    control = _found(control_id)
    policies.check_no_conflict_about(user_of(request), control.organisation)
    return render(request, "checks/_basic_lists.html", shown(request, control, rows=[]))


@roles(*policies.RUN)
@require_POST
def lists_again(request: HttpRequest, control_id: int) -> HttpResponse:
    """Compare with the lists anew; what is typed in the rest of the form stays as it is."""
    control = _found(control_id)
    policies.check_basic(user_of(request), control)
    refused = ""
    try:
        compare_again(control, actor=user_of(request))
    except ChecksRefused as error:
        refused = error.sentence
    context = shown(request, _found(control_id), rows=[]) | {"refused": refused}
    return render(request, "checks/_basic_lists.html", context)


def _with_faults(request: HttpRequest, control: BasicControl, *, rows: list[ItemRow]) -> HttpResponse:
    context = shown(request, control, rows=rows)
    context["faulty"] = [row for row in rows if row.form.errors]
    return render(request, "checks/basic.html", context, status=422)


def _overtaken(request: HttpRequest, control_id: int, *, rows: list[ItemRow], why: str) -> HttpResponse:
    """The control as it stands now, and beside it what was typed: somebody else was first."""
    control = _found(control_id)
    context = shown(request, control, rows=item_rows(control))
    context |= {"why": why, "kept": [row for row in rows if row.settled]}
    return render(request, "checks/basic.html", context, status=422)


def _found(control_id: int) -> BasicControl:
    rows = BasicControl.objects.select_related(
        "organisation", "application__case", "case", "done_by", "record__case"
    )
    return get_object_or_404(rows, pk=control_id)


def _may(request: HttpRequest, control: BasicControl) -> bool:
    return policies.may_fill_in(user_of(request), control)
