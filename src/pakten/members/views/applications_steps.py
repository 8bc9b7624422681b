"""What is done on an application's page: each address is one step, and leads back to the page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.core.acts import act, carried_out
from pakten.members.forms import applications as f
from pakten.members.models import Application, ApplicationOutcome, ApplicationState
from pakten.members.policies import applications as policies
from pakten.members.queries import applications as queries
from pakten.members.services import applications as services
from pakten.members.services.applications import Found, Proposal, Ruling
from pakten.members.views.applications_page import show
from pakten.members.views.asking import found_application


@roles(*policies.HANDLERS)
@require_POST
def start(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the application, if nobody has, and begin the control."""
    found, version = found_application(request, public_id), version_in(request)
    act(
        request,
        "Kontrollen har börjat.",
        service=lambda: services.start_control(found, actor=user_of(request), expected_version=version),
    )
    return redirect("members:application", public_id)


@roles(*policies.HANDLERS)
@require_POST
def assign(request: HttpRequest, public_id: str) -> HttpResponse:
    """Give the application to somebody."""
    found = found_application(request, public_id)
    form = f.AssignForm(request.POST, handlers=queries.handlers())

    def service() -> None:
        services.assign(
            found,
            form.cleaned_data["handler"],
            actor=user_of(request),
            expected_version=form.cleaned_data["version"],
        )

    return _done(request, found, name="assign_form", form=form, service=service, done="Handläggaren är bytt.")


@roles(*policies.HANDLERS)
@require_POST
def complete(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask the organisation for what is missing."""
    found = found_application(request, public_id)
    form = f.CompletionForm(request.POST)

    def service() -> None:
        values = form.cleaned_data
        facts = services.CompletionFacts(form.missing(), values["message"], values["answer_by"])
        services.ask_completion(found, facts, actor=user_of(request), expected_version=values["version"])

    done = "Begäran om komplettering är skickad."
    return _done(request, found, name="completion_form", form=form, service=service, done=done)


@roles(*policies.HANDLERS)
@require_POST
def finish(request: HttpRequest, public_id: str) -> HttpResponse:
    """End the control and propose, in one step."""
    found = found_application(request, public_id)
    form = f.FinishForm(request.POST)

    def service() -> None:
        values = form.cleaned_data
        services.finish_and_propose(
            found,
            Found(values["has_deviation"] == "ja", values["summary"]),
            proposal=_proposal(form),
            actor=user_of(request),
            expected_version=values["version"],
        )

    done = "Kontrollen är sparad och beslutet föreslaget."
    return _done(request, found, name="finish_form", form=form, service=service, done=done)


@roles(*policies.HANDLERS)
@require_POST
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Propose a decision."""
    found = found_application(request, public_id)
    form = f.ProposeForm(request.POST)

    def service() -> None:
        version = form.cleaned_data["version"]
        services.propose(found, _proposal(form), actor=user_of(request), expected_version=version)

    done = "Förslaget är lämnat till den som beslutar."
    return _done(request, found, name="propose_form", form=form, service=service, done=done)


@roles(*policies.DECIDERS)
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide."""
    found = found_application(request, public_id)
    form = f.DecideForm(request.POST)

    def service() -> None:
        values = form.cleaned_data
        ruling = Ruling(ApplicationOutcome(values["outcome"]), reasons=values["reasons"], note=values["note"])
        services.decide_application(
            found,
            ruling,
            actor=user_of(request),
            submission=values["submission"],
            expected_version=values["version"],
        )

    return _done(request, found, name="decide_form", form=form, service=service, done="")


@roles(*policies.HANDLERS)
@require_POST
def back(request: HttpRequest, public_id: str) -> HttpResponse:
    """One step back, or a lapsed application taken up again."""
    found = found_application(request, public_id)
    form = f.BackForm(request.POST)
    lapsed = found.state == ApplicationState.LAPSED
    step = services.take_up_lapsed if lapsed else services.return_to_control

    def service() -> None:
        values = form.cleaned_data
        step(found, actor=user_of(request), expected_version=values["version"], reason=values["reason"])

    done = "Ansökan är upptagen igen." if lapsed else "Ärendet har gått tillbaka ett steg."
    return _done(request, found, name="back_form", form=form, service=service, done=done)


@roles(*policies.HANDLERS)
@require_POST
def adopt(request: HttpRequest, public_id: str, *, column: str) -> HttpResponse:
    """Take a fact over to the organisation's card."""
    found, version = found_application(request, public_id), version_in(request)
    act(
        request,
        "Uppgiften är överförd, med ansökan som källa.",
        service=lambda: services.adopt(
            found, column, actor=user_of(request), expected_organisation_version=version
        ),
    )
    return redirect(f"{_address(found)}#skickat")


def _proposal(form: Form) -> Proposal:
    values = form.cleaned_data
    return Proposal(ApplicationOutcome(values["outcome"]), values["reasons"], values["note"])


def _done(
    request: HttpRequest,
    found: Application,
    *,
    name: str,
    form: Form,
    service: Callable[[], None],
    done: str,
) -> HttpResponse:
    if not carried_out(form, service):
        return show(request, found_application(request, found.public_id), forms_shown={name: form})
    messages.success(request, done or _decided(found.public_id))
    return redirect(_address(found))


def _decided(public_id: str) -> str:
    now = queries.application_of(public_id)
    if queries.waiting_decision(now) is not None:
        return "Beslutet väntar på att en andra person håller med."
    return "Beslutet gäller och beskedet är på väg."


def _address(found: Application) -> str:
    return reverse("members:application", args=[found.public_id])
