"""The one page on which a member answers: by the secret link, or signed in.

The secret stands in the address. Answers are not stored anywhere on the way, and other sites never see the
address: ``strict-origin`` lets no path out. (``no-referrer`` would also take the origin from the form that
is sent, and the protection against forged forms needs it.)
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_http_methods

from pakten.accounts.access import public, roles
from pakten.accounts.asking import user_of
from pakten.accounts.models import Role
from pakten.accounts.throttle import address_of
from pakten.members.forms.campaigns import ConfirmForm, WrongPersonForm
from pakten.members.models import Answer, Recipient, TextKind
from pakten.members.queries import campaigns as queries
from pakten.members.queries.texts import last_pledge
from pakten.members.services import pledge_answers as services
from pakten.organisations.queries import standing
from pakten.organisations.refusals import Refused
from pakten.records import throttle

TOO_MANY = "Det har kommit många svar från din plats. Det du skrev finns kvar. Försök igen om en timme."
View = Callable[..., HttpResponse]


def _secret_page(view: View) -> View:
    """Keep the page out of every cache and its address out of every link."""

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return kept


@public
@require_http_methods(["GET", "POST"])
@_secret_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Read the text and answer, or see what was answered."""
    found = queries.recipient_by_secret(token)
    if found is None:
        return _unknown(request)
    return _page(request, found, answer=lambda given: services.answer_by_link(found, given), token=token)


@roles(Role.MEMBER_CONTACT)
@require_http_methods(["GET", "POST"])
@_secret_page
def answer_signed_in(request: HttpRequest, recipient_id: int) -> HttpResponse:
    """The same page for a contact person who is signed in; only for the own organisation."""
    user = user_of(request)
    try:
        found = queries.recipient(recipient_id)
    except Recipient.DoesNotExist as error:
        raise Http404("Det finns ingen sådan fråga.") from error
    if not services.is_contact(user, standing(found.membership.organisation)):
        raise Http404("Det finns ingen sådan fråga.")
    return _page(request, found, answer=lambda given: services.answer_signed_in(found, given, actor=user))


@public
@require_http_methods(["GET", "POST"])
@_secret_page
def wrong_person(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever got the link says so, and whom to ask instead."""
    found = queries.recipient_by_secret(token)
    if found is None:
        return _unknown(request)
    if closed := _closed(found, by_link=False):
        return _ended(request, found, why=closed)
    form = WrongPersonForm(request.POST or None, initial={"submission": uuid4()})
    status, told = 200, False
    if form.is_bound:
        status = 422
        if form.is_valid():
            if throttle.take(f"intyga {address_of(request)}"):
                found_form = form.cleaned_data
                services.report_wrong_person(found, found_form["text"], submission=found_form["submission"])
                status, told = 200, True
            else:
                form.add_error(None, TOO_MANY)
                status = 429
    context = _frame(found) | {"form": form, "told": told, "token": token}
    return render(request, "members/confirm/wrong_person.html", context, status=status)


def _page(
    request: HttpRequest,
    found: Recipient,
    *,
    answer: Callable[[services.Given], Recipient],
    token: str = "",
) -> HttpResponse:
    if found.answer != Answer.NONE:
        return render(request, "members/confirm/answered.html", _frame(found))
    if closed := _closed(found, by_link=bool(token)):
        return _ended(request, found, why=closed)
    signed_in = str(request.user) if request.user.is_authenticated and not token else ""
    form = ConfirmForm(request.POST or None, initial={"shown": found.campaign.text.sha256, "name": signed_in})
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            if throttle.take(f"intyga {address_of(request)}"):
                if _answered(form, answer):
                    return redirect(request.path)
            else:
                form.add_error(None, TOO_MANY)
                status = 429
    organisation = standing(found.membership.organisation)
    earlier = last_pledge(organisation, TextKind(found.campaign.text.kind))
    context = _frame(found) | {"form": form, "earlier": earlier, "token": token}
    return render(request, "members/confirm/page.html", context, status=status)


def _answered(form: ConfirmForm, answer: Callable[[services.Given], Recipient]) -> bool:
    try:
        answer(form.given())
    except Refused as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True


def _closed(found: Recipient, *, by_link: bool) -> str:
    """Why the page takes no answers; empty where it does."""
    today = timezone.localdate()
    try:
        services.check_takes_answers(found.campaign, today=today)
        if by_link:
            services.check_link_holds(found, today=today)
    except services.NotOpen as refusal:
        return refusal.sentence
    return ""


def _ended(request: HttpRequest, found: Recipient, *, why: str) -> HttpResponse:
    context = _frame(found) | {"why": why}
    return render(request, "members/confirm/ended.html", context, status=410)


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "members/confirm/unknown.html", status=404)


def _frame(found: Recipient) -> dict[str, Any]:
    return {
        "found": found,
        "organisation": found.membership.organisation,
        "campaign": found.campaign,
        "text": found.campaign.text,
    }
