"""The list of decisions, one decision, and the second look at it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.core.acts import carried_out
from pakten.core.downloads import table_download
from pakten.core.navigation import may_open
from pakten.decisions import export, policies, services
from pakten.decisions.forms import DecisionFilter, SendBackForm, TakeBackForm
from pakten.decisions.models import Decision
from pakten.decisions.queries import decisions as queries
from pakten.decisions.registry import subject_address
from pakten.records.policies import may_read_files
from pakten.records.queries.conflicts import in_conflict
from pakten.records.refusals import RecordsRefused


@roles(*policies.READERS)
@require_GET
def decision_list(request: HttpRequest) -> HttpResponse:
    """The decisions that the address describes."""
    user, form = user_of(request), _filter(request)
    drafts, closed = policies.sees_all(user), frozenset(in_conflict(user))
    rows = queries.decision_list(form.filters(request.GET.get("sort")), drafts=drafts, closed=closed)
    context = {
        "form": form,
        "page": Paginator(rows, queries.PAGE_SIZE).get_page(request.GET.get("page")),
        "total": queries.decision_list(queries.DecisionFilters(), drafts=drafts, closed=closed).count(),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "closed": closed,
        "waiting": queries.waiting_for(user).count() if policies.is_second_person(user) else 0,
        "may_report": policies.may_report(user),
        "address": request.GET.urlencode(),
    }
    return render(request, "decisions/list.html", context)


@roles(*policies.READERS)
@require_GET
def export_decisions(request: HttpRequest, form: str) -> HttpResponse:
    """The same decisions as a file: ``excel``, ``csv`` for people, ``maskin`` for programs."""
    user = user_of(request)
    closed = frozenset(in_conflict(user))
    filters = _filter(request).filters(request.GET.get("sort"))
    rows = queries.decision_list(filters, drafts=policies.sees_all(user), closed=closed)
    return table_download(
        f"beslut-{timezone.localdate():%Y-%m-%d}",
        form,
        write=lambda target, kind: export.write_decisions(target, rows, form=kind, closed=closed),
    )


@roles(*policies.READERS)
@require_GET
def decision_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One decision."""
    return render(request, "decisions/decision.html", _context(request, _seen(request, public_id)))


@roles(*policies.SECOND_PERSONS)
@require_POST
def agree(request: HttpRequest, public_id: str) -> HttpResponse:
    """The second person agrees."""
    decision, version = _seen(request, public_id), version_in(request)
    try:
        services.agree(decision, actor=user_of(request), expected_version=version)
    except RecordsRefused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"Beslutet gäller nu och är registrerat som {decision.record}.")
    return redirect("decisions:decision", public_id)


@roles(*policies.SECOND_PERSONS)
@require_POST
def send_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """The second person does not agree."""
    decision, form = _seen(request, public_id), SendBackForm(request.POST)
    if form.is_valid():
        found = form.cleaned_data
        try:
            services.send_back(
                decision, found["reason"], actor=user_of(request), expected_version=found["version"]
            )
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Beslutet är tillbaka till beredning.")
            return redirect("decisions:decision", public_id)
    context = _context(request, _seen(request, public_id)) | {"send_back_form": form}
    return render(request, "decisions/decision.html", context, status=422)


@roles(*policies.PREPARERS)
@require_POST
def take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who decided takes it back, while it waits for the second person."""
    decision, form = _seen(request, public_id), TakeBackForm(request.POST, auto_id="back_%s")

    def service() -> None:
        found = form.cleaned_data
        services.take_back(
            decision, found["reason"], actor=user_of(request), expected_version=found["version"]
        )

    if carried_out(form, service):
        messages.success(request, "Beslutet är återtaget. Det har aldrig gällt.")
        return redirect("decisions:decision", public_id)
    context = _context(request, _seen(request, public_id)) | {"take_back_form": form}
    return render(request, "decisions/decision.html", context, status=422)


def _filter(request: HttpRequest) -> DecisionFilter:
    user = user_of(request)
    return DecisionFilter(
        request.GET,
        user=user,
        deciders=queries.deciders(),
        drafts=policies.sees_all(user),
        second=policies.is_second_person(user),
    )


def _seen(request: HttpRequest, public_id: str) -> Decision:
    try:
        decision = queries.decision(public_id)
    except Decision.DoesNotExist as error:
        raise Http404 from error
    policies.check_may_see(request.user, decision)
    return decision


def _context(request: HttpRequest, decision: Decision) -> dict[str, Any]:
    about = subject_address(decision)
    return {
        "decision": decision,
        "report": decision.reported_in,
        "about": about if about and may_open(request, about) else "",
        "files": decision.record.files.all() if decision.record else (),
        "may_read_files": may_read_files(request.user),
        "may_look": policies.may_look(request.user, decision),
        "send_back_form": SendBackForm(initial={"version": decision.version}),
        "may_take_back": policies.may_take_back(request.user, decision),
        "take_back_form": TakeBackForm(initial={"version": decision.version}, auto_id="back_%s"),
    }
