"""One record: its register columns, files, marks and history, and what a person may do with it."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.audit.rows import Row
from pakten.core.acts import act
from pakten.core.navigation import may_open
from pakten.records import policies, services
from pakten.records.forms import CorrectionForm, MarkForm, ReviseForm
from pakten.records.models import Record, RecordRequest, State, StoredFile
from pakten.records.queries import cases
from pakten.records.refusals import RecordsRefused
from pakten.records.services import Correction, NewFile, Paper

# Two forms on one page have fields of the same name.
MARK_IDS, CORRECTION_IDS = "mark_%s", "correction_%s"


@roles(*policies.READERS)
@require_GET
def record_page(request: HttpRequest, record_id: int) -> HttpResponse:
    """One record."""
    record = seen_record(request, record_id)
    return render(request, "records/record.html", context_of(request, record))


@roles(*policies.FILE_READERS)
@require_GET
def download(request: HttpRequest, record_id: int, *, file_id: int) -> HttpResponseBase:
    """A file as it came: always to be saved, never shown by the browser in our name."""
    record = seen_record(request, record_id)
    try:
        file = cases.file(file_id, record)
        data = services.open_file(file, actor=user_of(request))
    except StoredFile.DoesNotExist as error:
        raise Http404 from error
    except RecordsRefused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("records:record", record_id)
    response = FileResponse(
        io.BytesIO(data), as_attachment=True, filename=file.original_name, content_type=file.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def revise(request: HttpRequest, record_id: int) -> HttpResponse:
    """Change a draft."""
    record = seen_record(request, record_id)
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ReviseForm(*data, initial=_draft_values(record))
    if form.is_bound and form.is_valid():
        try:
            _revise(request, record, found=form.cleaned_data)
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("records:record", record_id)
    context = {
        "form": form,
        "case": record.case,
        "title": "Ändra utkastet",
        "button": "Spara utkastet",
    }
    return render(request, "records/form.html", context, status=422 if form.is_bound else 200)


@roles(*policies.WRITERS)
@require_POST
def dispatch(request: HttpRequest, record_id: int) -> HttpResponse:
    """The draft has been sent."""
    record, version, recipient = (
        seen_record(request, record_id),
        version_in(request),
        request.POST.get("recipient", ""),
    )
    act(
        request,
        "Handlingen är expedierad och finns i diariet.",
        service=lambda: services.dispatch(
            record, recipient, actor=user_of(request), expected_version=version
        ),
    )
    return redirect("records:record", record_id)


@roles(*policies.WRITERS)
@require_POST
def finish(request: HttpRequest, record_id: int) -> HttpResponse:
    """The draft is finished."""
    record, version = seen_record(request, record_id), version_in(request)
    act(
        request,
        "Utkastet är nu en handling och finns i diariet.",
        service=lambda: services.make_record(record, actor=user_of(request), expected_version=version),
    )
    return redirect("records:record", record_id)


@roles(*policies.WRITERS)
@require_POST
def discard(request: HttpRequest, record_id: int) -> HttpResponse:
    """Clear the draft away."""
    record, version = seen_record(request, record_id), version_in(request)
    done = act(
        request,
        "Utkastet är rensat.",
        service=lambda: services.discard(record, actor=user_of(request), expected_version=version),
    )
    return redirect("records:case", record.case_id) if done else redirect("records:record", record_id)


@roles(*policies.REGISTRARS)
@require_POST
def correct(request: HttpRequest, record_id: int) -> HttpResponse:
    """Correct the registration."""
    record, form = seen_record(request, record_id), CorrectionForm(request.POST, auto_id=CORRECTION_IDS)
    if form.is_valid():
        values = dict(form.cleaned_data)
        version, reason = values.pop("version"), values.pop("reason")
        try:
            services.correct(
                record,
                Correction(**values),
                actor=user_of(request),
                reason=reason,
                expected_version=version,
            )
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Registreringen är rättad. Det som stod förut finns i historiken.")
            return redirect("records:record", record_id)
    context = context_of(request, seen_record(request, record_id)) | {"correction_form": form}
    return render(request, "records/record.html", context, status=422)


@roles(*policies.REGISTRARS)
@require_POST
def dispose(request: HttpRequest, record_id: int) -> HttpResponse:
    """Dispose of the record by decision."""
    record, version = seen_record(request, record_id), version_in(request)
    decision = request.POST.get("decision", "")
    act(
        request,
        "Handlingen är gallrad. Raden i diariet finns kvar.",
        service=lambda: services.dispose(record, decision, actor=user_of(request), expected_version=version),
    )
    return redirect("records:record", record_id)


def seen_record(request: HttpRequest, record_id: int) -> Record:
    """The record, if this person may see it. Raises Http404, or PermissionDenied for a draft of others."""
    try:
        record = cases.record(record_id)
    except Record.DoesNotExist as error:
        raise Http404 from error
    policies.check_may_see(request.user, record)
    return record


def context_of(request: HttpRequest, record: Record) -> dict[str, Any]:
    """What the page of the record shows."""
    user = user_of(request)
    is_record = record.state == State.RECORD
    is_registrar = policies.is_registrar(user)
    today = timezone.localdate()
    return {
        "record": record,
        "files": record.files.all(),
        "marks": cases.marks_of(record),
        "tests": record.harm_tests.select_related("request__record__case", "by"),
        "request_made": _request_made(request, record),
        "history": [Row.of(entry) for entry in cases.history_of(record)],
        "may_read_files": policies.may_read_files(user),
        "may_change_draft": record.is_draft and policies.may_write(user),
        "is_registrar": is_registrar,
        "is_due": is_record and record.dispose_after is not None and record.dispose_after < today,
        "mark_form": MarkForm(auto_id=MARK_IDS) if is_record and policies.may_write(user) else None,
        "correction_form": CorrectionForm(initial=_values(record), auto_id=CORRECTION_IDS)
        if is_record and is_registrar
        else None,
    }


def _request_made(request: HttpRequest, record: Record) -> RecordRequest | None:
    """The request that this paper is, for those who answer requests."""
    made: RecordRequest | None = getattr(record, "request", None)
    if made is None or not may_open(request, reverse("records:request", args=[made.pk])):
        return None
    return made


def _values(record: Record) -> dict[str, Any]:
    names = ("version", "short_content", "sender_or_recipient", "is_private_person")
    return {name: getattr(record, name) for name in names}


def _draft_values(record: Record) -> dict[str, Any]:
    return {
        "version": record.version,
        "short_content": record.short_content,
        "recipient": record.sender_or_recipient,
        "to_person": record.is_private_person,
    }


def _revise(request: HttpRequest, record: Record, *, found: dict[str, Any]) -> None:
    paper = Paper(found["short_content"], record.record_type.code, found["recipient"], found["to_person"])
    services.revise(
        record,
        paper,
        actor=user_of(request),
        expected_version=found["version"],
        files=NewFile.uploaded(found["uploads"]),
    )
