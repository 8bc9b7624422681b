"""The staff's diary: list, export, registering a paper, the number series."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.core.downloads import table_download
from pakten.core.navigation import may_open
from pakten.records import export, policies
from pakten.records.forms import DiaryFilter, IncomingForm, SeriesForm
from pakten.records.models import Case, RegistrySeries
from pakten.records.queries import cases
from pakten.records.queries import diary as queries
from pakten.records.queries.conflicts import in_conflict
from pakten.records.refusals import RecordsRefused
from pakten.records.services import NewFile, Receipt, SeriesFacts, change_series, numbering, register_received
from pakten.records.services.receiving import at_day


@roles(*policies.READERS)
@require_GET
def diary(request: HttpRequest) -> HttpResponse:
    """The records, or the cases, that the address describes."""
    form = DiaryFilter(request.GET, types=list(queries.types()))
    filters = form.filters(request.GET.get("sort"))
    by_case = request.GET.get("visa") == "arenden"
    closed = frozenset(in_conflict(user_of(request)))
    rows = _rows(filters, by_case=by_case, closed=closed)
    page = Paginator(rows, queries.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "by_case": by_case,
        "closed": closed,
        "tabs": _tabs(request, by_case=by_case),
        "total": sum(queries.counts_by_state().values()) if by_case else queries.registered().count(),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "may_write": policies.may_write(request.user),
        "may_answer": may_open(request, reverse("records:requests")),
        "may_number": may_open(request, reverse("records:series")),
        "address": request.GET.urlencode(),
    }
    return render(request, "records/diary.html", context)


@roles(*policies.READERS)
@require_GET
def export_diary(request: HttpRequest, form: str) -> HttpResponse:
    """The same rows as a file: ``excel``, ``csv`` for people, ``maskin`` for programs."""
    filters = DiaryFilter(request.GET, types=list(queries.types())).filters(request.GET.get("sort"))
    closed = frozenset(in_conflict(user_of(request)))
    by_case = request.GET.get("visa") == "arenden"
    write: Any = export.write_cases if by_case else export.write_records
    rows = _rows(filters, by_case=by_case, closed=closed)
    return table_download(
        f"diarium-{timezone.localdate():%Y-%m-%d}",
        form,
        write=lambda target, kind: write(target, rows, form=kind, closed=closed),
    )


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a paper that came in, in a case of its own or in the one that ``?arende=`` names."""
    case = _case(request)
    initial = {"submission": uuid4(), "received_on": timezone.localdate(), "type_code": "incoming"}
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = IncomingForm(*data, initial=initial, types=list(queries.types()))
    if form.is_bound and form.is_valid():
        try:
            record = _register(request, form, case=case)
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Registrerad som {record.number}.")
            return redirect("records:record", record.pk)
    context = {"form": form, "case": case}
    return render(request, "records/register.html", context, status=422 if form.is_bound else 200)


def _register(request: HttpRequest, form: IncomingForm, *, case: Case | None) -> Any:
    found = form.cleaned_data
    receipt = Receipt(
        short_content=found["short_content"],
        sender=found["sender"],
        type_code=found["type_code"],
        received_at=at_day(found["received_on"]),
        from_person=found["from_person"],
        submission=found["submission"],
    )
    files = NewFile.uploaded(found["uploads"])
    return register_received(receipt, actor=user_of(request), case=case, files=files)


@roles(*policies.SERIES_KEEPERS)
@require_http_methods(["GET", "POST"])
def series(request: HttpRequest) -> HttpResponse:
    """How the next registry numbers look."""
    found = RegistrySeries.objects.get(is_default=True)
    names = ("authority", "board", "unit", "pattern", "version")
    form = SeriesForm(request.POST or None, initial={name: getattr(found, name) for name in names})
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            change_series(found, SeriesFacts(**values), actor=user_of(request), expected_version=version)
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Nummerserien är ändrad. Nummer som redan är givna ändras inte.")
            return redirect("records:series")
    example = numbering.example(found.pattern, RegistrySeries.objects.get(pk=found.pk))
    context = {"form": form, "example": example}
    return render(request, "records/series.html", context, status=422 if form.is_bound else 200)


def _case(request: HttpRequest) -> Case | None:
    wanted = request.GET.get("arende", "")
    if not wanted:
        return None
    try:
        case = cases.case(int(wanted))
    except (ValueError, OverflowError, Case.DoesNotExist) as error:
        raise Http404 from error
    policies.check_no_conflict(request.user, case)
    return case


def _rows(filters: queries.DiaryFilters, *, by_case: bool, closed: queries.Closed) -> Any:
    """Cases, or records with their public rows: the same for page and export."""
    if by_case:
        return queries.cases(filters, closed=closed)
    return queries.with_public(queries.records(filters, closed=closed))


def _tabs(request: HttpRequest, *, by_case: bool) -> list[dict[str, Any]]:
    def address(shown: str | None) -> str:
        query = request.GET.copy()
        for name in ("page", "visa", "sort"):
            query.pop(name, None)
        if shown:
            query["visa"] = shown
        return f"{request.path}?{query.urlencode()}" if query else request.path

    return [
        {"label": "Handlingar", "url": address(None), "current": not by_case},
        {"label": "Ärenden", "url": address("arenden"), "current": by_case},
    ]
