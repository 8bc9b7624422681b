"""Control sheets: by run and by member, as files, and whether a sheet at hand is one of ours."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.checks.models import ControlRun, RunState
from pakten.checks.queries.runs import ControlFilters, controls_of, counts_now, runs
from pakten.core.acts import act
from pakten.sheets import policies, queries, services
from pakten.sheets.forms import RegisterForm, VerifyForm
from pakten.sheets.models import Sheet
from pakten.sheets.workbook import workbook
from pakten.sheets.zipping import zip_of

ROWS, SHEETS_SHOWN = 50, 20
HERE = ("Kontrollblad", "/kontrollblad/")
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@roles(*policies.SEE)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The runs with how many sheets there are of each, and the newest sheets of check lists."""
    finished = runs().filter(state=RunState.FINISHED)
    page = Paginator(finished, ROWS).get_page(request.GET.get("page"))
    shown, reader = list(page.object_list), user_of(request)
    drawn, counts = queries.drawn_in_runs(shown, reader), queries.counts_at_run(shown, reader)
    context = {
        "page": page,
        "rows": [
            (each, counts[each.pk], sum(counts[each.pk].values()), drawn.get(each.pk, 0)) for each in shown
        ],
        "basics": queries.newest_of_check_lists(reader)[:SHEETS_SHOWN],
    }
    return render(request, "sheets/list.html", context)


@roles(*policies.SEE)
@require_GET
def run(request: HttpRequest, run_id: int) -> HttpResponse:
    """The members of one run, each with its sheet where one is drawn up."""
    found = _run(run_id)
    sheets, reader = queries.newest_in(found), user_of(request)
    page = Paginator(controls_of(found, ControlFilters(), reader=reader), ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "run": found,
        "counts": counts_now(found, reader),
        "page": page,
        "rows": [(each, sheets.get(each.pk)) for each in page.object_list],
        "drawn": queries.drawn_in_runs([found], reader).get(found.pk, 0),
        "total": page.paginator.count,
        "crumbs": [HERE],
    }
    return render(request, "sheets/run.html", context)


@roles(*policies.SEE)
@require_POST
def draw_all(request: HttpRequest, run_id: int) -> HttpResponse:
    """Have all sheets of a run drawn up, and show how far it is."""
    job = services.order_run(_run(run_id), actor=user_of(request))
    return redirect("jobs:job", job_id=job.pk)


@roles(*policies.SEE)
@require_GET
def excel(request: HttpRequest, run_id: int) -> HttpResponse:
    """The whole run as a workbook."""
    found = _run(run_id)
    response = HttpResponse(workbook(found, user_of(request)), content_type=_EXCEL)
    response["Content-Disposition"] = f'attachment; filename="kontrollblad-{found.pk}.xlsx"'
    return response


@roles(*policies.SEE)
@require_GET
def zipped(request: HttpRequest, run_id: int) -> StreamingHttpResponse:
    """All sheets of a run that are drawn up, in one file with a list of them."""
    found = _run(run_id)
    response = StreamingHttpResponse(
        zip_of(queries.newest_files(found, user_of(request))), content_type="application/zip"
    )
    response["Content-Disposition"] = f'attachment; filename="kontrollblad-{found.pk}.zip"'
    return response


@roles(*policies.SEE)
@require_GET
def of(request: HttpRequest, kind: str, *, key: int) -> HttpResponse:
    """The sheets of one control, and the button that draws one up."""
    subject = _subject(request, kind, key=key)
    sheets = list(queries.sheets_of(subject)[:SHEETS_SHOWN])
    kept = queries.records_with(sheets)
    cases = queries.cases_for(subject)
    context = {
        "subject": subject,
        "kind": kind,
        "organisation": queries.organisation_of(subject),
        "sheets": [(sheet, kept.get(sheet.pdf_sha256, [])) for sheet in sheets],
        "may_register": policies.may_register(user_of(request)),
        "register_form": RegisterForm(cases=cases) if cases else None,
        "crumbs": [HERE],
    }
    return render(request, "sheets/of.html", context)


@roles(*policies.SEE)
@require_POST
def draw(request: HttpRequest, kind: str, *, key: int) -> HttpResponse:
    """Draw up the sheet as things stand; the same facts give the sheet that is there."""
    drawn = services.draw(_subject(request, kind, key=key), actor=user_of(request))
    told = "Kontrollbladet är framtaget." if drawn.is_new else "Inget har ändrats sedan det senaste bladet."
    messages.success(request, told)
    return redirect("sheets:of", kind=kind, key=key)


@roles(*policies.SEE)
@require_GET
def file(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sheet as it was drawn up, byte for byte."""
    sheet = _sheet(request, public_id)
    response = HttpResponse(bytes(sheet.pdf), content_type=services.PDF)
    response["Content-Disposition"] = f'inline; filename="{sheet.file_name}"'
    return response


@roles(*policies.REGISTER)
@require_POST
def register(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep the sheet as a record in a case."""
    sheet = _sheet(request, public_id)
    subject = queries.subject_of(sheet)
    form = RegisterForm(request.POST, cases=queries.cases_for(subject))
    if form.is_valid():
        case, actor = form.cleaned_data["case"], user_of(request)
        act(
            request, "Bladet finns nu i diariet.", service=lambda: services.register(sheet, case, actor=actor)
        )
    else:
        messages.error(request, "Välj ett ärende som pågår.")
    return redirect("sheets:of", kind=queries.kind_of(subject), key=subject.pk)


@roles(*policies.VERIFY)
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a file or a digest is one of ours."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    crumbs = [HERE] if has_role(user_of(request), *policies.SEE) else []
    context: dict[str, object] = {"form": form, "crumbs": crumbs}
    if form.is_bound and form.is_valid():
        found = queries.verify(form.asked)
        may_open = found is not None and policies.may_see(user_of(request), found.subject)
        context |= {"asked": form.asked, "found": found, "may_open": may_open}
        context |= {"kind": queries.kind_of(found.subject)} if found else {}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "sheets/verify.html", context, status=status)


def _run(run_id: int) -> ControlRun:
    return get_object_or_404(runs(), pk=run_id, state=RunState.FINISHED)


def _subject(request: HttpRequest, kind: str, *, key: int) -> queries.Subject:
    find = queries.FIND.get(kind)
    subject = find(key) if find else None
    if subject is None:
        raise Http404
    policies.check_see(user_of(request), subject)
    return subject


def _sheet(request: HttpRequest, public_id: str) -> Sheet:
    sheet = get_object_or_404(Sheet, public_id=public_id)
    policies.check_see(user_of(request), queries.subject_of(sheet))
    return sheet
