"""Pledge campaigns, for staff: prepared, sent, followed, closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.core.downloads import table_download
from pakten.core.row_numbers import row_number
from pakten.members.campaign_export import write_recipients
from pakten.members.campaign_pages import followed_page, preview_page
from pakten.members.forms.campaigns import (
    AddressForm,
    CampaignForm,
    MoveForm,
    NewCampaignForm,
    NotedForm,
    RecipientFilter,
)
from pakten.members.models import Campaign, CampaignFigure, CampaignState, PledgeText, Recipient, TextState
from pakten.members.policies import texts as policies
from pakten.members.queries import PAGE_SIZE
from pakten.members.queries import campaigns as queries
from pakten.members.services import campaigns as services
from pakten.members.services.campaign_moving import move_last_day
from pakten.members.services.campaign_sending import send_to_other_address
from pakten.members.services.pledge_answers import note_answer
from pakten.organisations.refusals import Refused
from pakten.records.policies import check_no_conflict


@roles(*policies.TEXT_READERS)
@require_GET
def campaign_list(request: HttpRequest) -> HttpResponse:
    """All campaigns, latest first."""
    page = Paginator(queries.campaigns(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"page": page, "may_campaign": policies.may_campaign(request.user)}
    return render(request, "members/campaigns/list.html", context)


@roles(*policies.CAMPAIGNERS)
@require_http_methods(["GET", "POST"])
def new_campaign(request: HttpRequest) -> HttpResponse:
    """The form for a new campaign, filled in for the text that the address names."""
    texts = PledgeText.objects.filter(state=TextState.PUBLISHED).order_by("-valid_from", "-number", "kind")
    wanted = request.GET.get("text", "")
    chosen = texts.filter(pk=row_number(wanted)).first()
    chosen = chosen or texts.first()
    if chosen is None:
        messages.error(request, "Det finns ingen fastställd text att intyga. Fastställ en först.")
        return redirect("members:texts")
    initial = asdict(services.suggested(chosen, today=timezone.localdate())) | {"text": chosen.pk}
    form = NewCampaignForm(request.POST or None, texts=texts, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.draft_campaign(form.cleaned_data["text"], form.facts(), actor=user_of(request))
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("members:campaign", made.pk)
    context = {"form": form, "title": "Ny intygandeomgång"}
    return render(request, "members/campaigns/form.html", context, status=422 if form.is_bound else 200)


@roles(*policies.CAMPAIGNERS)
@require_http_methods(["GET", "POST"])
def revise_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The form for a campaign that is not sent."""
    found = _campaign(request, campaign_id)
    initial = {name: getattr(found, name) for name in (*services.CampaignFacts.__slots__, "version")}
    form = CampaignForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> None:
        version = values["version"] or 0
        services.revise_campaign(found, form.facts(), actor=user_of(request), expected_version=version)

    return _save(request, found, form=form, save=save, title="Ändra omgången")


@roles(*policies.CAMPAIGNERS)
@require_http_methods(["GET", "POST"])
def move_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Give the members more time."""
    found = _campaign(request, campaign_id)
    form = MoveForm(request.POST or None, initial={"version": found.version})

    def save(values: dict[str, Any]) -> None:
        move_last_day(
            found,
            form.days(),
            actor=user_of(request),
            reason=values["reason"],
            expected_version=values["version"],
        )

    return _save(request, found, form=form, save=save, title="Ge medlemmarna mer tid")


@roles(*policies.TEXT_READERS)
@require_GET
def campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """A campaign: before it is sent, what would go to whom; afterwards, how the members stand."""
    found = _campaign(request, campaign_id)
    is_draft = found.state == CampaignState.DRAFT
    context = preview_page(found) if is_draft else followed_page(found)
    context |= {"found": found, "may_campaign": policies.may_campaign(request.user)}
    page = "preview" if is_draft else "followed"
    return render(request, f"members/campaigns/{page}.html", context)


@roles(*policies.CAMPAIGNERS)
@require_POST
def open_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Send it to everybody."""
    return _act(request, campaign_id, act=services.open_campaign, done="Omgången är öppnad. Breven skickas.")


@roles(*policies.CAMPAIGNERS)
@require_POST
def close_campaign(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """End it."""
    return _act(request, campaign_id, act=services.close_campaign, done="Omgången är avslutad.")


@roles(*policies.CAMPAIGNERS)
@require_POST
def keep_figure(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """Keep the counts of this moment."""
    try:
        services.keep_figure(_campaign(request, campaign_id), actor=user_of(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Siffrorna är sparade som de är nu.")
    return redirect("members:campaign", campaign_id)


@roles(*policies.TEXT_READERS)
@require_GET
def kept_figure(request: HttpRequest, figure_id: int) -> HttpResponse:
    """Whom counts that were kept counted, as it was then; ``svar`` names one kind of answer."""
    try:
        found = queries.kept_figure(figure_id)
    except CampaignFigure.DoesNotExist as error:
        raise Http404("Det finns ingen sådan räkning.") from error
    _open_to(request, found.campaign)
    reply = request.GET.get("svar", "")
    page = Paginator(queries.counted_in(found, reply), PAGE_SIZE).get_page(request.GET.get("page"))
    label = queries.Reply(reply).label if reply in set(queries.Reply) else "tillfrågade"
    return render(request, "members/campaigns/kept.html", {"found": found, "page": page, "label": label})


@roles(*policies.TEXT_READERS)
@require_GET
def recipients(request: HttpRequest, campaign_id: int) -> HttpResponse:
    """The recipients that the address describes."""
    found = _campaign(request, campaign_id)
    form = RecipientFilter(request.GET)
    page = Paginator(queries.recipients(found, form.filters()), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "found": found,
        "form": form,
        "page": page,
        "rows": [(row, queries.reply_of(row)) for row in page],
        "total": found.recipients.count(),
        "filtered": any(request.GET.get(name) for name in form.fields),
        "may_campaign": policies.may_campaign(request.user) and found.state == CampaignState.OPEN,
        "address": request.GET.urlencode(),
    }
    return render(request, "members/campaigns/recipients.html", context)


@roles(*policies.TEXT_READERS)
@require_GET
def export_recipients(request: HttpRequest, campaign_id: int, *, form: str) -> HttpResponse:
    """The same recipients as a file."""
    found = _campaign(request, campaign_id)
    rows = queries.recipients(found, RecipientFilter(request.GET).filters())
    return table_download(
        f"intyganden-{found.pk}", form, write=lambda target, kind: write_recipients(target, rows, form=kind)
    )


@roles(*policies.CAMPAIGNERS)
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, recipient_id: int) -> HttpResponse:
    """Note an answer that came by telephone or in another way."""
    row = _recipient(request, recipient_id)
    form = NotedForm(request.POST or None)

    def save(values: dict[str, Any]) -> None:
        note_answer(row, form.given(), actor=user_of(request), reason=values["reason"])

    return _save(request, row.campaign, form=form, save=save, title=f"Notera svar från {_name(row)}")


@roles(*policies.CAMPAIGNERS)
@require_http_methods(["GET", "POST"])
def readdress(request: HttpRequest, recipient_id: int) -> HttpResponse:
    """Ask at another address."""
    row = _recipient(request, recipient_id)
    form = AddressForm(request.POST or None, initial={"version": row.version, "email": row.email})

    def save(values: dict[str, Any]) -> None:
        send_to_other_address(
            row, values["email"], actor=user_of(request), expected_version=values["version"]
        )

    return _save(request, row.campaign, form=form, save=save, title=f"Fråga {_name(row)} på en annan adress")


def _save(
    request: HttpRequest,
    found: Campaign,
    *,
    form: forms.Form,
    save: Callable[[dict[str, Any]], None],
    title: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Sparat.")
            return redirect("members:campaign", found.pk)
    context = {"form": form, "title": title, "found": found}
    return render(request, "members/campaigns/form.html", context, status=422 if form.is_bound else 200)


def _act(request: HttpRequest, campaign_id: int, *, act: Callable[..., None], done: str) -> HttpResponse:
    try:
        act(_campaign(request, campaign_id), actor=user_of(request), expected_version=version_in(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, done)
    return redirect("members:campaign", campaign_id)


def _campaign(request: HttpRequest, campaign_id: int) -> Campaign:
    """Raises Http404, and PermissionDenied with a conflict of interest in the campaign's case (L-17)."""
    try:
        found = queries.campaign(campaign_id)
    except Campaign.DoesNotExist as error:
        raise Http404("Det finns ingen sådan omgång.") from error
    return _open_to(request, found)


def _open_to(request: HttpRequest, found: Campaign) -> Campaign:
    if found.case is not None:
        check_no_conflict(user_of(request), found.case)
    return found


def _recipient(request: HttpRequest, recipient_id: int) -> Recipient:
    try:
        found = queries.recipient(recipient_id)
    except Recipient.DoesNotExist as error:
        raise Http404("Det finns ingen sådan mottagare.") from error
    _open_to(request, found.campaign)
    return found


def _name(row: Recipient) -> str:
    return row.membership.organisation.legal_name
