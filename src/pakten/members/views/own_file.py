"""A member's own file: where things stand, what the city knows, changing and correcting it, leaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.members import own_file_export
from pakten.members.forms.messages import CorrectionForm, LeaveForm
from pakten.members.forms.own_file import OwnCardForm, OwnContactForm
from pakten.members.models import MessageKind, State
from pakten.members.own_file_sections import everything_known, find_fact
from pakten.members.policies.own_file import CONTACTS, contacts_held_by
from pakten.members.queries import own_file
from pakten.members.services.messages import Written, write_to_city
from pakten.members.views.kept_text import keeps_text
from pakten.members.views.own import fresh, own_contact, own_frame
from pakten.organisations.facts import OWN_CARD, ContactFacts, FactSource
from pakten.organisations.refusals import Refused
from pakten.organisations.services import change_contact, change_own_card

_FILES = {
    "excel": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("json", "application/json; charset=utf-8"),
}


@roles(*CONTACTS)
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The one organisation, or a choice between several; a word of explanation where there is none."""
    held = contacts_held_by(request.user)
    if len(held) == 1:
        return redirect("members:own_start", held[0].organisation.public_id)
    return render(request, "members/own/choose.html", {"held": held})


@roles(*CONTACTS)
@require_GET
def start(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where things stand in plain words, what there is to do, and the next dates."""
    contact = own_contact(request, public_id)
    context = own_frame(request, contact, tab="members:own_start")
    context |= {"standing": own_file.standing(contact.organisation)}
    return render(request, "members/own/start.html", context)


@roles(*CONTACTS)
@require_GET
def facts(request: HttpRequest, public_id: str) -> HttpResponse:
    """Everything that the city holds, with source and date."""
    contact = own_contact(request, public_id)
    context = own_frame(request, contact, tab="members:own_facts")
    context |= {"sections": everything_known(contact.organisation), "own_columns": OWN_CARD}
    return render(request, "members/own/facts.html", context)


@roles(*CONTACTS)
@require_http_methods(["GET", "POST"])
def edit_card(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what the organisation changes itself."""
    contact = own_contact(request, public_id)
    organisation = contact.organisation
    initial = {name: getattr(organisation, name) for name in (*OWN_CARD, "version")}
    form = OwnCardForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            change_own_card(
                organisation,
                form.cleaned_data,
                actor=user_of(request),
                source=_from_itself(),
                expected_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Uppgifterna är sparade. Vi ser att de kommer från er.")
            return redirect("members:own_facts", public_id)
    return _form(request, own_frame(request, contact), form=form, title="Ändra era uppgifter")


@roles(*CONTACTS)
@require_http_methods(["GET", "POST"])
def edit_contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change one's own details."""
    contact = own_contact(request, public_id)
    initial = {name: getattr(contact, name) for name in ("name", "title", "phone", "version")}
    form = OwnContactForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            _change_own_contact(request, public_id, found=form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Dina uppgifter är sparade.")
            return redirect("members:own_facts", public_id)
    about = f"Du loggar in med {contact.email}. Vill du byta adress, skriv till oss."
    context = own_frame(request, contact) | {"about": about}
    return _form(request, context, form=form, title="Ändra dina uppgifter")


@keeps_text
@roles(*CONTACTS)
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, public_id: str, *, key: str) -> HttpResponse:
    """Say that a fact is wrong, and what it should be."""
    contact = own_contact(request, public_id)
    found = find_fact(contact.organisation, key)
    if found is None or not found[1].key:
        raise Http404
    section, fact = found
    form = CorrectionForm(request.POST or None, initial=fresh(request))
    if form.is_bound and form.is_valid():
        column = key if section.slug == "organisationen" else f"{fact.label}: {fact.value}"
        written = Written(kind=MessageKind.CORRECTION, fact=column, **form.cleaned_data)
        if done := _write(request, public_id, written=written, form=form):
            return done
    about = f"{fact.label}: {fact.value}." + (f" Källa: {fact.source}." if fact.source else "")
    context = own_frame(request, contact) | {"about": about, "notice": True, "button": "Skicka rättelsen"}
    return _form(request, context, form=form, title="Rätta en uppgift")


@keeps_text
@roles(*CONTACTS)
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask to leave the network: told what follows, and registered at once."""
    contact = own_contact(request, public_id)
    membership = own_file.latest_membership(contact.organisation)
    if membership is None or membership.state == State.ENDED:
        messages.info(request, "Organisationen är inte medlem, så det finns inget att lämna.")
        return redirect("members:own_start", public_id)
    form = LeaveForm(request.POST or None, initial=fresh(request))
    if form.is_bound and form.is_valid():
        written = Written(kind=MessageKind.LEAVING, **form.cleaned_data)
        if done := _write(request, public_id, written=written, form=form):
            return done
    about = (
        "Er begäran registreras i vårt diarium. En handläggare avslutar sedan medlemskapet och ni får "
        "besked. Till dess är ni medlemmar. Ni kan söka igen senare."
    )
    context = own_frame(request, contact) | {"about": about, "notice": True, "button": "Begär utträde"}
    return _form(request, context, form=form, title="Lämna nätverket")


@roles(*CONTACTS)
@require_GET
def download(request: HttpRequest, public_id: str, *, form: str) -> HttpResponse:
    """All that we hold, as one file."""
    contact = own_contact(request, public_id)
    if form not in _FILES:
        raise Http404
    suffix, content_type = _FILES[form]
    make = own_file_export.workbook if form == "excel" else own_file_export.as_json
    response = HttpResponse(make(contact.organisation), content_type=content_type)
    name = f"staden-vet-{timezone.localdate():%Y-%m-%d}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _write(
    request: HttpRequest, public_id: str, *, written: Written, form: forms.Form
) -> HttpResponse | None:
    """Send it to the city; the next page, or None where it was refused."""
    contact = own_contact(request, public_id)
    try:
        sent = write_to_city(contact.organisation, written, actor=user_of(request))
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return None
    messages.success(request, f"Vi har tagit emot det. Det är registrerat som {sent.record}.")
    return redirect("members:own_messages", public_id)


def _change_own_contact(request: HttpRequest, public_id: str, *, found: dict[str, Any]) -> None:
    contact = own_contact(request, public_id)
    wanted = ContactFacts(found["name"], found["title"], contact.email, found["phone"], contact.is_main)
    change_contact(
        contact,
        wanted,
        actor=user_of(request),
        source=_from_itself(),
        expected_version=found["version"],
    )


def _from_itself() -> FactSource:
    return FactSource("Organisationen själv", timezone.now())


def _form(request: HttpRequest, context: dict[str, Any], *, form: forms.Form, title: str) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "members/own/form.html", context | {"form": form, "title": title}, status=status)
