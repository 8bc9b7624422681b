"""What a member's contact sees of deviations in the own file, and comments on (L-40)."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.core.acts import carried_out
from pakten.deviations import services
from pakten.deviations.forms_own import OwnCommentForm
from pakten.deviations.models import Deviation
from pakten.deviations.own_file import TAB, shown_to_organisation
from pakten.deviations.queries.deviations import seen_by_organisation
from pakten.members.policies.own_file import CONTACTS
from pakten.members.views.kept_text import keeps_text
from pakten.members.views.own import fresh, own_contact, own_frame
from pakten.organisations.models import Organisation


@roles(*CONTACTS)
@require_GET
def own_deviations(request: HttpRequest, public_id: str) -> HttpResponse:
    """All that the city has confirmed or written about."""
    contact = own_contact(request, public_id)
    found = [shown_to_organisation(each) for each in seen_by_organisation(contact.organisation)]
    context = own_frame(request, contact, tab=TAB.address) | {"found": found}
    return render(request, "deviations/own/list.html", context)


@keeps_text
@roles(*CONTACTS)
@require_http_methods(["GET", "POST"])
def own_comment(request: HttpRequest, public_id: str, *, deviation_id: str) -> HttpResponse:
    """One of them, and what the organisation says of it."""
    contact = own_contact(request, public_id)
    deviation = _found(contact.organisation, deviation_id)
    posted = request.method == "POST"
    form = OwnCommentForm(
        request.POST if posted else None, request.FILES if posted else None, initial=fresh(request)
    )
    if form.is_bound and carried_out(
        form,
        lambda: services.comment_as_member(deviation, form.said(str(contact.name)), actor=user_of(request)),
    ):
        messages.success(request, "Vi har tagit emot era synpunkter. De är registrerade i vårt diarium.")
        return redirect("deviations:own_comment", public_id, deviation_id)
    context = own_frame(request, contact, tab=TAB.address)
    context |= {"form": form, "shown": shown_to_organisation(deviation)}
    return render(request, "deviations/own/comment.html", context, status=422 if form.is_bound else 200)


def _found(organisation: Organisation, deviation_id: str) -> Deviation:
    rows = seen_by_organisation(organisation).select_related("organisation", "case")
    try:
        return rows.get(public_id=deviation_id)
    except Deviation.DoesNotExist as error:
        raise Http404("Det finns ingen avvikelse med den adressen.") from error
