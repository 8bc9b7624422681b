"""Showing and saving one step of the application; whatever goes wrong, what was typed stays on the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pakten.accounts.asking import version_in
from pakten.core.row_numbers import row_number
from pakten.members.applying import steps
from pakten.members.applying.filetypes import ACCEPT, ALLOWED, LARGEST
from pakten.members.applying.refusals import AlreadySent
from pakten.members.applying.steps import Step, form_of
from pakten.members.forms.apply import FIRST_DIGIT, digit_hint
from pakten.members.forms.apply_fields import StepForm
from pakten.members.forms.apply_pledges import STANDS_BEHIND, TEXT_CHANGED, texts_now
from pakten.members.models import ApplicationDraft
from pakten.members.queries.drafts import Standing, standing_of
from pakten.members.services import applying
from pakten.members.views.applicant import TOO_MANY, Link, take, taken
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.organisations.registers import RegisterFacts, example_number, look_up
from pakten.records.services import NewFile

CHANGED = (
    "Du har ändrat ansökan i ett annat fönster sedan du öppnade den här sidan. Det du skrev står kvar här "
    "nedanför men är inte sparat. Tryck på Spara och fortsätt om det är det som ska gälla."
)
FILES_MISSING = "Bifoga stadgar och protokoll, eller kryssa för att ni skickar dem senare."
# The names of the form's other buttons.
REMOVE, LATER = "ta_bort", "senare"


def onward(link: Link) -> HttpResponse:
    """To the first step without answer; when all are answered, to the page that is read before sending."""
    missing = steps.first_missing(link.draft)
    return link.to("check") if missing is None else link.to("step", missing.slug)


def overview(link: Link, *, here: str) -> list[dict[str, Any]]:
    """The steps beside the page: which are answered, which one this is, which can be opened."""
    draft, mine = link.draft, steps.steps_for(link.draft.sector)
    rows = [
        {
            "short": each.short,
            "here": each.slug == here,
            "done": each.slug in draft.answers,
            "url": link.url("step", each.slug) if reachable(draft, each) else "",
        }
        for each in mine
    ]
    whole = steps.first_missing(draft) is None
    last = {"short": "Kontrollera och skicka", "here": here == steps.CHECK, "done": False}
    return [*rows, last | {"url": link.url("check") if whole else ""}]


def reachable(draft: ApplicationDraft, found: Step) -> bool:
    """Is every step before this one answered?"""
    before = steps.steps_for(draft.sector)
    return all(each.slug in draft.answers for each in before[: before.index(found)])


def pledge_is_current(draft: ApplicationDraft) -> bool:
    """Was the pledge about the texts that are in force now?"""
    read, texts = draft.answers.get("intyganden", {}), texts_now() or {}
    return all(read.get(f"{kind.value}_sha256") == text.sha256 for kind, text in texts.items())


def show(request: HttpRequest, link: Link, *, found: Step) -> HttpResponse:
    """The step with what was answered before, or with what a register says."""
    facts = _from_register(link.draft, found)
    form = form_of(found, link.draft, initial=_filled_in(facts))
    return _page(request, link, found=found, form=form, more={"register": facts})


def save(request: HttpRequest, link: Link, *, found: Step) -> HttpResponse:
    """Keep the files, then the answers; on to the next step, or the same page with what is wrong."""
    try:
        refusals = _take_files(request, link, found=found)
        if REMOVE in request.POST:
            return _without_file(request, link, found=found)
        form = form_of(found, link.draft, data=request.POST)
        _note(form, link.draft, found=found, refusals=refusals)
        if form.is_valid() and found.slug == "nummer" and (answer := _held_up(request, link, form=form)):
            return answer
        if form.is_valid():
            version = version_in(request)
            applying.save_step(link.draft, found.slug, answers=form.answers(), expected_version=version)
            return link.to("save") if LATER in request.POST else onward(link)
    except AlreadySent:
        return link.to("application")
    except ChangedMeanwhile:
        form.add_error(None, CHANGED)
    return _page(request, link, found=found, form=form, status=422)


def _held_up(request: HttpRequest, link: Link, *, form: StepForm) -> HttpResponse | None:
    """The answer to a number that may not go on; None for one that may."""
    if not take(request, "nummer"):
        form.add_error(None, TOO_MANY)
        return None
    standing = standing_of(form.cleaned_data["org_nr"])
    return None if standing is Standing.FREE else taken(request, link, standing=standing)


def _note(form: StepForm, draft: ApplicationDraft, *, found: Step, refusals: list[str]) -> None:
    form.full_clean()
    for sentence in refusals:
        form.add_error(None, sentence)
    there = set(draft.files.values_list("purpose", flat=True)) if found.files else set()
    wanted = {purpose for purpose, _ in found.files}
    foundation = "foundation" in form.cleaned_data.get("democracy", ())
    if not refusals and wanted - there and not form.cleaned_data.get("files_later"):
        if foundation and "statutes" in there:
            return
        form.add_error("files_later" if "files_later" in form.fields else NON_FIELD_ERRORS, FILES_MISSING)


def _take_files(request: HttpRequest, link: Link, *, found: Step) -> list[str]:
    """Keep each file that can be kept; the sentences about those that can't."""
    refusals = []
    for purpose, _ in found.files:
        for file in request.FILES.getlist(f"fil_{purpose}"):
            try:
                applying.attach(link.draft, _new(file), purpose=purpose)
            except AlreadySent:
                raise
            except Refused as refusal:
                refusals.append(refusal.sentence)
    return refusals


def _new(file: UploadedFile[Any]) -> NewFile:
    return NewFile(str(file.name), file)


def _without_file(request: HttpRequest, link: Link, *, found: Step) -> HttpResponse:
    """Take one file away; what is typed and not yet saved stays on the page."""
    chosen = row_number(request.POST.get(REMOVE, ""))
    if chosen:
        applying.detach(link.draft, chosen)
    empty = form_of(found, link.draft)
    typed = {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name)
        for name, field in empty.fields.items()
    }
    form = found.form(of=link.draft, initial=typed)
    return _page(request, link, found=found, form=form)


def _from_register(draft: ApplicationDraft, found: Step) -> RegisterFacts | None:
    """What a register says of the number, until the step is answered."""
    if found.slug != "uppgifter" or found.slug in draft.answers:
        return None
    return look_up(draft.answers.get("nummer", {}).get("org_nr", ""))


def _filled_in(facts: RegisterFacts | None) -> dict[str, str]:
    if facts is None:
        return {}
    return {
        "legal_name": facts.legal_name,
        "legal_form": facts.legal_form.casefold(),
        "address": facts.address,
        "place": facts.place,
    }


def _page(
    request: HttpRequest,
    link: Link,
    *,
    found: Step,
    form: Form,
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    draft = link.draft
    mine = steps.steps_for(draft.sector)
    place = mine.index(found)
    back = link.url("step", mine[place - 1].slug) if place else link.url("change_sector")
    whole = steps.first_missing(draft) is None
    context = {
        "link": link,
        "overview": overview(link, here=found.slug),
        "step": found,
        "form": form,
        "draft_version": draft.version,
        "number": place + 1,
        "total": len(mine) + 1,
        "back": link.url("check") if whole else back,
        "whole": whole,
        "saved": found.slug in draft.answers,
        "partial": f"members/apply/steps/{found.slug}.html",
        "new_text": TEXT_CHANGED if "ny" in request.GET else "",
        "hint": _hint(draft, found),
    }
    whole_context = context | _of_step(draft, found) | (more or {})
    return render(request, "members/apply/step.html", whole_context, status=status)


def _of_step(draft: ApplicationDraft, found: Step) -> dict[str, Any]:
    """What only some steps show."""
    if found.files:
        largest = LARGEST // 1_000_000
        return {"slots": _slots(draft, found), "accept": ACCEPT, "allowed": ALLOWED, "largest": largest}
    if found.slug == "intyganden":
        return {"behind": STANDS_BEHIND}
    if found.slug == "nummer" and settings.DEMO:
        digits = "".join(digit for digit, (sector, _) in FIRST_DIGIT.items() if sector == draft.sector)
        return {"example": example_number(digits)}
    return {}


def _slots(draft: ApplicationDraft, found: Step) -> list[dict[str, Any]]:
    files = list(draft.files.all())
    return [
        {"purpose": purpose, "label": label, "files": [file for file in files if file.purpose == purpose]}
        for purpose, label in found.files
    ]


def _hint(draft: ApplicationDraft, found: Step) -> str:
    number = draft.answers.get("nummer", {}).get("org_nr", "")
    return digit_hint(draft.sector, number) if found.slug == "uppgifter" else ""
