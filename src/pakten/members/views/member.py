"""One member's page, and the changes made there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import check_role, has_role
from pakten.members import policies, queries, services, tabs
from pakten.members.forms import MembershipForm, OrganisationForm
from pakten.members.member_banners import banners_of
from pakten.members.models import CollectiveAgreement, Membership
from pakten.members.policies.ending import PROPOSERS
from pakten.organisations.facts import EDITABLE, FactSource
from pakten.organisations.models import Organisation
from pakten.organisations.queries import standing
from pakten.organisations.refusals import Refused
from pakten.organisations.services import change_organisation


@roles(*policies.READERS)
@require_GET
def member(request: HttpRequest, public_id: str, *, slug: str = "") -> HttpResponse:
    """The member's page, opened at one of its tabs."""
    if (kept := kept_instead(public_id)) is not None:
        return redirect(*filter(None, ["members:tab" if slug else "members:member", kept.public_id, slug]))
    membership = found_membership(public_id)
    tab = tabs.find(slug)
    if tab is None:
        raise Http404
    check_role(user_of(request), *tab.roles)
    context = frame(membership) | {
        "tab": tab,
        "tabs": [
            _link(each, membership, current=tab) for each in tabs.TABS if has_role(request.user, *each.roles)
        ],
        "may_write": policies.may_write(request.user),
        "may_end": has_role(request.user, *PROPOSERS),
        "member_banners": banners_of(request, membership),
        **tab.context(request, membership),
    }
    return render(request, "members/member.html", context)


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def edit_organisation(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form for the organisation's card."""
    membership = found_membership(public_id)
    organisation = membership.organisation
    initial = {name: getattr(organisation, name) for name in (*EDITABLE, "version")}
    # A sole trader's number is a personal number: it goes in here, and never comes out.
    initial["org_nr"] = "" if organisation.sole_trader else organisation.org_nr_shown
    form = OrganisationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(
                organisation,
                form.changes(),
                actor=user_of(request),
                source=FactSource(what=form.cleaned_data["source"], recorded_at=timezone.now()),
                expected_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Uppgifterna är sparade.")
            return redirect("members:member", public_id)
    context = frame(membership) | {"form": form, "title": "Ändra uppgifter"}
    return render(request, "members/edit.html", context, status=_status(form))


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def edit_membership(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form for the collective agreement."""
    membership = found_membership(public_id)
    initial = {name: getattr(membership, name) for name in ("version", "collective_agreement")}
    form = MembershipForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_agreement(
                membership,
                CollectiveAgreement(form.cleaned_data["collective_agreement"]),
                actor=user_of(request),
                reason=form.cleaned_data["reason"],
                expected_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Uppgiften om kollektivavtal är sparad.")
            return redirect("members:member", public_id)
    context = frame(membership) | {"form": form, "title": "Ändra kollektivavtal"}
    return render(request, "members/edit.html", context, status=_status(form))


def kept_instead(public_id: str) -> Organisation | None:
    """The record that stands for the one in an address, where that one was merged into another."""
    gone = Organisation.objects.filter(public_id=public_id).exclude(merged_into=None).first()
    return standing(gone) if gone else None


def found_membership(public_id: str) -> Membership:
    """The membership in an address. Raises Http404."""
    try:
        return queries.membership_of(public_id)
    except Membership.DoesNotExist as error:
        raise Http404("Det finns ingen medlem med den adressen.") from error


def frame(membership: Membership) -> dict[str, Any]:
    """What every page of a member shows."""
    return {"membership": membership, "organisation": membership.organisation}


def _link(tab: tabs.Tab, membership: Membership, *, current: tabs.Tab) -> dict[str, Any]:
    parts = [membership.organisation.public_id, *filter(None, [tab.slug])]
    url = reverse("members:tab" if tab.slug else "members:member", args=parts)
    return {"label": tab.label, "url": url, "current": tab == current}


def _status(form: OrganisationForm | MembershipForm) -> int:
    return 422 if form.is_bound else 200
