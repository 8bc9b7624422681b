"""What is done on a deviation's page: each address is one act, and leads back to the page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import submission_in, user_of
from pakten.core.acts import act, carried_out
from pakten.deviations import forms as f
from pakten.deviations import policies, services
from pakten.deviations.models import Deviation, Level, Proposal, ProposalState
from pakten.deviations.next_steps import steps_of
from pakten.deviations.services import Said, Telling
from pakten.deviations.views.asking import found_deviation
from pakten.deviations.views.deviations import show
from pakten.records.services import NewFile


@roles(*policies.HANDLERS)
@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """The observation is a deviation."""
    found, form = found_deviation(request, public_id), f.AssessForm(request.POST)

    def service() -> None:
        services.confirm(
            found,
            form.assessment_made(),
            actor=user_of(request),
            expected_version=form.cleaned_data["version"],
        )

    done = "Avvikelsen är bekräftad och finns i diariet."
    return _done(request, found, name="assess_form", form=form, service=service, done=done)


@roles(*policies.HANDLERS)
@require_POST
def assess(request: HttpRequest, public_id: str) -> HttpResponse:
    """Assess anew."""
    found, form = found_deviation(request, public_id), f.AssessForm(request.POST)

    def service() -> None:
        services.assess(
            found,
            form.assessment_made(),
            actor=user_of(request),
            expected_version=form.cleaned_data["version"],
        )

    return _done(
        request, found, name="assess_form", form=form, service=service, done="Bedömningen är sparad."
    )


@roles(*policies.HANDLERS)
@require_POST
def step(request: HttpRequest, public_id: str) -> HttpResponse:
    """A step that one officer takes."""
    found = found_deviation(request, public_id)
    form = f.StepForm(request.POST, steps=steps_of(found).alone)

    def service() -> None:
        values = form.cleaned_data
        services.step_alone(
            found,
            Level(values["level"]),
            actor=user_of(request),
            reason=values["reason"],
            expected_version=values["version"],
        )

    return _done(request, found, name="step_form", form=form, service=service, done="Steget är taget.")


@roles(*policies.HANDLERS)
@require_POST
def propose(request: HttpRequest, public_id: str) -> HttpResponse:
    """A step that another person decides."""
    found = found_deviation(request, public_id)
    form = f.ProposeForm(request.POST, steps=steps_of(found).proposed, unheard=policies.unheard(found))

    def service() -> None:
        values = form.cleaned_data
        services.propose_step(
            found,
            Level(values["level"]),
            actor=user_of(request),
            reasons=values["reasons"],
            expected_version=values["version"],
            urgent=values.get("urgent", ""),
        )

    done = "Förslaget är lämnat till den som beslutar."
    return _done(request, found, name="propose_form", form=form, service=service, done=done)


@roles(*policies.HANDLERS)
@require_POST
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take the proposal back."""
    found, form = found_deviation(request, public_id), f.WithdrawForm(request.POST)
    proposal = _proposal(found)

    def service() -> None:
        values = form.cleaned_data
        services.withdraw_step(
            proposal, actor=user_of(request), reason=values["reason"], expected_version=values["version"]
        )

    done = "Förslaget är återtaget. Avvikelsen är som den var."
    return _done(request, found, name="withdraw_form", form=form, service=service, done=done)


@roles(*policies.DECIDERS)
@require_POST
def decide(request: HttpRequest, public_id: str) -> HttpResponse:
    """Decide as proposed."""
    found = found_deviation(request, public_id)
    proposal, submission = _proposal(found), submission_in(request)
    act(
        request,
        "Beslutet är fattat.",
        service=lambda: services.decide_step(proposal, actor=user_of(request), submission=submission),
    )
    return redirect("deviations:deviation", public_id)


@roles(*policies.HANDLERS)
@require_POST
def tell(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write to the organisation."""
    found, form = found_deviation(request, public_id), f.TellForm(request.POST)

    def service() -> None:
        values = form.cleaned_data
        telling = Telling(values["text"], values["answer_by"])
        services.tell(found, telling, actor=user_of(request), expected_version=values["version"])

    done = "Brevet är på väg till organisationen."
    return _done(request, found, name="tell_form", form=form, service=service, done=done)


@roles(*policies.HANDLERS)
@require_POST
def register_comment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Register what the organisation said in another way."""
    found, form = found_deviation(request, public_id), f.CommentForm(request.POST, request.FILES)

    def service() -> None:
        values = form.cleaned_data
        files = tuple(NewFile(str(file.name), file) for file in values["uploads"])
        said = Said(values["text"], values["submission"], files, values["by"])
        services.register_comment(found, said, actor=user_of(request))

    done = "Synpunkterna är registrerade."
    return _done(request, found, name="comment_form", form=form, service=service, done=done)


@roles(*policies.HANDLERS)
@require_POST
def add_evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    """Add a look-up or a note."""
    found, form = found_deviation(request, public_id), f.EvidenceForm(request.POST, request.FILES)

    def service() -> None:
        version = form.cleaned_data["version"]
        services.add_evidence(found, form.attached(), actor=user_of(request), expected_version=version)

    return _done(
        request, found, name="evidence_form", form=form, service=service, done="Underlaget är tillagt."
    )


@roles(*policies.DISPOSERS)
@require_POST
def dispose(request: HttpRequest, public_id: str) -> HttpResponse:
    """Dispose of the copies under a dismissed deviation."""
    found, form = found_deviation(request, public_id), f.DisposeForm(request.POST)

    def service() -> None:
        values = form.cleaned_data
        services.dispose_copies(
            found, values["decision"], actor=user_of(request), expected_version=values["version"]
        )

    done = "Underlagen är gallrade. Källa, dag och kontrollsumma finns kvar."
    return _done(request, found, name="dispose_form", form=form, service=service, done=done)


def _proposal(found: Deviation) -> Proposal:
    """The newest proposal: where it is settled already, the service says so."""
    rows = found.proposals.select_related(
        "deviation__organisation", "deviation__case__series", "deviation__record__case", "proposed_by"
    )
    waiting = rows.filter(state=ProposalState.PROPOSED).first()
    newest = waiting or rows.first()
    if newest is None:
        raise Http404("Det finns inget förslag.")
    return newest


def _done(
    request: HttpRequest,
    found: Deviation,
    *,
    name: str,
    form: Form,
    service: Callable[[], None],
    done: str,
) -> HttpResponse:
    if not carried_out(form, service):
        return show(request, found_deviation(request, found.public_id), forms_shown={name: form})
    messages.success(request, done)
    return redirect("deviations:deviation", found.public_id)
