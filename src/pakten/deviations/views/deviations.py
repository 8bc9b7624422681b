"""One deviation on one page, with the forms for what may be done; and noting a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.models import User
from pakten.accounts.policies import has_role
from pakten.core.acts import carried_out
from pakten.decisions.models import State as DecisionState
from pakten.decisions.phrases import standard_reasons
from pakten.decisions.policies import may_decide, may_look
from pakten.decisions.queries.decisions import decisions_about
from pakten.deviations import forms as f
from pakten.deviations import policies, services
from pakten.deviations.evidence_sources import copy_of
from pakten.deviations.forms_new import NewForm, first_values
from pakten.deviations.models import AGAINST, DECIDED_AS, Deviation, Level, Proposal, ProposalState
from pakten.deviations.next_steps import first_thing, steps_of
from pakten.deviations.queries.waiting import unread_comments
from pakten.deviations.services.hearing import first_answer_by
from pakten.deviations.views.asking import found_deviation
from pakten.members.deadlines import deadlines, due
from pakten.members.models import Application
from pakten.members.views.asking import found_application, found_organisation
from pakten.organisations.models import Organisation
from pakten.records.policies import may_read_files


@roles(*policies.READERS)
@require_GET
def deviation(request: HttpRequest, public_id: str) -> HttpResponse:
    """The deviation's page."""
    return show(request, found_deviation(request, public_id))


@roles(*policies.HANDLERS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note something about an organisation."""
    return _new(request, found_organisation(public_id), application=None)


@roles(*policies.HANDLERS)
@require_http_methods(["GET", "POST"])
def new_for_application(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note something about an applicant, in its case."""
    application = found_application(request, public_id)
    return _new(request, application.organisation, application=application)


def show(
    request: HttpRequest, found: Deviation, *, forms_shown: Mapping[str, forms.Form] | None = None
) -> HttpResponse:
    """The page with these forms as they were filled in; 422 where one of them was sent and not taken."""
    shown = dict(forms_shown or {})
    faulty = next(iter(shown.values()), None)
    overtaken = faulty is not None and _renew(faulty, found.version)
    context = frame(request, found)
    context |= page_forms(found, context["proposal"]) | shown
    context |= {"faulty": faulty, "overtaken": overtaken}
    return render(request, "deviations/deviation.html", context, status=422 if shown else 200)


def frame(request: HttpRequest, found: Deviation) -> dict[str, Any]:
    """What the page tells, and what this person may do."""
    user = user_of(request)
    proposal = found.proposals.filter(state=ProposalState.PROPOSED).select_related("proposed_by").first()
    waiting = _waiting(proposal)
    decides = proposal is not None and waiting is None and _may_decide(user, proposal)
    may_handle = policies.may_handle(user)
    hearings = list(found.hearings.all())
    has_unread = unread_comments().filter(deviation=found).exists()
    return {
        "deviation": found,
        "organisation": found.organisation,
        "is_member": found.organisation.memberships.exists(),
        "proposal": proposal,
        "waiting": waiting,
        "returned": _returned(proposal) if waiting is None else None,
        "may_look": waiting is not None and may_look(user, waiting),
        "may_decide": decides,
        "may_handle": may_handle,
        "may_withdraw": may_handle and proposal is not None and waiting is None,
        "may_dispose": has_role(user, *policies.DISPOSERS) and found.level in policies.DISPOSABLE,
        "kept": [each for each in found.evidence.all() if not each.disposal_decision],
        "todo": first_thing(
            found,
            is_proposed=proposal is not None,
            may_decide=decides,
            may_handle=may_handle,
            has_unread=has_unread,
        ),
        "too_early": _too_early(found, proposal),
        "steps": steps_of(found),
        "hearings": hearings,
        "waits_for_answer": any(each.state == "waiting" for each in hearings),
        "comments": list(found.comments.all()),
        "history": list(found.history.all()),
        "has_unread": has_unread,
        "may_read_files": may_read_files(user),
        "rests_on_likeness": any(each.kind == "likeness" for each in found.evidence.all()),
        "today": timezone.localdate(),
    }


def page_forms(found: Deviation, proposal: Proposal | None) -> dict[str, Any]:
    """The forms of the page, fresh."""
    version, steps = {"version": found.version}, steps_of(found)
    names = ("seriousness", "assessment", "follow_up_on")
    assessed = {name: getattr(found, name) for name in names}
    told = {
        "text": f"{found.title}\n\n{found.description}",
        "answer_by": max(due(deadlines().completion), first_answer_by()),
    }
    kinds = [DECIDED_AS[Level(found.level), Level(value)] for value, _words in steps.proposed]
    return {
        "assess_form": f.AssessForm(initial=version | assessed),
        "step_form": f.StepForm(initial=version, steps=steps.alone),
        "propose_form": f.ProposeForm(initial=version, steps=steps.proposed, unheard=policies.unheard(found)),
        "withdraw_form": f.WithdrawForm(initial={"version": proposal.version if proposal else 0}),
        "decide_form": f.DecideForm(initial={"submission": uuid4()}),
        "tell_form": f.TellForm(initial=version | told),
        "comment_form": f.CommentForm(initial={"submission": uuid4()}),
        "evidence_form": f.EvidenceForm(initial=version | {"fetched_on": timezone.localdate()}),
        "dispose_form": f.DisposeForm(initial=version),
        "phrases": list(dict.fromkeys(words for kind in kinds for words in standard_reasons(kind))),
    }


def _too_early(found: Deviation, proposal: Proposal | None) -> str:
    """Why the proposal can't be decided yet: the organisation has time left to answer; else empty."""
    if proposal is None or proposal.urgent or proposal.level_to not in AGAINST:
        return ""
    return policies.unheard(found)


def _waiting(proposal: Proposal | None) -> Any:
    """The decision about the proposal that waits for a second person."""
    if proposal is None:
        return None
    found = decisions_about(policies.SUBJECT, str(proposal.pk))
    return found.filter(state=DecisionState.AWAITING_SECOND).first()


def _returned(proposal: Proposal | None) -> Any:
    """The newest decision about the proposal, where a second person sent it back."""
    if proposal is None:
        return None
    found = decisions_about(policies.SUBJECT, str(proposal.pk))
    return found.filter(state=DecisionState.RETURNED).select_related("second_by").first()


def _may_decide(user: User, proposal: Proposal) -> bool:
    kind = DECIDED_AS[Level(proposal.level_from), Level(proposal.level_to)]
    return proposal.proposed_by_id != user.pk and may_decide(user, kind, on=timezone.localdate())


def _renew(form: forms.Form, version: int) -> bool:
    """Was the form about an older version? It can be sent again, now that its page shows the new one."""
    if "version" not in form.fields or form.data.get("version") == str(version):
        return False
    assert isinstance(form.data, QueryDict)
    renewed = form.data.copy()
    renewed["version"] = str(version)
    form.data = renewed
    return True


def _new(
    request: HttpRequest, organisation: Organisation, *, application: Application | None
) -> HttpResponse:
    policies.check_open_to(user_of(request), organisation)
    reference = (request.POST if request.method == "POST" else request.GET).get("underlag", "")
    copy = copy_of(reference, organisation)
    form = NewForm(request.POST or None, initial=first_values(request.GET.dict(), copy))
    made: list[Deviation] = []

    def service() -> None:
        found, copies = form.found(application, copy), [copy] if copy else []
        actor = user_of(request)
        if form.is_confirmed:
            assessment = form.assessment_made()
            made.append(
                services.note_and_confirm(
                    organisation, found, assessment=assessment, actor=actor, copies=copies
                )
            )
        else:
            made.append(services.note(organisation, found, actor=actor, copies=copies))

    if form.is_bound and carried_out(form, service):
        messages.success(request, f"Det är antecknat som {made[0].get_level_display()}.")
        return redirect("deviations:deviation", made[0].public_id)
    context = {
        "form": form,
        "organisation": organisation,
        "application": application,
        "reference": reference if copy else "",
        "copy": copy,
        "back": _back(organisation, application),
    }
    return render(request, "deviations/new.html", context, status=422 if form.is_bound else 200)


def _back(organisation: Organisation, application: Application | None) -> str:
    if application is not None:
        return reverse("members:application", args=[application.public_id])
    if organisation.memberships.exists():
        return reverse("members:tab", args=[organisation.public_id, "avvikelser"])
    return reverse("deviations:list")
