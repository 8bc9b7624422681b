"""Persons and owners, added and ended from a member's page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.members import policies
from pakten.members.forms import PersonForm, StakeForm
from pakten.members.views.member import found_membership, frame
from pakten.organisations import services
from pakten.organisations.facts import FactSource, PersonFacts, StakeFacts
from pakten.organisations.models import KnownPerson, Organisation, OwnershipStake, OwnerType, PersonRole
from pakten.organisations.queries import by_number
from pakten.organisations.refusals import Refused


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def add_person(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form for a person with a role."""

    def store(organisation: Organisation, values: dict[str, Any]) -> None:
        facts = PersonFacts(values["name"], PersonRole(values["role"]), values["birth_date"])
        source = FactSource(values["source"], timezone.now())
        services.add_known_person(organisation, facts, actor=user_of(request), source=source)

    form = PersonForm(request.POST or None)
    return _add(request, public_id, form=form, store=store, tab="personer", title="Lägg till person")


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def add_owner(request: HttpRequest, public_id: str) -> HttpResponse:
    """The form for an owner's share; an owner that we have a record of is tied to it by its number."""

    def store(organisation: Organisation, values: dict[str, Any]) -> None:
        source = FactSource(values.pop("source"), timezone.now())
        owner_type = OwnerType(values.pop("owner_type"))
        owner = by_number(values["owner_org_nr"]) if owner_type is OwnerType.ORGANISATION else None
        facts = StakeFacts(owner_type, owner=owner, **values)
        services.add_ownership_stake(organisation, facts, actor=user_of(request), source=source)

    form = StakeForm(request.POST or None)
    return _add(request, public_id, form=form, store=store, tab="agare", title="Lägg till ägare")


@roles(*policies.WRITERS)
@require_POST
def end_person(request: HttpRequest, public_id: str, *, fact_id: int) -> HttpResponse:
    """Note that a person no longer has the role."""
    rows = KnownPerson.objects.select_related("organisation")
    row = get_object_or_404(rows, pk=fact_id, organisation__public_id=public_id)
    _end(request, row, end=services.end_known_person)
    return redirect("members:tab", public_id, "personer")


@roles(*policies.WRITERS)
@require_POST
def end_owner(request: HttpRequest, public_id: str, *, fact_id: int) -> HttpResponse:
    """Note that an owner no longer has the share."""
    rows = OwnershipStake.objects.select_related("asset")
    row = get_object_or_404(rows, pk=fact_id, asset__public_id=public_id)
    _end(request, row, end=services.end_ownership_stake)
    return redirect("members:tab", public_id, "agare")


def _add(
    request: HttpRequest,
    public_id: str,
    *,
    form: forms.Form,
    store: Callable[[Organisation, dict[str, Any]], None],
    tab: str,
    title: str,
) -> HttpResponse:
    membership = found_membership(public_id)
    if request.method == "POST" and form.is_valid():
        try:
            store(membership.organisation, dict(form.cleaned_data))
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("members:tab", public_id, tab)
    context = frame(membership) | {"form": form, "title": title}
    return render(request, "members/edit.html", context, status=422 if form.is_bound else 200)


def _end(request: HttpRequest, row: KnownPerson | OwnershipStake, *, end: Callable[..., None]) -> None:
    try:
        end(row, on=timezone.localdate(), actor=user_of(request), reason="Avslutad på medlemmens sida")
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Uppgiften är avslutad från och med i dag. Den finns kvar som historik.")
