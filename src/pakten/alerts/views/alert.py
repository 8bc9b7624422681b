"""One alert: what was found, what was judged before, and a person's answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.accounts.models import User
from pakten.alerts import policies, services
from pakten.alerts.forms import AnswerForm, NeedForm
from pakten.alerts.models import Alert, AlertState, answers_to
from pakten.alerts.queries import inbox as queries
from pakten.alerts.services.deciding import needs_second
from pakten.alerts.views.handling import back_to, found_or_404, panel_of
from pakten.checks.queries.likenesses import About, earlier
from pakten.core.acts import act, carried_out
from pakten.core.navigation import may_open


@roles(*policies.SEE)
@require_GET
def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    """What is known, and the form for an answer. A likeness has its own page, with both sides."""
    found = found_or_404(request, alert_id)
    if found.likeness_id is not None:
        return redirect("checks:likeness", likeness_id=found.likeness_id)
    return _page(request, found)


@roles(*policies.HANDLE)
@require_POST
def answer(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Judge it."""
    found = found_or_404(request, alert_id)
    form = AnswerForm(request.POST, alert=found)

    def judge() -> object:
        return services.judge(
            found.pk,
            form.cleaned_data["outcome"],
            actor=user_of(request),
            version=version_in(request),
            reason=form.cleaned_data["reason"],
        )

    if carried_out(form, judge):
        return _told(request, found, words="Bedömningen är sparad.")
    return _page(request, found_or_404(request, alert_id), answer=form)


@roles(*policies.HANDLE)
@require_POST
def ask(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Say what is needed to tell."""
    found = found_or_404(request, alert_id)
    form = NeedForm(request.POST)

    def service() -> object:
        need = services.Need(**form.cleaned_data)
        return services.ask(found.pk, need, actor=user_of(request), version=version_in(request))

    if carried_out(form, service):
        return _told(request, found, words="Sparat. Den kommer tillbaka om uppgiften inte har kommit i tid.")
    return _page(request, found_or_404(request, alert_id), need=form)


@roles(*policies.HANDLE)
@require_POST
def answered(request: HttpRequest, alert_id: int) -> HttpResponse:
    """What was needed has come."""
    found = found_or_404(request, alert_id)
    words = request.POST.get("words", "")
    act(
        request,
        "Sparat. Nu kan du bedöma.",
        service=lambda: services.answered(
            found.pk, words, actor=user_of(request), version=version_in(request)
        ),
    )
    return redirect(back_to(found))


@roles(*policies.HANDLE)
@require_POST
def confirm(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Confirm another person's proposal."""
    found = found_or_404(request, alert_id)
    act(
        request,
        "Bedömningen är bekräftad och gäller nu.",
        service=lambda: services.confirm(found.pk, actor=user_of(request), version=version_in(request)),
    )
    return redirect(back_to(found))


@roles(*policies.HANDLE)
@require_POST
def decline(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Say no to a proposal."""
    found = found_or_404(request, alert_id)
    words = request.POST.get("words", "")
    act(
        request,
        "Förslaget är borttaget. Det kan bedömas igen.",
        service=lambda: services.decline(
            found.pk, words, actor=user_of(request), version=version_in(request)
        ),
    )
    return redirect(back_to(found))


@roles(*policies.HANDLE)
@require_POST
def reopen(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Open what was judged again."""
    found = found_or_404(request, alert_id)
    words = request.POST.get("words", "")
    act(
        request,
        "Öppnad igen. Den tidigare bedömningen finns i historiken.",
        service=lambda: services.reopen(found.pk, words, actor=user_of(request), version=version_in(request)),
    )
    return redirect(back_to(found))


def _told(request: HttpRequest, found: Alert, *, words: str) -> HttpResponse:
    """Back to the inbox, with the way back to the one that is done."""
    now = queries.alert_shown_to(user_of(request), found.pk)
    if now.state == AlertState.PROPOSED:
        words = f"{words} En annan person behöver bekräfta den innan den gäller."
    messages.success(request, format_html('{} <a href="{}">{}</a>', words, back_to(found), found.heading))
    return redirect("alerts:inbox")


def _page(request: HttpRequest, found: Alert, **forms: Form) -> HttpResponse:
    person = user_of(request)
    context: dict[str, Any] = {
        "alert": found,
        "steps": found.steps.select_related("by").order_by("-at", "-pk"),
        "answer": forms.get("answer") or AnswerForm(alert=found),
        "need": forms.get("need") or NeedForm(),
        "needs_second": needs_second(found.kind),
        "earlier": earlier(_about(found), person),
        "earlier_alerts": queries.earlier_alerts(found, person),
        "address": _address(request, found),
        "panel": panel_of(request, found),
        "crumbs": [("Att bedöma", reverse("alerts:inbox"))],
    }
    status = 422 if forms else 200
    return render(request, "alerts/alert.html", context | _rights(person, found), status=status)


def _rights(person: User, found: Alert) -> dict[str, bool]:
    """What the person may do with it now: which forms the page has."""
    handles = policies.may_handle(person) and found.is_open
    answers = handles and policies.may_answer(person, found)
    proposed = found.state == AlertState.PROPOSED
    return {
        "may_handle": handles,
        "may_answer": answers and not proposed and bool(answers_to(found.kind)),
        "is_first_reader": handles and found.first_reader_id == person.pk,
        "may_confirm": handles and proposed and policies.may_confirm(person, found),
        "may_decline": answers and proposed,
        "may_reopen": policies.may_answer(person, found) and not found.is_open,
    }


def _about(found: Alert) -> About:
    names = ("subject_name", "list_id", "target_id")
    name, list_id, target_id = (str(found.about.get(each, "")) for each in names)
    return About(found.organisation_id, name, list_id, target_id)


def _address(request: HttpRequest, found: Alert) -> str:
    """The page of what it is about: a page of ours that this person may open."""
    url = str(found.about.get("url", ""))
    if not url.startswith("/") or url.startswith("//"):
        return ""
    return url if may_open(request, url) else ""
