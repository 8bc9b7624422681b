"""One case: its papers, and what a person may do with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.accounts.models import User
from pakten.core.acts import act
from pakten.records import policies, services
from pakten.records.conflict_forms import ConflictForm
from pakten.records.forms import CaseForm, DraftForm, NumberForm
from pakten.records.hooks import links_of
from pakten.records.models import Case, CaseState
from pakten.records.queries import cases, conflicts, diary
from pakten.records.refusals import RecordsRefused
from pakten.records.services import CaseFacts, NewFile, OutsideNumber, Paper


@roles(*policies.READERS)
@require_GET
def case_page(request: HttpRequest, case_id: int) -> HttpResponse:
    """The case with its records, latest first, and the drafts that this person may see."""
    return render(request, "records/case.html", context_of(request, seen_case(request, case_id)))


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
    case = seen_case(request, case_id)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DraftForm(*data, types=list(diary.types()), initial={"type_code": "letter"})
    if form.is_bound and form.is_valid():
        found = form.cleaned_data
        paper = Paper(found["short_content"], found["type_code"], found["recipient"], found["to_person"])
        try:
            record = services.draw_up(
                case, paper, actor=user_of(request), files=NewFile.uploaded(found["uploads"])
            )
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
    case, user = seen_case(request, case_id), user_of(request)
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
    case, user, version = seen_case(request, case_id), user_of(request), version_in(request)
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
    case, user, version = seen_case(request, case_id), user_of(request), version_in(request)
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
    case, form = seen_case(request, case_id), NumberForm(request.POST)
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
    context = context_of(request, seen_case(request, case_id)) | {"number_form": form}
    return render(request, "records/case.html", context, status=422)


def context_of(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What the page of the case shows."""
    user = user_of(request)
    drafts = list(cases.drafts_of(case))
    seen = [draft for draft in drafts if policies.may_see_draft(user, draft)]
    may_write = policies.may_write(user)
    return {
        "case": case,
        "records": cases.records_of(case),
        "links": links_of(case, user),
        "drafts": seen,
        "unseen": [draft for draft in drafts if draft not in seen],
        "is_open": case.state == CaseState.OPEN,
        "may_write": may_write,
        "may_take_over": may_write and case.responsible_id != user.pk,
        "number_form": NumberForm(initial={"version": case.version}) if policies.is_registrar(user) else None,
        "conflicts": conflicts.conflicts_of(case),
        "conflict_form": conflict_form(user),
        "may_lift": policies.keeps_conflicts(user),
    }


def conflict_form(user: User, data: Any = None) -> ConflictForm:
    """The form by which this person declares a conflict of interest."""
    people = conflicts.may_be_in_conflict() if policies.keeps_conflicts(user) else None
    return ConflictForm(data, user=user, people=people)


def seen_case(request: HttpRequest, case_id: int) -> Case:
    """The case. Raises Http404, or PermissionDenied for a person with a conflict of interest in it."""
    try:
        case = cases.case(case_id)
    except Case.DoesNotExist as error:
        raise Http404 from error
    policies.check_no_conflict(request.user, case)
    return case
