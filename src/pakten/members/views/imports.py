"""The import of a member register: upload, columns, trial, application, report, undo."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.core.downloads import table_download
from pakten.jobs.models import Job
from pakten.members import export, policies, queries
from pakten.members.forms import MappingForm, UploadForm
from pakten.members.imports.pages import columns_page, head, rows_page
from pakten.members.models import ImportState, RegisterImport
from pakten.members.services import imports, ordering
from pakten.organisations.refusals import Refused


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def import_list(request: HttpRequest) -> HttpResponse:
    """Earlier imports, and the form for a new one."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = imports.upload(form.cleaned_data["file"], actor=user_of(request))
        return redirect("members:import", made.pk)
    page = Paginator(queries.register_imports(), queries.PAGE_SIZE).get_page(request.GET.get("page"))
    status = 422 if form.is_bound else 200
    return render(request, "members/imports.html", {"form": form, "page": page}, status=status)


@roles(*policies.WRITERS)
@require_GET
def import_page(request: HttpRequest, import_id: int) -> HttpResponse:
    """One import, where it stands."""
    found = _import(import_id)
    wants_columns = request.GET.get("steg") == "kolumner" and found.state == ImportState.TRIED
    if found.job is not None and found.job.is_active:
        return render(request, "members/import_working.html", head(found, 3))
    if found.fault:
        context = head(found, 1) | {"form": UploadForm()}
        return render(request, "members/import_fault.html", context)
    if found.state == ImportState.UPLOADED or wants_columns:
        return render(request, "members/import_columns.html", columns_page(found))
    page = request.GET.get("page")
    context = rows_page(found, outcome=request.GET.get("utfall", ""), page=page)
    return render(request, "members/import_rows.html", context)


@roles(*policies.WRITERS)
@require_POST
def try_out(request: HttpRequest, import_id: int) -> HttpResponse:
    """Store which column holds what, and try the import out."""
    found = _import(import_id)
    form = MappingForm(request.POST, headers=found.headers, initial={})
    if not form.is_valid():
        return render(request, "members/import_columns.html", columns_page(found, form), status=422)
    try:
        version = version_in(request)
        ordering.try_out(found, form.mapping(), actor=user_of(request), expected_version=version)
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return render(request, "members/import_columns.html", columns_page(found, form), status=422)
    return redirect("members:import", found.pk)


@roles(*policies.WRITERS)
@require_POST
def apply_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Do what was tried."""
    found = _import(import_id)
    if not _act(request, found, act=ordering.apply_import) and found.state == ImportState.TRIED:
        _try_again(request, found)
    return redirect("members:import", found.pk)


@roles(*policies.WRITERS)
@require_POST
def undo_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Take the import back."""
    found = _import(import_id)
    _act(request, found, act=ordering.undo_import)
    return redirect("members:import", found.pk)


@roles(*policies.WRITERS)
@require_GET
def report(request: HttpRequest, import_id: int, *, form: str) -> HttpResponse:
    """What each row did, or would do, as a file."""
    found = _import(import_id)
    return table_download(
        f"importrapport-{found.pk}",
        "excel" if form == "excel" else "csv",
        write=lambda target, kind: export.write_import_rows(target, found.rows.all(), form=kind),
    )


def _act(request: HttpRequest, found: RegisterImport, *, act: Callable[..., Job | None]) -> bool:
    try:
        act(found, actor=user_of(request), expected_version=version_in(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return False
    return True


def _try_again(request: HttpRequest, found: RegisterImport) -> None:
    try:
        ordering.try_out(found, found.mapping, actor=user_of(request), expected_version=found.version)
    except Refused as refusal:
        messages.error(request, refusal.sentence)


def _import(import_id: int) -> RegisterImport:
    return get_object_or_404(queries.register_imports(), pk=import_id)
