"""The list of all visits, one visit, its pages, its differences, its evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.core.downloads import table_download
from pakten.visits import export, policies
from pakten.visits.forms import VisitFilterForm
from pakten.visits.models import Visit, VisitFile, VisitPage, VisitState
from pakten.visits.queries import difference, listing
from pakten.visits.refusals import VisitRefused
from pakten.visits.services import evidence
from pakten.visits.text_marks import marked
from pakten.visits.views.shown import visit_shown

ROWS = 50
KONTROLL, BESOK = ("Kontroll", "/kontroll/"), ("Webbplatsbesök", "/kontroll/besok/")


@roles(*policies.SEE)
@require_GET
def visit_list(request: HttpRequest) -> HttpResponse:
    """The newest visit of each organisation, or what the address asks for."""
    form = VisitFilterForm(request.GET)
    reader = user_of(request)
    rows = listing.visit_list(form.filters(), reader)
    unfiltered = listing.VisitFilters(every=form.filters().every)
    context = {
        "form": form,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "total": listing.visit_list(unfiltered, reader).count(),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "counts": listing.counts_by_outcome(reader),
        "never": listing.never_visited(reader).count(),
        "waiting": listing.waiting_visits(reader).count(),
        "due": listing.due_for_disposal(reader).count(),
        "may_act": has_role(request.user, *policies.ACT),
        "address": request.GET.urlencode(),
        "crumbs": [KONTROLL],
    }
    return render(request, "visits/list.html", context)


@roles(*policies.SEE)
@require_GET
def export_visits(request: HttpRequest, form: str) -> HttpResponse:
    """The same visits as a file: ``excel``, ``csv`` for people, ``maskin`` for programs."""
    rows = listing.visit_list(VisitFilterForm(request.GET).filters(), user_of(request))
    name = f"webbplatsbesok-{timezone.localdate():%Y-%m-%d}"
    return table_download(name, form, write=lambda target, kind: export.write_visits(target, rows, form=kind))


@roles(*policies.SEE)
@require_GET
def never(request: HttpRequest) -> HttpResponse:
    """Active members that nobody has visited, and what is ordered."""
    reader = user_of(request)
    page = Paginator(listing.never_visited(reader), ROWS).get_page(request.GET.get("page"))
    waiting = listing.waiting_visits(reader)[:ROWS]
    context = {"page": page, "waiting": waiting, "crumbs": [KONTROLL, BESOK]}
    return render(request, "visits/never.html", context)


@roles(*policies.SEE)
@require_GET
def visit(request: HttpRequest, visit_id: int) -> HttpResponse:
    """One visit with all that it saw."""
    found = found_visit(request, visit_id)
    context = visit_shown(request, found) | {"crumbs": [KONTROLL, BESOK]}
    return render(request, "visits/visit.html", context)


@roles(*policies.SEE)
@require_GET
def page_text(request: HttpRequest, visit_id: int, *, position: int) -> HttpResponse:
    """The text of one page as it is kept, with what was found in it marked at its place."""
    page = get_object_or_404(
        VisitPage.objects.select_related("visit__organisation"), visit=visit_id, position=position
    )
    found = found_visit(request, visit_id)
    context: dict[str, Any] = {"visit": found, "page": page, "crumbs": [KONTROLL, BESOK, _crumb(found)]}
    try:
        context["parts"] = marked(evidence.text_of(page), page=page, visit=found)
    except VisitRefused as refused:
        context["refused"] = refused.sentence
    return render(request, "visits/page.html", context)


@roles(*policies.SEE)
@require_GET
def differences(request: HttpRequest, visit_id: int) -> HttpResponse:
    """What came and went since the visit before, down to the lines of text."""
    found = found_visit(request, visit_id)
    told = difference.difference_of(found)
    context: dict[str, Any] = {"visit": found, "difference": told, "crumbs": [KONTROLL, BESOK, _crumb(found)]}
    if told is not None:
        try:
            earlier, later = evidence.texts_of(told.previous), evidence.texts_of(found)
            context["difference"] = difference.with_text(told, earlier=earlier, later=later)
        except VisitRefused as refused:
            context["refused"] = refused.sentence
    return render(request, "visits/differences.html", context)


@roles(*policies.SEE)
@require_GET
def package(request: HttpRequest, visit_id: int) -> HttpResponse:
    """The package of evidence, verified against its digest on the way out."""
    found = found_visit(request, visit_id)
    try:
        data = evidence.package_of(found)
    except VisitRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("visits:visit", visit_id)
    return _download(data, f"besok-{found.pk}.zip", kind="application/zip")


@roles(*policies.SEE)
@require_GET
def verify(request: HttpRequest, visit_id: int) -> HttpResponse:
    """Read the whole package again and hold every part against the manifest and the log's digest."""
    found = found_visit(request, visit_id)
    context: dict[str, Any] = {"visit": found, "crumbs": [KONTROLL, BESOK, _crumb(found)]}
    try:
        context["faults"] = evidence.faults_of(found)
    except VisitRefused as refused:
        context["refused"] = refused.sentence
    return render(request, "visits/verified.html", context)


@roles(*policies.SEE)
@require_GET
def attached(request: HttpRequest, visit_id: int, *, position: int) -> HttpResponse:
    """A picture or paper of a person's own visit, verified against its digest on the way out."""
    file = get_object_or_404(VisitFile, visit=found_visit(request, visit_id), position=position)
    try:
        data = evidence.file_of(file)
    except VisitRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("visits:visit", visit_id)
    return _download(data, file.original_name, kind=file.media_type)


def found_visit(request: HttpRequest, visit_id: int) -> Visit:
    """The visit in an address, once it is made. Raises Http404, PermissionDenied for a conflict (L-17)."""
    rows = Visit.objects.select_related("organisation", "ordered_by")
    found = get_object_or_404(rows, pk=visit_id, state=VisitState.FINISHED)
    if found.at is None:
        raise Http404
    policies.check_open_to(user_of(request), found.organisation)
    return found


def _crumb(found: Visit) -> tuple[str, str]:
    return (found.organisation.legal_name, reverse("visits:visit", args=[found.pk]))


def _download(data: bytes, name: str, *, kind: str) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    plain = "".join(sign for sign in name if sign.isascii() and sign.isprintable() and sign not in '"\\')
    response["Content-Disposition"] = f'attachment; filename="{plain or "fil"}"'
    return response
