"""Re-controls and their receipts."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from pakten.accounts.access import roles
from pakten.organisations.models import Organisation
from pakten.watching import policies
from pakten.watching.models import Cause, RecontrolReceipt
from pakten.watching.queries import recontrols as queries
from pakten.watching.services.receipts import as_file, is_intact
from pakten.watching.views.overview import HERE, ROWS

ALL = ("Omkontroller", "/bevakning/omkontroller/")


@roles(*policies.SEE)
@require_GET
def recontrols(request: HttpRequest) -> HttpResponse:
    """All re-controls, those of one cause where asked for."""
    cause = request.GET.get("orsak", "")
    page = Paginator(queries.recontrols(cause), ROWS).get_page(request.GET.get("page"))
    known = dict(Cause.choices)
    context = {"page": page, "cause": known.get(cause, ""), "crumbs": [HERE]}
    return render(request, "watching/recontrols.html", context)


@roles(*policies.SEE_MEMBERS)
@require_GET
def recontrol(request: HttpRequest, number: int) -> HttpResponse:
    """One re-control: what caused it, what differed, whom it touched and why, and its receipt."""
    made = get_object_or_404(queries.recontrols(), pk=number)
    receipt: RecontrolReceipt | None = getattr(made, "receipt", None)
    content = receipt.content if receipt else {}
    page = Paginator(content.get("touched", []), ROWS).get_page(request.GET.get("page"))
    asked = [row["member"] for row in page]
    named = dict(Organisation.objects.filter(public_id__in=asked).values_list("public_id", "legal_name"))
    context = {
        "made": made,
        "receipt": receipt,
        "content": content,
        "intact": receipt is not None and is_intact(receipt),
        "page": page,
        "rows": [(row, named.get(row["member"], row["member"])) for row in page],
        "crumbs": [HERE, ALL],
    }
    return render(request, "watching/recontrol.html", context)


@roles(*policies.SEE_MEMBERS)
@require_GET
def receipt_file(request: HttpRequest, number: int) -> HttpResponse:
    """The very bytes that the digest covers."""
    receipt = get_object_or_404(RecontrolReceipt, recontrol=number)
    response = HttpResponse(as_file(receipt), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="omkontroll-{number}.json"'
    return response
