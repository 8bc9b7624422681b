"""Setting, proposing, confirming, declining and lifting secrecy marks."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.models import User
from pakten.core.acts import act
from pakten.records import policies, services
from pakten.records.forms import MarkForm
from pakten.records.models import Record, SecrecyMark
from pakten.records.refusals import RecordsRefused
from pakten.records.services import MarkFacts
from pakten.records.views.records import MARK_IDS, context_of, seen_record


@roles(*policies.WRITERS)
@require_POST
def mark(request: HttpRequest, record_id: int) -> HttpResponse:
    """The registrar sets a mark; others propose one."""
    record, form = seen_record(request, record_id), MarkForm(request.POST, auto_id=MARK_IDS)
    if form.is_valid():
        try:
            said = _mark(record, MarkFacts(**form.cleaned_data), user=user_of(request))
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, said)
            return redirect("records:record", record_id)
    context = context_of(request, seen_record(request, record_id)) | {"mark_form": form}
    return render(request, "records/record.html", context, status=422)


def _mark(record: Record, facts: MarkFacts, *, user: User) -> str:
    if policies.is_registrar(user):
        services.mark_secrecy(record, facts, actor=user)
        return "Markeringen gäller. Den är en varning: varje begäran prövas för sig."
    services.propose_secrecy(record, facts, actor=user)
    return "Förslaget är skickat till registrator. Det öppna diariet visar redan nu mindre."


@roles(*policies.REGISTRARS)
@require_POST
def confirm(request: HttpRequest, mark_id: int) -> HttpResponse:
    """Set a mark that was proposed."""
    user = user_of(request)
    return _settle(
        request, mark_id, said="Markeringen gäller.", service=lambda m: services.confirm_mark(m, actor=user)
    )


@roles(*policies.REGISTRARS)
@require_POST
def decline(request: HttpRequest, mark_id: int) -> HttpResponse:
    """Say no to a mark that was proposed."""
    user, reason = user_of(request), request.POST.get("reason", "")
    return _settle(
        request,
        mark_id,
        said="Förslaget är avvisat.",
        service=lambda m: services.decline_mark(m, actor=user, reason=reason),
    )


@roles(*policies.REGISTRARS)
@require_POST
def lift(request: HttpRequest, mark_id: int) -> HttpResponse:
    """Lift a mark."""
    user, reason = user_of(request), request.POST.get("reason", "")
    return _settle(
        request,
        mark_id,
        said="Markeringen är hävd.",
        service=lambda m: services.lift_mark(m, actor=user, reason=reason),
    )


def _settle(
    request: HttpRequest, mark_id: int, *, said: str, service: Callable[[SecrecyMark], None]
) -> HttpResponse:
    try:
        found = SecrecyMark.objects.select_related("record__case").get(pk=mark_id)
    except SecrecyMark.DoesNotExist as error:
        raise Http404 from error
    act(request, said, service=lambda: service(found))
    return redirect("records:record", found.record_id)
