"""Who has an alert and until when: the small forms beside it, also beside a name likeness."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.alerts import policies, services
from pakten.alerts.forms import DueForm, SnoozeForm
from pakten.alerts.models import Alert
from pakten.alerts.queries import inbox as queries
from pakten.checks.models import Likeness
from pakten.core.acts import act
from pakten.core.row_numbers import row_number


@roles(*policies.HANDLE)
@require_POST
def assign(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Give it to somebody; nobody chosen = give it back."""
    found = found_or_404(request, alert_id)
    to = queries.handlers().filter(pk=row_number(request.POST.get("till", ""))).first()
    act(
        request,
        f"{to} har den nu." if to else "Ingen har den nu.",
        service=lambda: services.assign(found.pk, to, actor=user_of(request), version=version_in(request)),
    )
    return redirect(back_to(found))


@roles(*policies.HANDLE)
@require_POST
def snooze(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Let it rest until a day."""
    found, form = found_or_404(request, alert_id), SnoozeForm(request.POST)
    if _told_of_faults(request, form):
        return redirect(back_to(found))
    values = form.cleaned_data
    act(
        request,
        "Pausad. Den kommer tillbaka överst den dagen.",
        service=lambda: services.snooze(
            found.pk,
            values["until"],
            actor=user_of(request),
            version=version_in(request),
            reason=values["reason"],
        ),
    )
    return redirect(back_to(found))


@roles(*policies.HANDLE)
@require_POST
def wake(request: HttpRequest, alert_id: int) -> HttpResponse:
    """End the rest."""
    found = found_or_404(request, alert_id)
    act(
        request,
        "Den är inte längre pausad.",
        service=lambda: services.wake(found.pk, actor=user_of(request), version=version_in(request)),
    )
    return redirect(back_to(found))


@roles(*policies.HANDLE)
@require_POST
def due(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Give it another date."""
    found, form = found_or_404(request, alert_id), DueForm(request.POST)
    if _told_of_faults(request, form):
        return redirect(back_to(found))
    values = form.cleaned_data
    act(
        request,
        "Datumet är ändrat.",
        service=lambda: services.set_due(
            found.pk,
            values["due_on"],
            actor=user_of(request),
            version=version_in(request),
            reason=values["reason"],
        ),
    )
    return redirect(back_to(found))


@roles(*policies.HANDLE)
@require_POST
def note(request: HttpRequest, alert_id: int) -> HttpResponse:
    """Write something in the history."""
    found, words = found_or_404(request, alert_id), request.POST.get("words", "")[:10_000]
    act(
        request,
        "Sparat i historiken.",
        service=lambda: services.note(found.pk, words, actor=user_of(request), version=version_in(request)),
    )
    return redirect(back_to(found))


def back_to(alert: Alert) -> str:
    """The page where the alert is seen: a likeness has its own."""
    if alert.likeness_id is not None:
        return reverse("checks:likeness", args=[alert.likeness_id])
    return reverse("alerts:alert", args=[alert.pk])


def beside_likeness(request: HttpRequest, likeness: Likeness) -> Mapping[str, Any] | None:
    """The part that stands on the page of a likeness while somebody has to judge it."""
    found = queries.open_alert_of(likeness.pk)
    return panel_of(request, found) if found else None


def panel_of(request: HttpRequest, found: Alert) -> dict[str, Any]:
    """What the part about who has it and until when shows."""
    person = user_of(request)
    return {
        "alert": found,
        "may_handle": policies.may_handle(person) and found.is_open,
        "handlers": [each for each in queries.handlers() if each.pk != found.first_reader_id],
        "person": person,
        "snooze": SnoozeForm(),
        "due": DueForm(),
    }


def found_or_404(request: HttpRequest, alert_id: int) -> Alert:
    """The alert. Raises Http404, or PermissionDenied for a conflict of interest."""
    try:
        return queries.alert_shown_to(user_of(request), alert_id)
    except Alert.DoesNotExist as error:
        raise Http404 from error


def _told_of_faults(request: HttpRequest, form: Form) -> bool:
    if form.is_valid():
        return False
    first = next(iter(form.errors.values()))
    messages.error(request, f"{first[0]} Inget är ändrat.")
    return True
