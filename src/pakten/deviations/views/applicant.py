"""What an applicant says of what was found, behind the application's secret link (L-40)."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from pakten.accounts.access import public
from pakten.core.acts import carried_out
from pakten.deviations import services
from pakten.deviations.forms_own import OwnCommentForm
from pakten.deviations.models import Deviation
from pakten.deviations.own_file import shown_to_organisation
from pakten.deviations.queries.deviations import seen_by_organisation
from pakten.members.applying import wording
from pakten.members.models import Application
from pakten.members.views.applicant import TOO_MANY, Link, of_link, take
from pakten.members.views.apply_step import onward


@public
@require_http_methods(["GET", "POST"])
@of_link
def comment(request: HttpRequest, link: Link, *, deviation_id: str) -> HttpResponse:
    """Comment on one deviation of the application."""
    application = link.draft.application
    if application is None:
        return onward(link)
    deviation = _found(application, deviation_id)
    posted = request.method == "POST"
    form = OwnCommentForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"submission": uuid4()},
    )
    if form.is_bound and form.is_valid() and not take(request, "svara"):
        form.add_error(None, TOO_MANY)
    said = form.said(application.contact_name) if form.is_bound and form.is_valid() else None
    if said and carried_out(form, lambda: services.comment_as_applicant(deviation, application, said=said)):
        messages.success(request, "Vi har tagit emot era synpunkter. De är registrerade i vårt diarium.")
        return link.to("application")
    context = {
        "link": link,
        "form": form,
        "wording": wording,
        "shown": shown_to_organisation(deviation),
        "organisation_name": application.organisation_name,
    }
    return render(request, "deviations/applicant/comment.html", context, status=422 if form.is_bound else 200)


def _found(application: Application, deviation_id: str) -> Deviation:
    rows = seen_by_organisation(application.organisation).filter(application=application)
    try:
        return rows.select_related("organisation", "case").get(public_id=deviation_id)
    except Deviation.DoesNotExist as error:
        raise Http404("Det finns ingen avvikelse med den adressen.") from error
