"""What the secret link shows once the application is sent, and what the applicant may do then."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from pakten.accounts.access import public
from pakten.accounts.asking import submission_in
from pakten.members.applying import wording
from pakten.members.applying.filetypes import ACCEPT, ALLOWED, LARGEST
from pakten.members.applying.life import shown_until
from pakten.members.applying.status import STAGES, status_of
from pakten.members.applying.status_parts import parts_of
from pakten.members.applying.writing import sections
from pakten.members.forms.apply_fields import AnswerForm, WithdrawForm
from pakten.members.models import Application
from pakten.members.queries.drafts import waiting_completion
from pakten.members.services import answering, applying
from pakten.members.views.applicant import TOO_MANY, Link, of_link, take
from pakten.members.views.apply_step import onward
from pakten.organisations.refusals import Refused
from pakten.records.refusals import RecordsRefused
from pakten.records.services import NewFile

Page = Callable[..., HttpResponse]


@public
@require_GET
@of_link
def application(request: HttpRequest, link: Link) -> HttpResponse:
    """The link itself: on to where one was, or, once sent, how the application stands."""
    proof = request.GET.get("bevis")
    if proof is not None:
        applying.prove_email(link.draft, proof[:100])
        return link.to("application")
    sent = link.draft.application
    if sent is None:
        return onward(link)
    status = status_of(sent)
    context = {
        "link": link,
        "application": sent,
        "status": status,
        "stages": list(STAGES),
        "received": wording.RECEIVED.format(dnr=sent.case.registry_no),
        "wording": wording,
        "sections": sections(sent),
        "files": sent.record.files.exclude(original_name=applying.PAPER_NAME),
        "address": request.build_absolute_uri(link.url("application")),
        "contact": settings.CONTACT_EMAIL,
        "parts": parts_of(sent, link.token),
        "shown_until": shown_until(sent),
    }
    return render(request, "members/apply/status.html", context)


def sent_only(view: Page) -> Page:
    """Hand the view the application; before it is sent the link leads on with the form."""

    @wraps(view)
    def asked(request: HttpRequest, link: Link) -> HttpResponse:
        sent = link.draft.application
        return onward(link) if sent is None else view(request, link, sent=sent)

    return asked


@public
@require_http_methods(["GET", "POST"])
@of_link
@sent_only
def answer(request: HttpRequest, link: Link, *, sent: Application) -> HttpResponse:
    """Answer the request for more facts that waits."""
    waiting = waiting_completion(sent)
    if waiting is None:
        return link.to("application")

    def send(form: Form, files: list[NewFile]) -> None:
        answering.answer_completion(
            waiting, form.cleaned_data["text"], files=files, submission=form.cleaned_data["submission"]
        )

    more = {"waiting": waiting, "title": "Komplettera ansökan", "button": "Skicka svaret"}
    return _written(request, link, form=_form(request, AnswerForm), send=send, more=more)


@public
@require_http_methods(["GET", "POST"])
@of_link
@sent_only
def comment(request: HttpRequest, link: Link, *, sent: Application) -> HttpResponse:
    """Say something about what was found, or about the application (L-40)."""
    if not status_of(sent).may_comment:
        return link.to("application")

    def send(form: Form, files: list[NewFile]) -> None:
        answering.comment(
            sent, form.cleaned_data["text"], files=files, submission=form.cleaned_data["submission"]
        )

    form = _form(request, AnswerForm)
    form.fields["text"].label = "Vad vill ni säga?"
    more = {
        "title": "Skriv till oss om ansökan",
        "button": "Skicka",
        "findings": status_of(sent).findings,
        "done": "Vi har tagit emot det ni skrev.",
    }
    return _written(request, link, form=form, send=send, more=more)


@public
@require_http_methods(["GET", "POST"])
@of_link
@sent_only
def withdraw(request: HttpRequest, link: Link, *, sent: Application) -> HttpResponse:
    """Take the application back."""
    if not status_of(sent).may_withdraw:
        return link.to("application")

    def send(form: Form, _files: list[NewFile]) -> None:
        reason = form.cleaned_data["reason"]
        answering.withdraw(sent, reason, submission=form.cleaned_data["submission"])

    more = {"title": "Återkalla ansökan", "button": "Återkalla ansökan", "withdraws": True}
    return _written(request, link, form=_form(request, WithdrawForm), send=send, more=more)


def _form(request: HttpRequest, kind: type[Form]) -> Form:
    if request.method != "POST":
        return kind(initial={"submission": uuid4()})
    data = request.POST.copy()
    data["submission"] = str(submission_in(request))
    return kind(data)


def _written(
    request: HttpRequest,
    link: Link,
    *,
    form: Form,
    send: Callable[[Form, list[NewFile]], None],
    more: dict[str, Any],
) -> HttpResponse:
    status = 200
    if form.is_bound:
        status = 422
        files = NewFile.uploaded(request.FILES.getlist("filer"))
        if form.is_valid() and not take(request, "svara"):
            form.add_error(None, TOO_MANY)
        if form.is_valid():
            try:
                send(form, files)
                if done := more.get("done"):
                    messages.success(request, done)
                return link.to("application")
            except (Refused, RecordsRefused) as refusal:
                form.add_error(None, refusal.sentence)
    context = {
        "link": link,
        "form": form,
        "wording": wording,
        "accept": ACCEPT,
        "allowed": ALLOWED,
        "largest": LARGEST // 1_000_000,
    }
    return render(request, "members/apply/write.html", context | more, status=status)
