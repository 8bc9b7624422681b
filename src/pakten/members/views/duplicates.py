"""Records that may be the same organisation: compared, told apart, made one, taken apart again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.members import policies
from pakten.members.forms.duplicates import ONE, OTHER, MergeForm, ReasonForm
from pakten.members.queries import duplicates as queries
from pakten.members.queries import periods_of
from pakten.members.views.asking import found_organisation
from pakten.organisations import services
from pakten.organisations.models import Merge, NotDuplicates, Organisation
from pakten.organisations.queries import standing
from pakten.organisations.refusals import Refused

_PAGE = 100


@roles(*policies.WRITERS)
@require_GET
def duplicates(request: HttpRequest) -> HttpResponse:
    """The pairs that may be one organisation, those that are not, and what was merged."""
    found = queries.candidates()
    context = {
        "pairs": found.pairs[:_PAGE],
        "total": len(found.pairs),
        "left_out": found.left_out,
        "said": queries.said_not_same()[:_PAGE],
        "merges": queries.merges()[:_PAGE],
    }
    return render(request, "members/duplicates/list.html", context)


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def compare(request: HttpRequest, one: str, *, other: str) -> HttpResponse:
    """Two cards side by side, and the form that makes them one."""
    pair = [found_organisation(one), found_organisation(other)]
    if pair[0].pk == pair[1].pk or any(row.merged_into_id for row in pair):
        messages.info(request, "Posterna är redan sammanslagna.")
        return redirect("members:duplicates")
    form = MergeForm(request.POST or None, one=pair[0], other=pair[1])
    if request.method == "POST" and form.is_valid():
        try:
            made = _merge(request, form, pair=pair)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Posterna är sammanslagna. Det går att ångra här.")
            return redirect("members:merge", made.pk)
    context = {"form": form, "sides": [_side(row) for row in pair], "one": pair[0], "other": pair[1]}
    context |= {"reason_form": ReasonForm(auto_id="not_same_%s")}
    return render(request, "members/duplicates/compare.html", context, status=422 if form.is_bound else 200)


@roles(*policies.WRITERS)
@require_POST
def not_same(request: HttpRequest, one: str, *, other: str) -> HttpResponse:
    """A person says that the two are not the same organisation."""
    pair = [found_organisation(one), found_organisation(other)]
    form = ReasonForm(request.POST)
    try:
        reason = form.cleaned_data["reason"] if form.is_valid() else ""
        services.say_not_same(*pair, actor=user_of(request), reason=reason)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("members:compare", one, other)
    messages.success(request, "Vi minns att det är två olika organisationer.")
    return redirect("members:duplicates")


@roles(*policies.WRITERS)
@require_POST
def maybe_same(request: HttpRequest, said_id: int) -> HttpResponse:
    """Take back that two are not the same."""
    said = get_object_or_404(NotDuplicates.objects.select_related("one", "other"), pk=said_id)
    services.take_back_not_same(said, actor=user_of(request), reason="Tillbakataget på sidan om dubbletter")
    messages.success(request, "Paret visas igen om uppgifterna liknar varandra.")
    return redirect("members:duplicates")


@roles(*policies.WRITERS)
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, merge_id: int) -> HttpResponse:
    """One merge: what became one, what stayed, and the form that takes them apart."""
    found = get_object_or_404(queries.merges(), pk=merge_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.undo_merge(
                found,
                actor=user_of(request),
                reason=form.cleaned_data["reason"],
                expected_version=version_in(request),
            )
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Posterna är isärtagna och är som de var.")
            return redirect("members:merge", merge_id)
    status = 422 if form.is_bound else 200
    return render(
        request, "members/duplicates/merge.html", _merge_shown(found) | {"form": form}, status=status
    )


def _merge(request: HttpRequest, form: MergeForm, *, pair: list[Organisation]) -> Merge:
    rows = dict(zip((ONE, OTHER), pair, strict=True))
    kept, gone = form.sides()
    facts = services.MergeFacts(
        rows[kept],
        rows[gone],
        form.cleaned_data[f"{kept}_version"],
        form.cleaned_data[f"{gone}_version"],
        form.from_gone(),
    )
    return services.merge(facts, actor=user_of(request), reason=form.cleaned_data["reason"])


def _side(row: Organisation) -> dict[str, Any]:
    return {
        "organisation": row,
        "periods": periods_of(row),
        "persons": row.known_persons.filter(valid_to=None).count(),
        "contacts": row.contact_persons.filter(valid_to=None).count(),
        "names": row.other_names.all(),
    }


def _merge_shown(found: Merge) -> dict[str, Any]:
    kept = standing(found.kept)
    is_member = periods_of(kept).exists()
    return {
        "merge": found,
        "kept": kept,
        "kept_url": reverse("members:member", args=[kept.public_id]) if is_member else "",
        "changed": len(found.moved.get("changes", ())),
        "left": len(found.moved.get("left", ())),
        "stayed": periods_of(found.gone),
    }
