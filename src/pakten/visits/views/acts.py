"""What a person does: order visits, write one down, judge what was proposed, dispose of evidence."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import public, roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.core.acts import act, carried_out
from pakten.core.refusals import Refusal
from pakten.organisations.models import Organisation
from pakten.visits import policies, services, sites
from pakten.visits.forms import DisposeForm, JudgeBelongingForm, JudgeStatementForm, OwnVisitForm
from pakten.visits.links import home_of
from pakten.visits.models import FoundStatement
from pakten.visits.queries import listing
from pakten.visits.services import evidence, judging, own_visit, telling
from pakten.visits.views.visits import BESOK, KONTROLL, ROWS, found_visit


@roles(*policies.ACT)
@require_POST
def order(request: HttpRequest, public_id: str) -> HttpResponse:
    """Order a visit now, and show how far it is."""
    organisation = get_object_or_404(Organisation, public_id=public_id, merged_into=None)
    override = request.POST.get("override", "")
    because = override or "Besök nu"
    try:
        visit = services.order_visit(organisation, actor=user_of(request), because=because, override=override)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect(home_of(organisation))
    return redirect("jobs:job", job_id=visit.job_id)


@roles(*policies.ACT)
@require_POST
def order_round(request: HttpRequest) -> HttpResponse:
    """Order visits to all active members, and show how far they are."""
    try:
        made = services.order_round(actor=user_of(request), because="Besök av alla medlemmar")
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("visits:list")
    return redirect("jobs:job", job_id=made.job_id)


@roles(*policies.ACT)
@require_http_methods(["GET", "POST"])
def own(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write down a visit of one's own."""
    organisation = get_object_or_404(Organisation, public_id=public_id, merged_into=None)
    policies.check_open_to(user_of(request), organisation)
    initial = {"day": timezone.localdate(), "address": organisation.website, "submission": uuid4()}
    form = OwnVisitForm(request.POST or None, request.FILES or None, initial=initial)
    kept: dict[str, Any] = {}

    def write() -> None:
        number = form.cleaned_data["submission"]
        kept["visit"] = own_visit.write_own_visit(
            organisation, form.told(), actor=user_of(request), submission=number
        )

    if request.method == "POST" and carried_out(form, write):
        messages.success(request, "Ditt besök är sparat i ditt namn.")
        return redirect("visits:visit", kept["visit"].pk)
    crumbs = [KONTROLL, BESOK]
    context = {
        "organisation": organisation,
        "form": form,
        "crumbs": crumbs,
        "home": home_of(organisation),
    }
    return render(request, "visits/own.html", context, status=422 if form.is_bound else 200)


@roles(*policies.ACT)
@require_POST
def judge_statement(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Keep a person's verdict on one statement."""
    rows = FoundStatement.objects.select_related("visit__organisation")
    statement = get_object_or_404(rows, pk=statement_id)
    form = JudgeStatementForm(request.POST)
    if _is_told(request, form):
        said = form.cleaned_data
        act(
            request,
            "Bedömningen är sparad.",
            service=lambda: judging.judge_statement(
                statement, said["verdict"], note=said["note"], actor=user_of(request)
            ),
        )
    return redirect(f"/kontroll/besok/{statement.visit_id}/#u{statement.pk}")


@roles(*policies.ACT)
@require_POST
def judge_belonging(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Keep a person's word on whose website it is."""
    visit = found_visit(request, visit_id)
    form = JudgeBelongingForm(request.POST)
    if _is_told(request, form):
        said = form.cleaned_data
        act(
            request,
            "Bedömningen är sparad.",
            service=lambda: judging.judge_belonging(
                visit, said["verdict"], note=said["note"], actor=user_of(request)
            ),
        )
    return redirect("visits:visit", visit_id)


@roles(*policies.ACT)
@require_POST
def tell_again(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Try once more to tell those who could not take in the visit."""
    if telling.tell_again(found_visit(request, visit_id), actor=user_of(request)):
        messages.success(request, "Besöket är mottaget överallt.")
    else:
        messages.error(request, "Det gick inte den här gången heller. Besöket är kvar som det är.")
    return redirect("visits:visit", visit_id)


@roles(*policies.SEE_DISPOSAL)
@require_GET
def due(request: HttpRequest) -> HttpResponse:
    """Evidence whose time is out: it must be disposed of, by decision."""
    page = Paginator(listing.due_for_disposal(user_of(request)), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "form": DisposeForm(),
        "may_dispose": has_role(request.user, *policies.DISPOSE),
        "crumbs": [KONTROLL, BESOK] if has_role(request.user, *policies.SEE) else [],
    }
    return render(request, "visits/due.html", context)


@roles(*policies.DISPOSE)
@require_POST
def dispose(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Destroy one visit's package and pictures."""
    visit = found_visit(request, visit_id)
    form = DisposeForm(request.POST)
    if _is_told(request, form):
        decision = form.cleaned_data["decision"]
        act(
            request,
            "Underlaget är gallrat. Det som hittades och kontrollsummorna finns kvar.",
            service=lambda: evidence.dispose(visit, decision, actor=user_of(request)),
        )
    return redirect("visits:due")


@public
@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """Who visits websites and why: the page that our visits name to whoever runs the site."""
    told = {"agent": sites.user_agent(), "token": sites.TOKEN, "contact": settings.CONTACT_EMAIL}
    return render(request, "visits/about.html", told)


def _is_told(request: HttpRequest, form: Any) -> bool:
    """Whether the form can be used; what is wrong is said in a message."""
    if form.is_valid():
        return True
    messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return False
