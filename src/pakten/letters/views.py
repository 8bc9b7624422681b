"""Outgoing post: what waits, what went wrong, and one message with its exact text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.audit.rows import Row
from pakten.core.secret_links import without_secrets
from pakten.letters import policies, queries, services
from pakten.letters.forms import AddressForm, OutboxFilter, StopForm
from pakten.letters.models import OutboxMessage
from pakten.letters.refusals import LettersRefused
from pakten.records.policies import may_read_files, may_see_draft
from pakten.records.queries.conflicts import in_conflict
from pakten.records.refusals import RecordsRefused

_ROWS = 50


@roles(*policies.READERS)
@require_GET
def outbox(request: HttpRequest) -> HttpResponse:
    """All messages by state, those that wait oldest first."""
    form = OutboxFilter(request.GET)
    wanted = form.wanted()
    page = Paginator(queries.messages(wanted), _ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "total": queries.messages().count(),
        "clear": request.path if wanted != queries.Wanted() else "",
        "mass": queries.sent_mass() if wanted == queries.Wanted() else (),
        "waits_long": queries.waits_long().count(),
        "oldest": queries.waits_long().first(),
        "given_up": queries.given_up().count(),
        # L-17: whoever has a conflict of interest in a case learns nothing of its post.
        "closed": frozenset(in_conflict(user_of(request))),
    }
    return render(request, "letters/outbox.html", context)


@roles(*policies.READERS)
@require_GET
def message_page(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One message: its text, files and history, and what may be done with it."""
    message = _seen(request, public_id)
    return render(request, "letters/message.html", _context(request, message))


@roles(*policies.STEERERS)
@require_POST
def retry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Try it now."""
    message = _seen(request, public_id)
    try:
        services.retry(message, actor=user_of(request), expected_version=version_in(request))
    except LettersRefused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Utskicket ligger först i kön och skickas inom en minut.")
    return redirect("letters:message", public_id)


@roles(*policies.STEERERS)
@require_POST
def stop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Do not send it."""
    message, form = _seen(request, public_id), StopForm(request.POST)
    if form.is_valid():
        reason, version = form.cleaned_data["reason"], version_in(request)
        try:
            services.stop(message, actor=user_of(request), reason=reason, expected_version=version)
        except LettersRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Utskicket är stoppat.")
            return redirect("letters:message", public_id)
    return _with_errors(request, public_id, stop_form=form)


@roles(*policies.STEERERS)
@require_POST
def redirect_message(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Send it to another address."""
    message, form = _seen(request, public_id), AddressForm(request.POST)
    if form.is_valid():
        address, version = form.cleaned_data["address"], version_in(request)
        try:
            services.redirect(message, address, actor=user_of(request), expected_version=version)
        except LettersRefused as refusal:
            form.add_error("address", refusal.sentence)
        else:
            messages.success(request, f"Utskicket går nu till {message.to_address}.")
            return redirect("letters:message", public_id)
    return _with_errors(request, public_id, address_form=form)


@roles(*policies.POSTERS)
@require_POST
def mark_posted(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The paper letter is in the post."""
    message = _seen(request, public_id)
    try:
        services.mark_posted(message, actor=user_of(request), expected_version=version_in(request))
    except (LettersRefused, RecordsRefused) as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"Brevet är skickat och registrerat som {message.record}.")
    return redirect("letters:message", public_id)


def _with_errors(request: HttpRequest, public_id: UUID, **forms: Form) -> HttpResponse:
    context = _context(request, _seen(request, public_id)) | forms
    context["wrong_form"] = next(iter(forms.values()))
    return render(request, "letters/message.html", context, status=422)


def _context(request: HttpRequest, message: OutboxMessage) -> dict[str, Any]:
    user, record = user_of(request), message.record
    steers = policies.may_steer(user)
    reads = (
        record is not None and may_read_files(user) and (not record.is_draft or may_see_draft(user, record))
    )
    return {
        "message": message,
        # Whoever has a link may answer in the recipient's name: it is shown to nobody else.
        "text": without_secrets(message.body) if record is None or may_read_files(user) else "",
        # The record has the same text as a file: who may not open it may not read it here.
        "keeps_text": record is not None and not may_read_files(user),
        "hides": policies.has_secret_link(message),
        "files": record.files.all() if record else (),
        "letter": record.files.filter(media_type="application/pdf").first() if record and reads else None,
        "may_read_files": reads,
        "history": [Row.of(entry) for entry in queries.history_of(message)],
        "may_retry": steers and policies.can_retry(message),
        "may_mark_posted": policies.may_mark_posted(user) and policies.can_mark_posted(message),
        "stop_form": StopForm() if steers and policies.can_stop(message) else None,
        "address_form": AddressForm() if steers and policies.can_redirect(message) else None,
    }


def _seen(request: HttpRequest, public_id: UUID) -> OutboxMessage:
    try:
        message = queries.message(public_id)
    except OutboxMessage.DoesNotExist as error:
        raise Http404 from error
    policies.check_may_see(user_of(request), message)
    return message
