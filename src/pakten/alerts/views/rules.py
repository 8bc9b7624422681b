"""What the manager decides: days and persons for each kind, the share of the sample; and how samples went."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.alerts import policies
from pakten.alerts.forms import RuleForm, ShareForm
from pakten.alerts.models import AlertKind, AlertRule, answers_to
from pakten.alerts.queries import samples as queries
from pakten.alerts.services.raising import days_for
from pakten.alerts.services.rules import set_rule
from pakten.alerts.services.sampling import sample_rule, set_share
from pakten.core.acts import act

DRAWS = 50


@roles(*policies.SEE)
@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The rules of all kinds."""
    known = AlertRule.objects.in_bulk()
    context = {
        "rules": [
            (
                kind,
                known.get(kind) or AlertRule(kind=kind, days=days_for(kind), version=0),
                bool(answers_to(kind)),
            )
            for kind in AlertKind
        ],
        "may_change": policies.may_keep_rules(user_of(request)),
        "crumbs": [("Att bedöma", reverse("alerts:inbox"))],
    }
    return render(request, "alerts/rules.html", context)


@roles(*policies.KEEP_RULES)
@require_POST
def change_rule(request: HttpRequest, kind: str) -> HttpResponse:
    """Change the rule of one kind."""
    if kind not in AlertKind.values:
        raise Http404
    form = RuleForm(request.POST)
    form.is_valid()
    days = form.cleaned_data.get("days") or 0
    act(
        request,
        f"Regeln för ”{AlertKind(kind).label}” är ändrad. Den gäller det som kommer in från och med nu.",
        service=lambda: set_rule(
            AlertKind(kind),
            days=days,
            needs_second=bool(form.cleaned_data.get("needs_second")),
            actor=user_of(request),
            version=version_in(request),
        ),
    )
    return redirect("alerts:rules")


@roles(*policies.SEE)
@require_GET
def samples(request: HttpRequest) -> HttpResponse:
    """How often a second person came to the same result."""
    rule = sample_rule()
    context = {
        "figure": queries.sample_figure(),
        "draws": queries.draws()[:DRAWS],
        "rule": rule,
        "form": ShareForm(initial={"share": rule.share_percent}),
        "may_change": policies.may_keep_rules(user_of(request)),
        "crumbs": [("Att bedöma", reverse("alerts:inbox"))],
    }
    return render(request, "alerts/samples.html", context)


@roles(*policies.KEEP_RULES)
@require_POST
def change_share(request: HttpRequest) -> HttpResponse:
    """Change how large a share is drawn from now on."""
    form = ShareForm(request.POST)
    wanted = form.cleaned_data["share"] if form.is_valid() else None
    act(
        request,
        "Andelen är ändrad. Den gäller kontroller från och med nu.",
        service=lambda: set_share(wanted, actor=user_of(request), version=version_in(request)),
    )
    return redirect("alerts:samples")
