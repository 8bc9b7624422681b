"""The member's side of the correspondence: the thread, the pledges that are asked for, the papers."""

from __future__ import annotations

import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.members.forms.messages import CompletionForm, WriteForm
from pakten.members.models import Message
from pakten.members.policies.own_file import CONTACTS
from pakten.members.queries import own_file
from pakten.members.queries.campaigns import open_questions
from pakten.members.queries.messages import open_questions_of, thread
from pakten.members.queries.texts import pledges_of, texts_in_force
from pakten.members.services.answering import answer_completion
from pakten.members.services.corrections import label_of
from pakten.members.services.messages import Written, mark_read, write_to_city
from pakten.members.views.kept_text import keeps_text
from pakten.members.views.own import fresh, own_contact, own_frame
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import Refused
from pakten.records.models import StoredFile
from pakten.records.refusals import RecordsRefused
from pakten.records.services import NewFile
from pakten.records.services.files import open_party_file

PAGE_SIZE = 20


@keeps_text
@roles(*CONTACTS)
@require_http_methods(["GET", "POST"])
def own_messages(request: HttpRequest, public_id: str) -> HttpResponse:
    """The thread with the city, and writing to it."""
    contact = own_contact(request, public_id)
    form = WriteForm(request.POST or None, initial=fresh(request))
    if form.is_bound and form.is_valid():
        try:
            question = _question(contact.organisation, request.POST.get("question", ""))
            written = Written(form.cleaned_data["text"], form.cleaned_data["submission"])
            sent = write_to_city(contact.organisation, written, actor=user_of(request), reply_to=question)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(
                request, f"Vi har tagit emot ditt meddelande. Det är registrerat som {sent.record}."
            )
            return redirect("members:own_messages", public_id)
    page = Paginator(thread(contact.organisation), PAGE_SIZE).get_page(request.GET.get("page"))
    shown = list(page)
    mark_read([each for each in shown if each.direction == "out"], actor=user_of(request))
    context = own_frame(request, contact, tab="members:own_messages") | {
        "form": form,
        "page": page,
        "shown": [(each, label_of(each.fact)) for each in shown],
        "questions": open_questions_of(contact.organisation),
        "asked": request.POST.get("question") or request.GET.get("fraga", ""),
    }
    return render(request, "members/messages/own.html", context, status=422 if form.is_bound else 200)


@roles(*CONTACTS)
@require_GET
def own_pledges(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the organisation stands behind, and what it is asked to confirm."""
    contact = own_contact(request, public_id)
    context = own_frame(request, contact, tab="members:own_pledges") | {
        "pledges": pledges_of(contact.organisation),
        "texts": texts_in_force(as_of=timezone.localdate()).values(),
        "campaigns": open_questions(contact.organisation),
    }
    return render(request, "members/own/pledges.html", context)


@keeps_text
@roles(*CONTACTS)
@require_http_methods(["GET", "POST"])
def complete(request: HttpRequest, public_id: str, *, completion_id: int) -> HttpResponse:
    """Answer what an application lacks."""
    contact = own_contact(request, public_id)
    wanted = get_object_or_404(own_file.open_completions(contact.organisation), pk=completion_id)
    posted = request.method == "POST"
    form = CompletionForm(
        request.POST if posted else None, request.FILES if posted else None, initial=fresh(request)
    )
    if form.is_bound and form.is_valid():
        found = form.cleaned_data
        files = NewFile.uploaded(found["uploads"])
        try:
            record = answer_completion(
                wanted, found["text"], files=files, submission=found["submission"], actor=user_of(request)
            )
        except (Refused, RecordsRefused) as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Vi har tagit emot ert svar. Det är registrerat som {record.number}.")
            return redirect("members:own_start", public_id)
    context = own_frame(request, contact) | {"form": form, "wanted": wanted, "notice": True}
    context |= {"title": "Komplettera er ansökan", "button": "Skicka svaret"}
    return render(request, "members/own/form.html", context, status=422 if form.is_bound else 200)


@roles(*CONTACTS)
@require_GET
def own_papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """The organisation's papers in the diary."""
    contact = own_contact(request, public_id)
    page = Paginator(own_file.papers_of(contact.organisation), PAGE_SIZE).get_page(request.GET.get("page"))
    context = own_frame(request, contact, tab="members:own_papers") | {"page": page}
    return render(request, "members/own/papers.html", context)


@roles(*CONTACTS)
@require_GET
def own_paper(request: HttpRequest, public_id: str, *, file_id: int) -> HttpResponseBase:
    """A file of one of the papers: always to be saved."""
    contact = own_contact(request, public_id)
    try:
        file = own_file.paper_file(contact.organisation, file_id)
        data = open_party_file(file)
    except StoredFile.DoesNotExist as error:
        raise Http404 from error
    except RecordsRefused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("members:own_papers", public_id)
    response = FileResponse(
        io.BytesIO(data), as_attachment=True, filename=file.original_name, content_type=file.media_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _question(organisation: Organisation, text: str) -> Message | None:
    """The open question that is answered, if the form says one."""
    if not text:
        return None
    known = {str(each.pk): each for each in open_questions_of(organisation).select_related("case")}
    if text not in known:
        raise Refused("Frågan är redan besvarad. Ta bort valet av fråga om du vill skriva ändå.")
    return known[text]
