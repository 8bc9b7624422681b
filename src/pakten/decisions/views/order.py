"""The delegation order and the rules of the second look, and changing them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.core.row_numbers import row_number
from pakten.decisions import policies, services
from pakten.decisions.forms import EndItemForm, ItemForm, RuleForm
from pakten.decisions.models import DecisionRule, DelegationItem
from pakten.decisions.queries import order as queries
from pakten.records.refusals import RecordsRefused


@roles(*policies.ORDER_READERS)
@require_GET
def order(request: HttpRequest) -> HttpResponse:
    """Who may decide what today, what begins later, what was before; and the rules."""
    today = timezone.localdate()
    context = {
        "items": queries.by_number(queries.items_on(today)),
        "to_come": queries.by_number(queries.items_to_come(today)),
        "before": queries.items_before(today),
        "rules": queries.rules(),
        "may_change": has_role(request.user, *policies.ORDER_KEEPERS),
        "may_list": has_role(request.user, *policies.READERS),
    }
    return render(request, "decisions/order.html", context)


@roles(*policies.ORDER_KEEPERS)
@require_http_methods(["GET", "POST"])
def new_item(request: HttpRequest) -> HttpResponse:
    """Add an item, or a new version of one (``?punkt=``)."""
    form = ItemForm(request.POST or None, initial=_values(request.GET.get("punkt", "")))
    if form.is_bound and form.is_valid():
        try:
            made = services.add_item(form.facts(), actor=user_of(request))
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Punkt {made.number} gäller från {made.valid_from:%Y-%m-%d}.")
            return redirect("decisions:order")
    context = {"form": form, "title": "Punkt i delegationsordningen", "button": "Spara punkten"}
    return render(request, "decisions/form.html", context, status=422 if form.is_bound else 200)


@roles(*policies.ORDER_KEEPERS)
@require_http_methods(["GET", "POST"])
def end_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """Let an item end."""
    try:
        item = queries.item(item_id)
    except (DelegationItem.DoesNotExist, OverflowError) as error:
        raise Http404 from error
    form = EndItemForm(request.POST or None)
    if form.is_bound and form.is_valid():
        found = form.cleaned_data
        try:
            services.end_item(item, found["last_day"], actor=user_of(request), paper=found["paper"])
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Punkt {item.number} gäller till och med {item.valid_to:%Y-%m-%d}.")
            return redirect("decisions:order")
    title = f"Låt punkt {item.number} upphöra"
    context = {"form": form, "title": title, "item": item, "button": "Låt punkten upphöra"}
    return render(request, "decisions/form.html", context, status=422 if form.is_bound else 200)


@roles(*policies.ORDER_KEEPERS)
@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest, kind: str) -> HttpResponse:
    """Change what the four eyes concern, for one kind."""
    try:
        found = queries.rule(kind)
    except DecisionRule.DoesNotExist as error:
        raise Http404 from error
    form = RuleForm.of(found, request.POST or None)
    if form.is_bound and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.change_rule(found, form.facts(), actor=user_of(request), expected_version=version)
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Regeln är ändrad. Beslut som redan är fattade ändras inte.")
            return redirect("decisions:order")
    context = {"form": form, "title": found.get_kind_display(), "button": "Spara regeln"}
    return render(request, "decisions/form.html", context, status=422 if form.is_bound else 200)


def _values(wanted: str) -> dict[str, Any]:
    """The item that a new version begins from, if the address names one."""
    values: dict[str, Any] = {"valid_from": timezone.localdate()}
    found = DelegationItem.objects.filter(pk=row_number(wanted)).first()
    if found is not None:
        values |= {name: getattr(found, name) for name in ("number", "kind", "role", "text")}
    return values
