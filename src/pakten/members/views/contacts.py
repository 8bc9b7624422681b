"""Contact persons, kept from a member's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.members import policies
from pakten.members.forms.contacts import ContactForm
from pakten.members.views.member import found_membership, frame
from pakten.organisations import services
from pakten.organisations.facts import ContactFacts, FactSource
from pakten.organisations.models import ContactPerson
from pakten.organisations.refusals import Refused
from pakten.records.words import one_line

TAB = "kontakter"


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def add_contact(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form for a new contact."""
    organisation = found_membership(public_id).organisation

    def store(facts: ContactFacts, source: FactSource, **_: Any) -> None:
        services.add_contact(organisation, facts, actor=user_of(request), source=source)

    return _form(request, public_id, form=ContactForm(request.POST or None), store=store)


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def edit_contact(request: HttpRequest, public_id: str, *, contact_id: int) -> HttpResponse:
    """The form for a contact that we have."""
    contact = _contact(public_id, contact_id)
    names = ("version", "name", "title", "email", "phone", "is_main")
    form = ContactForm(request.POST or None, initial={name: getattr(contact, name) for name in names})

    def store(facts: ContactFacts, source: FactSource, *, version: int) -> None:
        services.change_contact(
            contact, facts, actor=user_of(request), source=source, expected_version=version
        )

    return _form(request, public_id, form=form, store=store)


@roles(*policies.WRITERS)
@require_POST
def invite_contact(request: HttpRequest, public_id: str, *, contact_id: int) -> HttpResponse:
    """Let the contact sign in, and mail how."""
    contact = _contact(public_id, contact_id)
    done = f"{contact.name} kan nu logga in. Ett mejl om hur är på väg."
    return _act(request, public_id, done=done, service=services.invite_contact, contact=contact)


@roles(*policies.WRITERS)
@require_POST
def inform_contact(request: HttpRequest, public_id: str, *, contact_id: int) -> HttpResponse:
    """Mail the contact that we keep the details."""
    contact = _contact(public_id, contact_id)
    done = f"Ett mejl till {contact.name} om vad vi sparar är på väg."
    return _act(request, public_id, done=done, service=services.inform_contact, contact=contact)


@roles(*policies.WRITERS)
@require_POST
def end_contact(request: HttpRequest, public_id: str, *, contact_id: int) -> HttpResponse:
    """Note that the contact has left: the account no longer opens the organisation's file."""
    contact = _contact(public_id, contact_id)

    def end(row: ContactPerson, **given: Any) -> None:
        reason = one_line(request.POST.get("reason", ""), 300) or "Har slutat"
        services.end_contact(row, on=timezone.localdate(), reason=reason, **given)

    done = f"{contact.name} är inte längre kontaktperson och ser inte organisationens uppgifter."
    return _act(request, public_id, done=done, service=end, contact=contact)


def _contact(public_id: str, contact_id: int) -> ContactPerson:
    rows = ContactPerson.objects.select_related("organisation", "user")
    return get_object_or_404(rows, pk=contact_id, organisation__public_id=public_id)


def _form(
    request: HttpRequest, public_id: str, *, form: ContactForm, store: Callable[..., None]
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        values = dict(form.cleaned_data)
        version, source = values.pop("version"), FactSource(values.pop("source"), timezone.now())
        try:
            store(ContactFacts(**values), source, version=version)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Kontaktpersonen är sparad.")
            return redirect("members:tab", public_id, TAB)
    context = frame(found_membership(public_id)) | {"form": form, "title": "Kontaktperson"}
    return render(request, "members/edit.html", context, status=422 if form.is_bound else 200)


def _act(
    request: HttpRequest, public_id: str, *, done: str, service: Callable[..., object], contact: ContactPerson
) -> HttpResponse:
    try:
        service(contact, actor=user_of(request), expected_version=version_in(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect("members:tab", public_id, TAB)
