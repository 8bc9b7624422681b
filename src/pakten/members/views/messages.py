"""The city's side of the correspondence: the inbox, answering, settling corrections, asking."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.members import queries
from pakten.members.forms.messages import AnswerForm, AskForm, CloseForm, SettleForm
from pakten.members.models import Message, MessageDirection, MessageKind
from pakten.members.own_file_facts import column_shown
from pakten.members.policies import messages as policies
from pakten.members.queries.memberships import is_member
from pakten.members.queries.messages import Box, in_box, waiting
from pakten.members.queries.messages import message as message_with
from pakten.members.services.corrections import Settlement, Verdict, can_adopt, label_of, settle
from pakten.members.services.messages import (
    Written,
    answer,
    ask_organisation,
    close_without_answer,
    mark_read,
)
from pakten.members.views.kept_text import keeps_text, kept_text
from pakten.members.views.member import found_membership, frame
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import Refused

_BOXES = {
    Box.WAITING: "Väntar på oss",
    Box.CORRECTIONS: "Rättelser",
    Box.LEAVING: "Utträden",
    Box.DONE: "Klara",
    Box.SENT: "Skickade",
}


@roles(*policies.ANSWERERS)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What members have written, oldest first."""
    asked = request.GET.get("flik", "")
    box = Box(asked) if asked in set(Box) else Box.WAITING
    user = user_of(request)
    page = Paginator(in_box(box, user), queries.PAGE_SIZE).get_page(request.GET.get("page"))
    waits = list(waiting(user).order_by().values_list("kind", flat=True))
    counts = {
        Box.WAITING: len(waits),
        Box.CORRECTIONS: waits.count(MessageKind.CORRECTION),
        Box.LEAVING: waits.count(MessageKind.LEAVING),
    }
    base = reverse("members:inbox")
    tabs = [
        {
            "label": label,
            "url": f"{base}?flik={each.value}" if each.value else base,
            "current": each is box,
            "count": counts.get(each),
        }
        for each, label in _BOXES.items()
    ]
    context = {"tabs": tabs, "page": page, "rows": [(each, label_of(each.fact)) for each in page], "box": box}
    return render(request, "members/messages/inbox.html", context)


@keeps_text
@roles(*policies.MESSAGE_READERS)
@require_http_methods(["GET", "POST"])
def message_page(request: HttpRequest, message_id: int) -> HttpResponse:
    """One message; a case officer or a manager answers it here."""
    found = _found(request, message_id)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=_first(request, found))
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            written = Written(values["text"], values["submission"])
            sent = answer(found, written, actor=user_of(request), expected_version=values["version"])
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Svaret är skickat och registrerat som {sent.record}.")
            return redirect("members:message", message_id)
    elif not form.is_bound and found.direction == MessageDirection.IN and policies.may_answer(request.user):
        mark_read([found], actor=user_of(request))
    return _page(request, _found(request, message_id), answer_form=form)


@keeps_text
@roles(*policies.ANSWERERS)
@require_POST
def settle_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Adopt a correction, say that it is done, or decline it."""
    found = _found(request, message_id)
    form = _settle_form(found, request.POST)
    if form.is_valid():
        values = form.cleaned_data
        settlement = Settlement(
            Verdict(values["verdict"]), values["submission"], values.get("value", ""), values["words"]
        )
        try:
            sent = settle(found, settlement, actor=user_of(request), expected_version=values["version"])
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Klart. Medlemmen har fått besked, registrerat som {sent.record}.")
            return redirect("members:message", message_id)
    return _page(request, _found(request, message_id), settle_form=form)


@roles(*policies.ANSWERERS)
@require_POST
def close_message(request: HttpRequest, message_id: int) -> HttpResponse:
    """Note that a message needs no answer."""
    found = _found(request, message_id)
    form = CloseForm(request.POST, auto_id="close_%s")
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            close_without_answer(
                found, form.cleaned_data["how"], actor=user_of(request), expected_version=version
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Meddelandet är klart.")
            return redirect("members:inbox")
    return _page(request, _found(request, message_id), close_form=form)


@keeps_text
@roles(*policies.ANSWERERS)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write to an organisation in the city's name."""
    membership = found_membership(public_id)
    form = AskForm(request.POST or None, initial={"submission": uuid4(), **kept_text(request)})
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        kind = MessageKind.QUESTION if values["is_question"] else MessageKind.MESSAGE
        try:
            written = Written(values["text"], values["submission"], kind=kind)
            sent = ask_organisation(membership.organisation, written, actor=user_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Skickat och registrerat som {sent.record}.")
            return redirect("members:tab", public_id, "meddelanden")
    context = frame(membership) | {"form": form, "title": "Skriv till organisationen"}
    context |= {"readers": _readers(membership.organisation)}
    return render(request, "members/messages/ask.html", context, status=422 if form.is_bound else 200)


def _found(request: HttpRequest, message_id: int) -> Message:
    """The message, if this person may read it. Raises Http404, or PermissionDenied for a conflict (L-17)."""
    try:
        found = message_with(message_id)
    except Message.DoesNotExist as error:
        raise Http404 from error
    policies.check_may_read(user_of(request), found)
    return found


def _page(
    request: HttpRequest,
    found: Message,
    *,
    answer_form: AnswerForm | None = None,
    settle_form: SettleForm | None = None,
    close_form: CloseForm | None = None,
) -> HttpResponse:
    bound = next((form for form in (answer_form, settle_form, close_form) if form and form.is_bound), None)
    incoming = found.direction == MessageDirection.IN
    may = policies.may_answer(request.user) and incoming
    waits = may and found.settled_at is None
    to_settle = waits and not policies.settles_by_answer(found)
    first = {"version": found.version}
    context = {
        "found": found,
        "label": label_of(found.fact),
        "stands_now": column_shown(found.organisation, found.fact) if can_adopt(found) else "",
        "answer_form": answer_form or AnswerForm(initial=_first(request, found)) if may else None,
        "settle_form": (settle_form or _settle_form(found, None)) if to_settle else None,
        "close_form": close_form or CloseForm(initial=first, auto_id="close_%s")
        if waits and not to_settle
        else None,
        "wrong": bound,
        "readers": _readers(found.organisation),
    }
    return render(request, "members/messages/message.html", context, status=422 if bound else 200)


def _settle_form(found: Message, data: Any) -> SettleForm:
    initial = {"submission": uuid4(), "version": found.version, "value": found.proposed}
    return SettleForm(
        data,
        initial=initial,
        auto_id="settle_%s",
        adopts=can_adopt(found),
        leaving=found.kind == MessageKind.LEAVING,
        member=is_member(found.organisation),
    )


def _first(request: HttpRequest, found: Message) -> dict[str, Any]:
    return {"submission": uuid4(), "version": found.version, **kept_text(request)}


def _readers(organisation: Organisation) -> int:
    """How many can read what we write, signed in."""
    return organisation.contact_persons.filter(valid_to=None, user__is_active=True).count()
