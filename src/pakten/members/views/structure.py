"""An organisation's group and places of work, changed from the member's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.members import policies
from pakten.members.forms.structure import BranchForm, ParentForm
from pakten.members.views.member import found_membership, frame
from pakten.organisations.facts import FactSource
from pakten.organisations.models import Branch
from pakten.organisations.refusals import Refused
from pakten.organisations.services.branches import BranchFacts, add_branch, end_branch
from pakten.organisations.services.groups import set_group_parent


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def parent(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form for the parent of the group."""
    membership = found_membership(public_id)
    organisation = membership.organisation
    first = {"version": organisation.version, "parent": organisation.group_parent or ""}
    form = ParentForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            set_group_parent(
                organisation,
                form.cleaned_data["parent"],
                actor=user_of(request),
                source=FactSource(form.cleaned_data["source"], timezone.now()),
                expected_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Koncernen är sparad.")
            return redirect("members:tab", public_id, "agare")
    context = frame(membership) | {"form": form, "title": "Ange moderorganisation"}
    return render(request, "members/edit.html", context, status=422 if form.is_bound else 200)


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def new_branch(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form for a place of work."""
    membership = found_membership(public_id)
    form = BranchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        source = FactSource(form.cleaned_data["source"], timezone.now())
        facts = BranchFacts(**form.facts())
        try:
            add_branch(membership.organisation, facts, actor=user_of(request), source=source)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("members:tab", public_id, "agare")
    context = frame(membership) | {"form": form, "title": "Lägg till arbetsställe"}
    return render(request, "members/edit.html", context, status=422 if form.is_bound else 200)


@roles(*policies.WRITERS)
@require_POST
def close_branch(request: HttpRequest, public_id: str, *, branch_id: int) -> HttpResponse:
    """Note that a place of work is no more."""
    rows = Branch.objects.select_related("organisation")
    row = get_object_or_404(rows, pk=branch_id, organisation__public_id=public_id)
    try:
        end_branch(row, on=timezone.localdate(), actor=user_of(request), reason="Avslutat på medlemmens sida")
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request, "Arbetsstället är avslutat från och med i dag, och finns kvar som historik."
        )
    return redirect("members:tab", public_id, "agare")
