"""Controls: start one, see what it gave, member by member, with the proof."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.models import User
from pakten.accounts.policies import has_role
from pakten.checks import exports, policies, services
from pakten.checks.forms import ControlFilterForm, ReasonForm
from pakten.checks.models import Control, ControlRun, RunState
from pakten.checks.queries import likenesses, runs
from pakten.checks.queries.lists import list_lines, lists_left_out, lists_to_warn_of
from pakten.checks.queries.told import because_of
from pakten.checks.refusals import ChecksRefused, ListsTooOld
from pakten.checks.scope import scope_of
from pakten.checks.services import receipts
from pakten.checks.views.shown import control_shown
from pakten.members.models import Membership

ROWS = 50
HERE = ("Kontroll", "/kontroll/")


@roles(*policies.SEE_CONTROL)
@require_GET
def control(request: HttpRequest) -> HttpResponse:
    """Where the control stands: the last run, what waits, earlier runs."""
    person = user_of(request)
    latest = runs.latest_finished()
    lines = list_lines()
    edition = request.GET.get("utgava", "")
    context = {
        "edition": edition,
        "latest": latest,
        "counts": runs.counts_now(latest, person) if latest else {},
        "running": runs.running(),
        "page": Paginator(runs.runs_with(edition) if edition else runs.runs(), 20).get_page(
            request.GET.get("page")
        ),
        "warnings": lists_to_warn_of(lines),
        "red": [line for line in lines if line.in_use and line.edition and line.is_red],
        "may_run": has_role(person, *policies.RUN),
        "undecided": likenesses.undecided(person).count(),
        "never": runs.never_controlled(person).count(),
        "nothing_to_use": not any(line.in_use and line.binds and line.edition for line in lines),
    }
    return render(request, "checks/control.html", context)


@roles(*policies.RUN)
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Start a control of the network, and show how far it is."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        run = services.start(actor=user_of(request), stale_reason=reason)
    except ListsTooOld:
        return redirect("checks:confirm_old")
    except ChecksRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("checks:control")
    if run.job_id is None:
        return redirect("checks:run", run_id=run.pk)
    return redirect("jobs:job", job_id=run.job_id)


@roles(*policies.RUN)
@require_GET
def confirm_old(request: HttpRequest) -> HttpResponse:
    """Lists in use are too old: fetch, or say why the control is to be made anyway."""
    red = [line for line in list_lines() if line.in_use and line.edition and line.is_red]
    context = {"red": red, "form": ReasonForm(), "crumbs": [HERE]}
    return render(request, "checks/confirm_old.html", context)


SELECTIONS: dict[str, tuple[str, str, Callable[[User | None], QuerySet[Membership]]]] = {
    "aldrig": (
        "Aldrig jämförda med listorna",
        "Aktiva medlemmar utan någon jämförelse som blev klar.",
        runs.never_controlled,
    ),
    "lange-sedan": (
        "Jämförda med listorna för länge sedan",
        "Aktiva medlemmar vars senaste jämförelse är äldre än tolv månader.",
        runs.controlled_long_ago,
    ),
    "vilande": ("Vilande medlemmar", "De kontrolleras inte förrän de är aktiva igen.", runs.dormant),
}


@roles(*policies.SEE_CONTROL)
@require_GET
def selection(request: HttpRequest, which: str) -> HttpResponse:
    """The members behind a number on another page."""
    if which not in SELECTIONS:
        raise Http404
    heading, explanation, rows = SELECTIONS[which]
    page = Paginator(rows(user_of(request)), ROWS).get_page(request.GET.get("page"))
    context = {"heading": heading, "explanation": explanation, "page": page, "crumbs": [HERE]}
    return render(request, "checks/selection.html", context)


@roles(*policies.SEE_CONTROL)
@require_GET
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """What one run gave, by the four words, and against what."""
    found = get_object_or_404(runs.every_run(), pk=run_id)
    reader, form = user_of(request), ControlFilterForm(request.GET)
    rows = runs.controls_of(found, form.filters(), reader=reader)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    hindrances, untold = runs.unchecked(found, reader), runs.untold(found, reader)
    counts = runs.counts_now(found, reader)
    context = {
        "run": found,
        "because": because_of(found, reader),
        "finished": found.state == RunState.FINISHED,
        "counts": counts,
        # One who left the register during the run was not compared.
        "total": sum(counts.values()) if found.state == RunState.FINISHED else len(found.members),
        "page": page,
        "form": form,
        "filtered": any(form.cleaned_data.values()),
        "unchecked": hindrances,
        "untold": untold,
        "hindrance": next(
            (one for one in (*hindrances, *untold) if one.key == form.cleaned_data.get("hinder")), None
        ),
        "left_out": lists_left_out(found),
        "waiting": runs.waiting_members(found, reader),
        "dormant": runs.dormant().count(),
        "stored": Control.objects.filter(run=found).count(),
        "crumbs": [HERE],
    }
    return render(request, "checks/run.html", context)


@roles(*policies.SEE_CONTROL)
@require_GET
def member(request: HttpRequest, run_id: int, *, public_id: str) -> HttpResponse:
    """One member in one run: what was compared, what was alike, the receipt."""
    found = get_object_or_404(
        Control.objects.select_related("run__started_by", "membership__organisation"),
        run_id=run_id,
        run__state=RunState.FINISHED,
        membership__organisation__public_id=public_id,
    )
    policies.check_no_conflict_about(user_of(request), found.membership.organisation)
    crumbs = [HERE, (f"Kontrollen {found.run.started_at:%Y-%m-%d}", f"/kontroll/korningar/{run_id}/")]
    return render(request, "checks/member.html", control_shown(found) | {"crumbs": crumbs})


@roles(*policies.SEE_CONTROL)
@require_GET
def receipt(request: HttpRequest, control_id: int) -> HttpResponse:
    """The receipt, and whether it still is what it was when it was made."""
    found = _control(request, control_id)
    context = {
        "control": found,
        "receipt": found.receipt,
        "intact": receipts.is_intact(found),
        "scope": None if found.receipt["result"] == "not_applicable" else scope_of(found.receipt["compared"]),
    }
    path = f"/kontroll/korningar/{found.run_id}/medlem/{found.membership.organisation.public_id}/"
    crumbs = [HERE, (found.membership.organisation.legal_name, path)]
    return render(request, "checks/receipt.html", context | {"crumbs": crumbs})


@roles(*policies.SEE_CONTROL)
@require_GET
def receipt_file(request: HttpRequest, control_id: int) -> HttpResponse:
    """The very bytes that the digest covers."""
    found = _control(request, control_id)
    response = HttpResponse(receipts.as_file(found), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="kvitto-{found.pk}.json"'
    return response


@roles(*policies.SEE_CONTROL)
@require_GET
def export(request: HttpRequest, run_id: int, *, form: str) -> HttpResponse:
    """The members of a run as a file, filtered as the page is."""
    found = get_object_or_404(ControlRun, pk=run_id, state=RunState.FINISHED)
    if form not in exports.FORMS:
        raise Http404
    rows = runs.controls_of(found, ControlFilterForm(request.GET).filters(), reader=user_of(request))
    made = exports.export(found, rows, form=form)
    response = HttpResponse(made.content, content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response


def _control(request: HttpRequest, control_id: int) -> Control:
    """Raises Http404; PermissionDenied for a conflict of interest about the member (L-17)."""
    rows = Control.objects.select_related("run", "membership__organisation")
    found = get_object_or_404(rows, pk=control_id, run__state=RunState.FINISHED)
    policies.check_no_conflict_about(user_of(request), found.membership.organisation)
    return found
