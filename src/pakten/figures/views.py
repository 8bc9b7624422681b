"""The catalogue of figures, each figure, the list behind each number, and frozen copies."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.alerts.models import Alert
from pakten.checks.policies import SEE_CONTROL
from pakten.checks.queries.runs import latest_controls
from pakten.core.downloads import table_download
from pakten.figures import chart, export, freezing, policies, queries, services
from pakten.figures.catalogue import FIGURES, counts, find, is_of_members
from pakten.figures.figure import Column, Figure, listed, rows
from pakten.figures.forms import DayForm, FreezeForm
from pakten.figures.models import FrozenFigure
from pakten.figures.spans import Span
from pakten.members.queries.conflicts import closed_organisations
from pakten.records.queries.conflicts import in_conflict

PAGE_SIZE = 100


@roles(*policies.READERS)
@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """All figures with their definitions, and the frozen copies."""
    context = {"figures": FIGURES, "frozen": queries.frozen_figures()[:PAGE_SIZE]}
    return render(request, "figures/catalogue.html", context)


@roles(*policies.READERS)
@require_GET
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """One figure up to a day."""
    found, form = _figure(slug), DayForm(request.GET or {"datum": timezone.localdate()})
    as_of = form.day()
    numbers = rows(found, as_of)
    context = {
        "figure": found,
        "rows": numbers,
        "drawing": chart.drawing(found, numbers),
        "as_of": as_of,
        "form": form,
        "freeze_form": FreezeForm(),
        "may_see_lists": policies.may_see_lists(request.user, found),
        "may_freeze": policies.may_freeze(request.user),
    }
    return render(request, "figures/figure.html", context)


@roles(*policies.READERS)
@require_GET
def export_figure(request: HttpRequest, slug: str, *, form: str) -> HttpResponse:
    """The numbers as a file."""
    found, as_of = _figure(slug), DayForm(request.GET).day()
    return table_download(
        f"{slug}-{as_of:%Y-%m-%d}",
        form,
        write=lambda target, kind: export.write_figure(target, found, as_of=as_of, form=kind),
    )


@roles(*policies.LIST_READERS)
@require_GET
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """The rows behind one number."""
    found, column, span = _cell(request, slug)
    policies.check_may_see_lists(user_of(request), found)
    page = Paginator(listed(found, column, span=span), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "figure": found,
        "column": column,
        "span": span,
        "page": page,
        "as_of": DayForm(request.GET).day(),
        "address": request.GET.urlencode(),
        "closed": _closed(request),
    }
    if counts(found) is Alert:
        context["closed"] = frozenset(closed_organisations(user_of(request)))
        return render(request, "figures/list_samples.html", context)
    if not is_of_members(found):
        return render(request, "figures/list_applications.html", context)
    context["may_see_control"] = has_role(request.user, *SEE_CONTROL)
    context["controls"] = latest_controls([row.pk for row in page]) if context["may_see_control"] else {}
    return render(request, "figures/list_members.html", context)


@roles(*policies.LIST_READERS)
@require_GET
def export_members(request: HttpRequest, slug: str, *, form: str) -> HttpResponse:
    """The same rows as a file."""
    found, column, span = _cell(request, slug)
    policies.check_may_see_lists(user_of(request), found)
    model = counts(found)
    closed = frozenset(closed_organisations(user_of(request))) if model is Alert else _closed(request)
    rows = listed(found, column, span=span)
    return table_download(
        f"{slug}-{column.slug}-{span.slug}",
        form,
        write=lambda target, kind: export.write_list(target, rows, model=model, form=kind, closed=closed),
    )


@roles(*policies.FREEZERS)
@require_POST
def freeze(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep the figure as it is told now."""
    form = FreezeForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    made = services.freeze(_figure(slug), DayForm(request.POST).day(), actor=user_of(request), reason=reason)
    messages.success(request, "Siffran är frusen. Den har en egen adress och ändras aldrig.")
    return redirect("figures:frozen", made.public_id)


@roles(*policies.READERS)
@require_GET
def frozen(request: HttpRequest, public_id: str) -> HttpResponse:
    """A frozen copy; with ``?rakna=om`` also what the same figure says today."""
    found = _frozen(public_id)
    now = find(found.slug)
    again = request.GET.get("rakna") == "om" and now is not None
    context: dict[str, Any] = {
        "frozen": found,
        "may_see_lists": policies.may_see_lists(request.user, now),
        "is_whole": freezing.is_whole(found),
        "may_count_again": now is not None,
        "counted_again": again,
        "drift": freezing.drift(found, freezing.content_of(now, found.as_of)) if again and now else [],
        "definition_changed": now is not None and now.definition != found.definition,
    }
    return render(request, "figures/frozen.html", context)


@roles(*policies.LIST_READERS)
@require_GET
def frozen_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Whom a number of a frozen copy counted: as it was kept, with the names of today."""
    found, wanted = _frozen(public_id), request.GET
    now = find(found.slug)
    policies.check_may_see_lists(user_of(request), now)
    part = freezing.part_of(found, row=wanted.get("per", ""), column=wanted.get("kol", ""))
    if part is None:
        raise Http404("Det finns ingen sådan rad eller kolumn i siffran.")
    page = Paginator(queries.organisations_in(part.ids), PAGE_SIZE).get_page(wanted.get("page"))
    hidden = now is not None and not is_of_members(now)
    closed = queries.closed_to(user_of(request), _closed(request)) if hidden else frozenset()
    context = {"frozen": found, "part": part, "page": page, "closed": closed, "address": wanted.urlencode()}
    return render(request, "figures/frozen_list.html", context)


def _figure(slug: str) -> Figure:
    if (found := find(slug)) is None:
        raise Http404("Det finns ingen siffra med den adressen.")
    return found


def _frozen(public_id: str) -> FrozenFigure:
    try:
        return queries.frozen_figure(public_id)
    except FrozenFigure.DoesNotExist as error:
        raise Http404("Det finns ingen frusen siffra med den adressen.") from error


def _cell(request: HttpRequest, slug: str) -> tuple[Figure, Column, Span]:
    """The number that the address means: ``kol`` its column, ``per`` its row, ``datum`` the figure's day."""
    found, as_of = _figure(slug), DayForm(request.GET).day()
    column = found.column(request.GET.get("kol", ""))
    span = next((each for each in found.rows(as_of) if each.slug == request.GET.get("per")), None)
    if column is None or span is None:
        raise Http404("Det finns ingen sådan rad eller kolumn i siffran.")
    return found, column, span


def _closed(request: HttpRequest) -> frozenset[int]:
    return frozenset(in_conflict(user_of(request)))
