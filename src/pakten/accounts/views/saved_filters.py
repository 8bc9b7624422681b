"""Keeping and taking away filters of lists: one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from pakten.accounts.access import signed_in
from pakten.accounts.asking import user_of
from pakten.accounts.models import SavedFilter
from pakten.accounts.refusals import AccountsRefused
from pakten.accounts.services.saved_filters import FilterFacts, delete_filter, kept_query, save_filter


@signed_in
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filter that is on."""
    sent = request.POST
    facts = FilterFacts(
        sent.get("page", ""), sent.get("name", ""), sent.get("query", ""), shared="shared" in sent
    )
    try:
        saved = save_filter(facts, actor=user_of(request))
    except AccountsRefused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"Filtret ”{saved.name}” är sparat.")
    return _to_list(facts.page, query=kept_query(facts.query))


@signed_in
@require_POST
def delete(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Take a filter away."""
    saved = get_object_or_404(SavedFilter, pk=filter_id)
    try:
        delete_filter(saved, actor=user_of(request))
    except AccountsRefused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, f"Filtret ”{saved.name}” är borttaget.")
    return _to_list(saved.page, query="")


def _to_list(page: str, *, query: str) -> HttpResponse:
    try:
        address = reverse(page[:80])
    except (NoReverseMatch, ValueError):
        return redirect("core:home")
    return redirect(f"{address}?{query[:2000]}" if query else address)
