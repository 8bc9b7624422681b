"""The pages where a member's place in the open list is changed: by the city, and by the member itself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.core.acts import carried_out
from pakten.members import policies
from pakten.members.forms.publishing import OwnPublishingForm, PublishingForm
from pakten.members.models import Membership, State
from pakten.members.policies.own_file import CONTACTS
from pakten.members.queries import own_file
from pakten.members.services.publishing import choose_published, set_published
from pakten.members.views.member import found_membership, frame
from pakten.members.views.own import own_contact, own_frame

ABOUT = (
    "Medlemsförteckningen är öppen för alla och visar organisationens namn och sektor, aldrig nummer "
    "eller personer. "
    "Medlemskapet i sig är en allmän uppgift: den som frågar får veta det."
)


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def published(request: HttpRequest, public_id: str) -> HttpResponse:
    """The city changes whether the member is named in the open list."""
    membership = found_membership(public_id)
    form = PublishingForm(request.POST or None, membership=membership)

    def service() -> None:
        found = form.cleaned_data
        set_published(
            membership,
            form.wanted(),
            actor=user_of(request),
            reason=found["reason"],
            expected_version=found["version"],
        )

    if form.is_bound and carried_out(form, service):
        messages.success(request, _done(form))
        return redirect("members:member", public_id)
    context = frame(membership) | {"form": form, "title": "Medlemsförteckningen", "about": ABOUT}
    return render(request, "members/edit.html", context, status=422 if form.is_bound else 200)


@roles(*CONTACTS)
@require_http_methods(["GET", "POST"])
def own_published(request: HttpRequest, public_id: str) -> HttpResponse:
    """The member itself chooses."""
    contact = own_contact(request, public_id)
    membership = own_file.latest_membership(contact.organisation)
    if membership is None or membership.state == State.ENDED:
        messages.info(request, "Organisationen är inte medlem och står därför inte i listan.")
        return redirect("members:own_facts", public_id)
    form = OwnPublishingForm(request.POST or None, membership=membership)
    if form.is_bound and carried_out(form, lambda: _choose(request, membership, form=form)):
        messages.success(request, _done(form))
        return redirect("members:own_facts", public_id)
    context = own_frame(request, contact) | {"form": form, "title": "Medlemsförteckningen", "about": ABOUT}
    return render(request, "members/own/form.html", context, status=422 if form.is_bound else 200)


def _choose(request: HttpRequest, membership: Membership, *, form: OwnPublishingForm) -> None:
    version = form.cleaned_data["version"]
    choose_published(membership, form.wanted(), actor=user_of(request), expected_version=version)


def _done(form: OwnPublishingForm) -> str:
    if form.wanted():
        return "Organisationen står i medlemsförteckningen."
    return "Organisationen står inte längre i medlemsförteckningen."
