"""Ending, resting and resuming: the member's own wish, or a proposal that a person decides."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.decisions.models import State as DecisionState
from pakten.decisions.policies import may_decide
from pakten.members.forms.ending import DecideForm, LeaveForm, ProposeForm, WithdrawForm
from pakten.members.models import MatterKind, MatterState, Membership, MembershipMatter
from pakten.members.policies import ending as policies
from pakten.members.queries import matters as queries
from pakten.members.services import membership_ending as services
from pakten.members.views.member import found_membership, frame
from pakten.organisations.refusals import Refused
from pakten.records.policies import check_no_conflict
from pakten.records.refusals import RecordsRefused


@roles(*policies.PROPOSERS)
@require_http_methods(["GET", "POST"])
def ending(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page "Avsluta eller pausa", and the proposal sent from it."""
    membership = found_membership(public_id)
    form = ProposeForm(request.POST or None, membership=membership)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.propose_matter(
                membership,
                form.facts(),
                actor=user_of(request),
                expected_version=form.cleaned_data["version"],
            )
        except (Refused, RecordsRefused) as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Förslaget är lämnat till den som beslutar.")
            return redirect("members:matter", made.pk)
    return _page(request, membership, propose_form=form)


@roles(*policies.PROPOSERS)
@require_POST
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """The member itself wishes to leave."""
    membership = found_membership(public_id)
    form = LeaveForm(request.POST, membership=membership)
    if form.is_valid():
        version = form.cleaned_data["version"]
        try:
            services.leave(membership, form.leaving(), actor=user_of(request), expected_version=version)
        except (Refused, RecordsRefused) as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Medlemskapet är avslutat. Ett besked är på väg till medlemmen.")
            return redirect("members:member", public_id)
    return _page(request, membership, leave_form=form)


@roles(*policies.MATTER_READERS)
@require_GET
def matter(request: HttpRequest, matter_id: int) -> HttpResponse:
    """One matter: what is proposed, by whom, and what was decided."""
    return _matter_page(request, _found(request, matter_id))


@roles(*policies.DECIDERS)
@require_POST
def decide(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Decide as proposed."""
    found, form = _found(request, matter_id), DecideForm(request.POST)
    submission = form.cleaned_data["submission"] if form.is_valid() else None
    try:
        made = services.decide_matter(found, actor=user_of(request), submission=submission)
    except (Refused, RecordsRefused) as refusal:
        messages.error(request, refusal.sentence)
        return redirect("members:matter", matter_id)
    waits = made.state == DecisionState.AWAITING_SECOND
    done = "Beslutet väntar på en andra person." if waits else "Beslutet gäller. Medlemmen får ett brev."
    messages.success(request, done)
    return redirect("decisions:decision", made.public_id)


@roles(*policies.PROPOSERS)
@require_POST
def withdraw(request: HttpRequest, matter_id: int) -> HttpResponse:
    """Take the proposal back."""
    found, form = _found(request, matter_id), WithdrawForm(request.POST)
    if not form.is_valid():
        return _matter_page(request, found, withdraw_form=form)
    values = form.cleaned_data
    try:
        services.withdraw_matter(
            found, actor=user_of(request), reason=values["reason"], expected_version=values["version"]
        )
    except (Refused, RecordsRefused) as refusal:
        form.add_error(None, refusal.sentence)
        return _matter_page(request, found, withdraw_form=form)
    messages.success(request, "Förslaget är återtaget. Medlemskapet är som det var.")
    return redirect("members:matter", matter_id)


def _found(request: HttpRequest, matter_id: int) -> MembershipMatter:
    found = get_object_or_404(queries.matters(), pk=matter_id)
    check_no_conflict(user_of(request), found.case)
    return found


def _page(
    request: HttpRequest,
    membership: Membership,
    *,
    propose_form: ProposeForm | None = None,
    leave_form: LeaveForm | None = None,
) -> HttpResponse:
    bound = next((form for form in (propose_form, leave_form) if form is not None and form.is_bound), None)
    context = frame(membership) | {
        "bound": bound,
        "propose_form": propose_form or ProposeForm(None, membership=membership),
        "leave_form": leave_form or LeaveForm(None, membership=membership),
        "open_matter": queries.open_matter(membership),
    }
    return render(request, "members/ending/page.html", context, status=422 if bound else 200)


def _matter_page(
    request: HttpRequest, found: MembershipMatter, *, withdraw_form: WithdrawForm | None = None
) -> HttpResponse:
    user, waits = user_of(request), found.state == MatterState.PROPOSED
    kind = policies.LEADS_TO[MatterKind(found.kind)][1]
    decisions = list(queries.decisions_in(found))
    undecided = waits and not any(each.state == DecisionState.AWAITING_SECOND for each in decisions)
    context: dict[str, Any] = frame(found.membership) | {
        "matter": found,
        "decisions": decisions,
        "may_decide": undecided and may_decide(user, kind, on=timezone.localdate()),
        "may_withdraw": undecided and has_role(user, *policies.PROPOSERS),
        "decide_form": DecideForm(None),
        "withdraw_form": withdraw_form or WithdrawForm(initial={"version": found.version}),
    }
    return render(request, "members/ending/matter.html", context, status=422 if withdraw_form else 200)
