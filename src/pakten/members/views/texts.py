"""The texts that members pledge themselves to: their versions, for staff and for everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import public, roles
from pakten.accounts.asking import user_of, version_in
from pakten.members.forms.texts import AsOfForm, PublishForm, WordsForm
from pakten.members.models import PledgeText, TextKind, TextState
from pakten.members.policies import texts as policies
from pakten.members.queries import PAGE_SIZE
from pakten.members.queries import texts as queries
from pakten.members.services import texts as services
from pakten.organisations.refusals import Refused

KINDS = {"mal": TextKind.GOALS, "vardegrund": TextKind.VALUES}


@roles(*policies.TEXT_READERS)
@require_GET
def text_list(request: HttpRequest) -> HttpResponse:
    """Every version of both texts."""
    today = timezone.localdate()
    kinds = [
        (slug, kind, list(queries.versions_of(kind)), queries.text_in_force(kind, as_of=today))
        for slug, kind in KINDS.items()
    ]
    return render(request, "members/texts/list.html", {"kinds": kinds} | _rights(request))


@roles(*policies.TEXT_READERS)
@require_GET
def text_page(request: HttpRequest, text_id: int) -> HttpResponse:
    """One version, and how it differs from the one before."""
    text = _text(text_id)
    today = timezone.localdate()
    context = {
        "text": text,
        "before": queries.version_before(text),
        "in_force": queries.text_in_force(TextKind(text.kind), as_of=today) == text,
        "ahead": bool(text.valid_from and text.valid_from > today),
        "pledges": text.pledges.count(),
    }
    return render(request, "members/texts/text.html", context | _rights(request))


@roles(*policies.TEXT_READERS)
@require_GET
def text_pledges(request: HttpRequest, text_id: int) -> HttpResponse:
    """Who has pledged this version, when and by whom."""
    text = _text(text_id)
    page = Paginator(queries.pledges_to(text), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "members/texts/pledges.html", {"text": text, "page": page})


@roles(*policies.DRAFTERS)
@require_POST
def draft_text(request: HttpRequest, kind: str) -> HttpResponse:
    """Begin a new version with the latest version's words."""
    if kind not in KINDS:
        raise Http404
    try:
        text = services.draft_text(KINDS[kind], actor=user_of(request))
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("members:texts")
    return redirect("members:revise_text", text.pk)


@roles(*policies.DRAFTERS)
@require_http_methods(["GET", "POST"])
def revise_text(request: HttpRequest, text_id: int) -> HttpResponse:
    """The form for a draft's words."""
    text = _text(text_id)
    initial = {"title": text.title, "body": text.body, "version": text.version}
    form = WordsForm(request.POST or None, initial=initial)

    def save(found: dict[str, Any]) -> None:
        words = services.Words(found["title"], found["body"])
        services.revise_text(text, words, actor=user_of(request), expected_version=found["version"])

    return _form(request, text, form=form, save=save, done="Utkastet är sparat.", page="revise")


@roles(*policies.PUBLISHERS)
@require_http_methods(["GET", "POST"])
def publish_text(request: HttpRequest, text_id: int) -> HttpResponse:
    """The form that puts a draft into force, with what it leads to."""
    text = _text(text_id)
    initial = {"valid_from": timezone.localdate(), "version": text.version}
    form = PublishForm(request.POST or None, initial=initial)

    def save(found: dict[str, Any]) -> None:
        publication = services.Publication(found["valid_from"], found["decided_by_paper"])
        services.publish_text(text, publication, actor=user_of(request), expected_version=found["version"])

    done = "Texten är fastställd. Den ändras inte mer."
    return _form(request, text, form=form, save=save, done=done, page="publish")


@roles(*policies.DRAFTERS)
@require_POST
def discard_text(request: HttpRequest, text_id: int) -> HttpResponse:
    """Put a draft aside."""
    text, version = _text(text_id), version_in(request)
    try:
        services.discard_text(text, actor=user_of(request), expected_version=version)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("members:text", text_id)
    messages.success(request, "Utkastet är kasserat.")
    return redirect("members:texts")


@public
@require_GET
def public_texts(request: HttpRequest) -> HttpResponse:
    """What is in force today, or was on another day; and the other versions with their days."""
    form = AsOfForm(request.GET if "den" in request.GET else None)
    as_of = form.chosen()
    parts = []
    for kind in TextKind:
        in_force = queries.text_in_force(kind, as_of=as_of)
        others = [each for each in queries.published(kind) if each != in_force]
        parts.append((kind, in_force, others))
    if not form.is_bound:
        form = AsOfForm(initial={"den": as_of})
    context = {"parts": parts, "as_of": as_of, "is_today": as_of == timezone.localdate(), "form": form}
    return render(request, "members/texts/public.html", context)


def _form(
    request: HttpRequest,
    text: PledgeText,
    *,
    form: WordsForm | PublishForm,
    save: Callable[[dict[str, Any]], None],
    done: str,
    page: str,
) -> HttpResponse:
    if text.state != TextState.DRAFT:
        messages.error(request, "Texten är inte längre ett utkast och går inte att ändra.")
        return redirect("members:text", text.pk)
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, done)
            return redirect("members:text", text.pk)
    context = {"text": text, "form": form, "before": queries.version_before(text)}
    status = 422 if form.is_bound else 200
    return render(request, f"members/texts/{page}.html", context | _rights(request), status=status)


def _rights(request: HttpRequest) -> dict[str, bool]:
    user = request.user
    return {
        "may_draft": policies.may_draft(user),
        "may_publish": policies.may_publish(user),
        "may_campaign": policies.may_campaign(user),
    }


def _text(text_id: int) -> PledgeText:
    return get_object_or_404(PledgeText.objects.select_related("made_by", "published_by"), pk=text_id)
