"""The public application: the first page, one page for each step, and the one that is read last."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from pakten.accounts.access import public
from pakten.accounts.asking import version_in
from pakten.letters.refusals import LettersRefused
from pakten.members.applying import steps, wording
from pakten.members.applying.filetypes import ALLOWED
from pakten.members.applying.refusals import AlreadySent, NotFree, NotWhole
from pakten.members.applying.writing import Attachment, sections, sector_in_words
from pakten.members.forms.apply import SectorForm
from pakten.members.forms.apply_fields import MailForm
from pakten.members.forms.apply_pledges import NO_TEXTS, STANDS_BEHIND, texts_now
from pakten.members.forms.apply_sector import FILE_PURPOSES
from pakten.members.services import applying
from pakten.members.views import apply_step
from pakten.members.views.applicant import TOO_MANY, Link, of_link, take, taken, unsent_only
from pakten.organisations.models import Sector
from pakten.organisations.refusals import ChangedMeanwhile, Refused

CHECK_AGAIN = "Ansökan ändrades i ett annat fönster. Läs igenom den igen innan du skickar."


@public
@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What the network is, what is needed at hand, what becomes of what is sent."""
    context = {
        "open": texts_now() is not None,
        "closed": NO_TEXTS,
        "wording": wording,
        "behind": STANDS_BEHIND,
        "days": settings.APPLICATION_DRAFT_DAYS,
        "contact": settings.CONTACT_EMAIL,
        "allowed": ALLOWED,
    }
    return render(request, "members/apply/start.html", context)


@public
@require_http_methods(["GET", "POST"])
def sector(request: HttpRequest) -> HttpResponse:
    """The first question; its answer starts a draft behind a link of its own."""
    if texts_now() is None:
        return redirect("apply:start")
    form = SectorForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if take(request, "start"):
            draft, token = applying.start_draft(Sector(form.cleaned_data["sector"]))
            return Link(token, draft).to("step", "nummer")
        form.add_error(None, TOO_MANY)
    context = {"form": form, "back": reverse("apply:start"), "new": True}
    return render(request, "members/apply/sector.html", context, status=422 if form.is_bound else 200)


@public
@require_http_methods(["GET", "POST"])
@of_link
@unsent_only
def change_sector(request: HttpRequest, link: Link) -> HttpResponse:
    """The first question again, for a draft."""
    draft = link.draft
    form = SectorForm(request.POST if request.method == "POST" else None, initial={"sector": draft.sector})
    if form.is_bound and form.is_valid():
        try:
            applying.change_sector(
                draft, Sector(form.cleaned_data["sector"]), expected_version=version_in(request)
            )
            return apply_step.onward(link)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
    context = {"form": form, "link": link, "draft_version": draft.version, "back": link.url("step", "nummer")}
    return render(request, "members/apply/sector.html", context, status=422 if form.is_bound else 200)


@public
@require_http_methods(["GET", "POST"])
@of_link
@unsent_only
def step(request: HttpRequest, link: Link, *, slug: str) -> HttpResponse:
    """One step; never one whose forerunners are not answered."""
    found = steps.step(link.draft.sector, slug)
    if found is None or not apply_step.reachable(link.draft, found):
        return apply_step.onward(link)
    if texts_now() is None:
        return redirect("apply:start")
    answer = apply_step.save if request.method == "POST" else apply_step.show
    return answer(request, link, found=found)


@public
@require_http_methods(["GET", "POST"])
@of_link
@unsent_only
def check(request: HttpRequest, link: Link) -> HttpResponse:
    """All answers to be read, and sent."""
    if steps.first_missing(link.draft) is not None:
        return apply_step.onward(link)
    if request.method == "POST":
        return _send(request, link)
    if not apply_step.pledge_is_current(link.draft):
        return _to_new_text(link)
    return _check_page(request, link)


def _send(request: HttpRequest, link: Link) -> HttpResponse:
    if not take(request, "skicka"):
        return _check_page(request, link, problem=TOO_MANY, status=429)
    try:
        applying.submit(link.draft, expected_version=version_in(request))
    except NotFree as refusal:
        return taken(request, link, standing=refusal.standing)
    except NotWhole as refusal:
        return _to_new_text(link) if refusal.slug == "intyganden" else link.to("step", refusal.slug)
    except ChangedMeanwhile:
        link.draft.refresh_from_db()
        if steps.first_missing(link.draft) is not None:
            return apply_step.onward(link)
        return _check_page(request, link, problem=CHECK_AGAIN, status=422)
    except Refused as refusal:
        return _check_page(request, link, problem=refusal.sentence, status=422)
    return link.to("application")


def _to_new_text(link: Link) -> HttpResponse:
    return redirect(f"{link.url('step', 'intyganden')}?ny=1")


def _check_page(request: HttpRequest, link: Link, *, problem: str = "", status: int = 200) -> HttpResponse:
    files = [
        Attachment(FILE_PURPOSES.get(file.purpose, "Bilaga"), file.original_name, file.sha256)
        for file in link.draft.files.all()
    ]
    context: dict[str, Any] = {
        "link": link,
        "sections": [
            {"step": each.step, "rows": each.rows, "url": link.url("step", each.step.slug)}
            for each in sections(link.draft, files)
        ],
        "sector": sector_in_words(link.draft.sector),
        "draft_version": link.draft.version,
        "problem": problem,
        "wording": wording,
        "overview": apply_step.overview(link, here=steps.CHECK),
        "number": len(steps.steps_for(link.draft.sector)) + 1,
        "back": link.url("step", "intyganden"),
    }
    return render(request, "members/apply/check.html", context, status=status)


@public
@require_http_methods(["GET", "POST"])
@of_link
def save_link(request: HttpRequest, link: Link) -> HttpResponse:
    """The link, to be kept; mailed to whoever wants it."""
    application = link.draft.application
    known = application.contact_email if application else link.draft.answers.get("kontakt", {}).get("email")
    form = MailForm(
        request.POST if request.method == "POST" else None, initial={"email": link.draft.email or known or ""}
    )
    address = request.build_absolute_uri(link.url("application"))
    context = {"form": form, "link": link, "address": address, "sent_to": ""}
    if form.is_bound and form.is_valid():
        if not take(request, "mejla"):
            form.add_error(None, TOO_MANY)
        else:
            try:
                applying.mail_link(link.draft, form.cleaned_data["email"], address=address)
                context["sent_to"] = form.cleaned_data["email"]
            except (LettersRefused, AlreadySent) as refusal:
                form.add_error("email", refusal.sentence)
    status = 422 if form.errors else 200
    return render(request, "members/apply/save.html", context, status=status)
