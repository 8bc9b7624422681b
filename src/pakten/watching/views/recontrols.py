"""Re-controls and their receipts."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.organisations.models import Organisation
from pakten.watching import policies
from pakten.watching.models import Cause, Recontrol, RecontrolReceipt
from pakten.watching.queries import recontrols as queries
from pakten.watching.queries.shown import shown, shown_content
from pakten.watching.services.receipts import as_file, is_intact
from pakten.watching.views.overview import HERE, ROWS

ALL = ("Omkontroller", "/bevakning/omkontroller/")
NOT_WHOLE = (
    "Kvittot nämner en medlem som du är jävig för, och det går inte att ändra i ett kvitto. "
    "Be någon annan att hämta det."
)


@roles(*policies.SEE)
@require_GET
def recontrols(request: HttpRequest) -> HttpResponse:
    """All re-controls, those of one cause where asked for."""
    cause, user = request.GET.get("orsak", ""), user_of(request)
    page = Paginator(queries.recontrols(cause), ROWS).get_page(request.GET.get("page"))
    known = dict(Cause.choices)
    context = {
        "page": page,
        "rows": shown(page.object_list, user),
        "cause": known.get(cause, ""),
        "may_see_members": has_role(user, *policies.SEE_MEMBERS),
        "crumbs": [HERE],
    }
    return render(request, "watching/recontrols.html", context)


@roles(*policies.SEE_MEMBERS)
@require_GET
def recontrol(request: HttpRequest, number: int) -> HttpResponse:
    """One re-control: what caused it, what differed, whom it touched and why, and its receipt."""
    made, user = get_object_or_404(queries.recontrols(), pk=number), user_of(request)
    receipt = _receipt(made)
    seen = shown_content(receipt, user)
    page = Paginator(seen.touched, ROWS).get_page(request.GET.get("page"))
    names = _names(row["member"] for row in page)
    context = {
        "made": made,
        "line": shown([made], user)[0],
        "receipt": receipt,
        "content": receipt.content if receipt else {},
        "intact": receipt is not None and is_intact(receipt),
        "whole": seen.whole,
        "page": page,
        "rows": [(row, names.get(row["member"], row["member"])) for row in page],
        "crumbs": [HERE, ALL],
    }
    return render(request, "watching/recontrol.html", context)


@roles(*policies.SEE_MEMBERS)
@require_GET
def untouched(request: HttpRequest, number: int) -> HttpResponse:
    """Those whom the change did not touch, each with the receipt that still holds."""
    made = get_object_or_404(queries.recontrols(), pk=number)
    receipt = _receipt(made)
    page = Paginator(shown_content(receipt, user_of(request)).untouched, ROWS).get_page(
        request.GET.get("page")
    )
    names = _names(member for member, _ in page)
    context = {
        "made": made,
        "page": page,
        "rows": [(member, names.get(member, member), sha256) for member, sha256 in page],
        "because": receipt.content["untouched"]["because"] if receipt else "",
        "crumbs": [HERE, ALL, (str(made), f"{ALL[1]}{made.pk}/")],
    }
    return render(request, "watching/untouched.html", context)


@roles(*policies.SEE_MEMBERS)
@require_GET
def receipt_file(request: HttpRequest, number: int) -> HttpResponse:
    """The very bytes that the digest covers: whole or, for whom one member in it is closed, not at all."""
    receipt = get_object_or_404(RecontrolReceipt, recontrol=number)
    if not shown_content(receipt, user_of(request)).whole:
        raise PermissionDenied(NOT_WHOLE)
    response = HttpResponse(as_file(receipt), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="omkontroll-{number}.json"'
    return response


def _receipt(made: Recontrol) -> RecontrolReceipt | None:
    return getattr(made, "receipt", None)


def _names(public_ids: Iterable[str]) -> dict[str, str]:
    rows = Organisation.objects.filter(public_id__in=list(public_ids))
    return dict(rows.values_list("public_id", "legal_name"))
