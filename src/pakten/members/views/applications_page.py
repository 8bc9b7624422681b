"""One application on one screen, and the forms on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.decisions.phrases import standard_reasons
from pakten.decisions.policies import READERS, sees_all
from pakten.members import application_panels as panels
from pakten.members.application_next import STEPS, Todo, next_for, step_of
from pakten.members.deadlines import deadlines, due
from pakten.members.forms import applications as f
from pakten.members.models import Application, ApplicationOutcome, ApplicationState
from pakten.members.policies import applications as policies
from pakten.members.queries import applications as queries
from pakten.members.services.applications import APPLICATION_EFFECTS
from pakten.members.views.asking import found_application

_S = ApplicationState
MAY_COMPLETE = (_S.REGISTERED, _S.IN_CONTROL, _S.CONTROL_DONE)
MAY_GO_BACK = (_S.CONTROL_DONE, _S.PROPOSED)


@roles(*policies.APPLICATION_READERS)
@require_GET
def application(request: HttpRequest, public_id: str) -> HttpResponse:
    """The application's page."""
    return show(request, found_application(request, public_id))


def show(
    request: HttpRequest, found: Application, *, forms_shown: Mapping[str, forms.Form] | None = None
) -> HttpResponse:
    """The page with these forms as they were filled in; 422 where one of them was sent and not taken."""
    shown = dict(forms_shown or {})
    faulty = next(iter(shown.values()), None)
    overtaken = faulty is not None and _renew(faulty, found.version)
    context = frame(request, found) | _forms(found, shown)
    context |= {"faulty": faulty, "overtaken": overtaken, "panels": _panels(request, found)}
    return render(request, "members/applications/application.html", context, status=422 if shown else 200)


def _renew(form: forms.Form, version: int) -> bool:
    """Was the form about an older version? It can be sent again, now that its page shows the new one."""
    if form.data.get("version") == str(version):
        return False
    assert isinstance(form.data, QueryDict)
    renewed = form.data.copy()
    renewed["version"] = str(version)
    form.data = renewed
    return True


def frame(request: HttpRequest, found: Application) -> dict[str, Any]:
    """The head of the page and what is to be done."""
    user = user_of(request)
    # Read with the application: mostly none waits, and then there is nothing more to ask.
    waiting = queries.waiting_decision(found) if getattr(found, "awaits_second", True) else None
    coming = next_for(found, user, waiting=waiting)
    may_handle = policies.may_handle(user)
    return {
        "application": found,
        "organisation": found.organisation,
        "steps": STEPS,
        "step": step_of(found),
        "ball": queries.BALL_WORDS[queries.Ball(_annotated(found).ball)],
        "next": coming,
        "waiting": waiting,
        "returned": queries.returned_decision(found) if found.state == _S.CONTROL_DONE else None,
        "late": bool(found.due_on and found.state in queries.OPEN and found.due_on < timezone.localdate()),
        "may_handle": may_handle,
        # A proposal is a working paper until it is decided (L-04).
        "sees_proposal": bool(found.proposed) and policies.may_read_proposals(user),
        "sees_drafts": sees_all(user),
        "reads_decisions": has_role(user, *READERS),
        "own_control": panels.find(panels.CONTROL) is None,
        "may_complete": may_handle and found.state in MAY_COMPLETE,
        "may_go_back": may_handle and found.state in MAY_GO_BACK and waiting is None,
        "may_assign": may_handle and not policies.has_ended(found),
        "may_propose_too": coming.todo == Todo.DECIDE and may_handle and found.state == _S.CONTROL_DONE,
        "list_url": reverse("members:applications"),
    }


def _forms(found: Application, shown: dict[str, forms.Form]) -> dict[str, Any]:
    version = {"version": found.version}
    outcome = found.proposed or (ApplicationOutcome.ACCEPT if found.has_deviation is False else "")
    words = {"reasons": found.proposal_reasons, "note": found.proposal_note}
    people = queries.handlers()
    made: dict[str, Callable[[], forms.Form]] = {
        "assign_form": lambda: f.AssignForm(initial=version | {"handler": found.handler_id}, handlers=people),
        "propose_form": lambda: f.ProposeForm(initial=version | {"outcome": outcome}),
        "finish_form": lambda: f.FinishForm(initial=version),
        "decide_form": lambda: f.DecideForm(
            initial=version | words | {"outcome": outcome, "submission": uuid4()}
        ),
        "back_form": lambda: f.BackForm(initial=version),
        "completion_form": lambda: f.CompletionForm(
            initial=version | {"answer_by": due(deadlines().completion)}
        ),
    }
    phrases = dict.fromkeys(
        phrase for effect in APPLICATION_EFFECTS.values() for phrase in standard_reasons(effect.kind)
    )
    return {name: shown.get(name) or make() for name, make in made.items()} | {"phrases": list(phrases)}


def _panels(request: HttpRequest, found: Application) -> list[dict[str, Any]]:
    parts = []
    for panel in panels.PANELS:
        if not has_role(request.user, *panel.roles):
            continue
        context = dict(panel.context(request, found))
        if context.pop("hidden", False):
            continue
        context |= {"application": found, "organisation": found.organisation}
        html = render_to_string(panel.template, context, request)
        parts.append({"slug": panel.slug, "label": panel.label, "aside": panel.aside, "html": html})
    return parts


def _annotated(found: Application) -> Any:
    return found
