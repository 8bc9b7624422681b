"""Registering an application that came by e-mail or on paper."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.core.refusals import Refusal
from pakten.members.forms.applications_by_hand import ByHandForm
from pakten.members.models import Application, Channel, Identified
from pakten.members.policies import applications as policies
from pakten.members.services.applications_by_hand import OnPaper, register_by_hand
from pakten.members.services.pledging import Speaker
from pakten.organisations.models import Sector
from pakten.organisations.services.received import StatedContact, StatedFacts
from pakten.records.services import NewFile


@roles(*policies.REGISTERERS)
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """The form, and the application as it is stored."""
    initial = {"submission": uuid4(), "received_on": timezone.localdate(), "channel": Channel.MAIL}
    sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if sent else (None, None)
    form = ByHandForm(data, files, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            made = _register(request, form)
        except Refusal as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"Ansökan är registrerad som {made.record}.")
            return redirect("members:application", made.public_id)
    status = 422 if form.is_bound else 200
    return render(request, "members/applications/by_hand.html", {"form": form}, status=status)


def _register(request: HttpRequest, form: ByHandForm) -> Application:
    found = form.cleaned_data
    paper = OnPaper(
        facts=StatedFacts(
            org_nr=found["org_nr"],
            legal_name=found["legal_name"],
            sector=Sector(found["sector"]),
            legal_form=found["legal_form"],
            place=found["place"],
            website=found["website"],
        ),
        contact=StatedContact(found["contact_name"], found["contact_title"], found["contact_email"]),
        speaker=Speaker(found["speaker_name"], found["speaker_role"], Identified.OFFICER),
        channel=Channel(found["channel"]),
        received_on=found["received_on"],
        submission=found["submission"],
    )
    return register_by_hand(paper, actor=user_of(request), files=NewFile.uploaded(found["uploads"]))
