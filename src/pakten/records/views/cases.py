"""One case: its papers, and what a person may do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.records import policies, services
from pakten.records.forms import CaseForm, DraftForm, NumberForm
from pakten.records.models import Case, CaseState
from pakten.records.queries import cases, diary
from pakten.records.refusals import RecordsRefused
from pakten.records.services import CaseFacts, OutsideNumber, Paper
from pakten.records.views.asker import act, new_files, user_of, version_in


@roles(*policies.READERS)
@require_GET
def case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """The case with its records, latest first, and the drafts that this person may see."""
    return render(request, "records/case.html", _context(request, _case(case_id)))


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Open a case."""
    form = CaseForm(request.POST or None)
    if form.is_bound and form.is_valid():
        user = user_of(request)
        try:
            case = services.open_case(CaseFacts(form.cleaned_data["title"], responsible=user), actor=user)
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Ärendet har numret {case.registry_no}.")
            return redirect("records:case", case.pk)
    context = {"form": form, "title": "Nytt ärende", "button": "Öppna ärendet"}
    return render(request, "records/form.html", context, status=422 if form.is_bound else 200)


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def draw_up(request: HttpRequest, case_id: int) -> HttpResponse:
    """Begin a draft in the case."""
    case = _case(case_id)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DraftForm(*data, types=list(diary.types()), initial={"type_code": "letter"})
    if form.is_bound and form.is_valid():
        found = form.cleaned_data
        paper = Paper(found["short_content"], found["type_code"], found["recipient"], found["to_person"])
        try:
            record = services.draw_up(case, paper, actor=user_of(request), files=new_files(found["uploads"]))
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("records:record", record.pk)
    context = {"form": form, "case": case, "title": "Nytt utkast", "button": "Spara utkastet"}
    return render(request, "records/form.html", context, status=422 if form.is_bound else 200)


@roles(*policies.WRITERS)
@require_POST
def take_over(request: HttpRequest, case_id: int) -> HttpResponse:
    """Become responsible for the case."""
    case, user = _case(case_id), user_of(request)
    version = version_in(request)
    act(
        request,
        "Du är nu ansvarig för ärendet.",
        service=lambda: services.assign(case, user, actor=user, expected_version=version),
    )
    return redirect("records:case", case_id)


@roles(*policies.WRITERS)
@require_POST
def close(request: HttpRequest, case_id: int) -> HttpResponse:
    """End the case; its drafts become records."""
    case, user, version = _case(case_id), user_of(request), version_in(request)
    act(
        request,
        "Ärendet är avslutat.",
        service=lambda: services.close_case(case, actor=user, expected_version=version),
    )
    return redirect("records:case", case_id)


@roles(*policies.WRITERS)
@require_POST
def reopen(request: HttpRequest, case_id: int) -> HttpResponse:
    """Open a closed case again."""
    case, user, version = _case(case_id), user_of(request), version_in(request)
    reason = request.POST.get("reason", "")
    act(
        request,
        "Ärendet är öppnat igen.",
        service=lambda: services.reopen_case(case, actor=user, expected_version=version, reason=reason),
    )
    return redirect("records:case", case_id)


@roles(*policies.REGISTRARS)
@require_POST
def import_number(request: HttpRequest, case_id: int) -> HttpResponse:
    """Let the case be cited by its number in another system."""
    case, form = _case(case_id), NumberForm(request.POST)
    if form.is_valid():
        found = form.cleaned_data
        try:
            services.import_number(
                case,
                OutsideNumber(found["number"], found["system"]),
                actor=user_of(request),
                expected_version=found["version"],
            )
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Ärendet har nu numret {case.registry_no}.")
            return redirect("records:case", case_id)
    context = _context(request, _case(case_id)) | {"number_form": form}
    return render(request, "records/case.html", context, status=422)


def _context(request: HttpRequest, case: Case) -> dict[str, Any]:
    drafts = list(cases.drafts_of(case))
    seen = [draft for draft in drafts if policies.may_see_draft(request.user, draft)]
    may_write = policies.may_write(request.user)
    return {
        "case": case,
        "records": cases.records_of(case),
        "drafts": seen,
        "unseen": [draft for draft in drafts if draft not in seen],
        "is_open": case.state == CaseState.OPEN,
        "may_write": may_write,
        "may_take_over": may_write and case.responsible_id != request.user.pk,
        "number_form": NumberForm(initial={"version": case.version})
        if policies.is_registrar(request.user)
        else None,
    }


def _case(case_id: int) -> Case:
    try:
        return cases.case(case_id)
    except Case.DoesNotExist as error:
        raise Http404 from error
