"""The inbox of likenesses, and judging one of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.accounts.policies import has_role
from pakten.checks import policies, services
from pakten.checks.beside import panels_of
from pakten.checks.compare import side_by_side
from pakten.checks.forms import JudgeForm, LikenessFilterForm, ReasonForm
from pakten.checks.models import Likeness, LikenessState
from pakten.checks.queries import likenesses as inbox
from pakten.checks.refusals import ChecksRefused, Overtaken
from pakten.checks.views.asker import told

ROWS = 50
TAB_WORDS = {
    "vantar": "Väntar på bedömning",
    "bekrafta": "Väntar på en andra person",
    "bedomda": "Bedömda",
    "borta": "Inte längre aktuella",
}


@roles(*policies.SEE_CONTROL)
@require_GET
def likenesses(request: HttpRequest) -> HttpResponse:
    """What waits, oldest first; and what is done."""
    form = LikenessFilterForm(request.GET, lists=inbox.lists_seen())
    filters = form.filters()
    counts = inbox.tab_counts(user_of(request), information=filters.information)
    page = Paginator(inbox.likenesses(filters, user_of(request)), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filters": filters,
        "filtered": any(value for name, value in form.cleaned_data.items() if name != "flik"),
        "page": page,
        "tabs": [_tab(tab, counts[tab], filters=filters) for tab in TAB_WORDS],
        "total": counts[filters.tab],
        "crumbs": [("Kontroll", reverse("checks:control"))],
    }
    return render(request, "checks/likenesses.html", context)


@roles(*policies.SEE_CONTROL)
@require_http_methods(["GET", "POST"])
def likeness(request: HttpRequest, likeness_id: int) -> HttpResponse:
    """One likeness side by side; a POST judges it and leads to the next one that waits."""
    found = _likeness(request, likeness_id)
    if request.method == "GET":
        return _page(request, found, form=JudgeForm(initial={"version": found.version}))
    policies.check_judge(user_of(request))
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form)
    try:
        services.judge(found.pk, form.opinion(), actor=user_of(request), version=form.cleaned_data["version"])
    except ChecksRefused as refused:
        # What was typed stays in the form; the page shows what the other person did.
        found = _likeness(request, likeness_id)
        kept = request.POST.copy()
        kept["version"] = str(found.version)
        return _page(request, found, form=JudgeForm(kept), refused=refused)
    return _after(request, _likeness(request, likeness_id))


@roles(*policies.JUDGE)
@require_POST
def confirm(request: HttpRequest, likeness_id: int) -> HttpResponse:
    """Confirm another person's proposal."""
    with told(request):
        services.confirm(
            _likeness(request, likeness_id).pk, actor=user_of(request), version=version_in(request)
        )
        messages.success(request, "Bedömningen är bekräftad och gäller nu.")
    return redirect("checks:likeness", likeness_id=likeness_id)


@roles(*policies.JUDGE)
@require_POST
def decline(request: HttpRequest, likeness_id: int) -> HttpResponse:
    """Say no to another person's proposal."""
    with told(request):
        reason = request.POST.get("reason", "")
        services.decline(
            _likeness(request, likeness_id).pk, reason, actor=user_of(request), version=version_in(request)
        )
        messages.success(request, "Bedömningen är inte bekräftad. Namnlikheten kan bedömas igen.")
    return redirect("checks:likeness", likeness_id=likeness_id)


@roles(*policies.JUDGE)
@require_POST
def withdraw(request: HttpRequest, likeness_id: int) -> HttpResponse:
    """Take back one's own judgement."""
    with told(request):
        reason = request.POST.get("reason", "")
        services.withdraw(
            _likeness(request, likeness_id).pk, reason, actor=user_of(request), version=version_in(request)
        )
        messages.success(request, "Din bedömning är tillbakatagen. Den finns kvar i historiken.")
    return redirect("checks:likeness", likeness_id=likeness_id)


def _likeness(request: HttpRequest, likeness_id: int) -> Likeness:
    rows = Likeness.objects.select_related(
        "organisation", "judgement__by", "judgement__confirmed_by", "proposal__by", "last_run"
    )
    found = get_object_or_404(rows, pk=likeness_id)
    policies.check_no_conflict_about(user_of(request), found.organisation)
    return found


def _page(
    request: HttpRequest,
    found: Likeness,
    *,
    form: JudgeForm,
    refused: ChecksRefused | None = None,
) -> HttpResponse:
    person = user_of(request)
    judges = has_role(person, *policies.JUDGE) and found.state != LikenessState.GONE
    own = found.proposal or found.judgement
    context: dict[str, Any] = {
        "likeness": found,
        "pair": side_by_side(found),
        "form": form,
        "refused": refused,
        "overtaken": isinstance(refused, Overtaken),
        "history": inbox.history(found),
        "carried": inbox.carried_over(found),
        "earlier": inbox.earlier(inbox.about(found), person),
        "panels": panels_of(request, found),
        "edition": inbox.edition_of(found),
        "may_judge": judges,
        "may_confirm": judges and found.proposal is not None and policies.may_confirm(found.proposal, person),
        "may_withdraw": judges and own is not None and own.by_id == person.pk and own.confirmed_by_id is None,
        "reason_form": ReasonForm(initial={"version": found.version}, prefix=None),
        "crumbs": [
            ("Kontroll", reverse("checks:control")),
            ("Namnlikheter", reverse("checks:likenesses")),
        ],
    }
    return render(request, "checks/likeness.html", context)


def _after(request: HttpRequest, judged: Likeness) -> HttpResponse:
    if judged.state == LikenessState.PROPOSED:
        messages.success(
            request, "Bedömningen är sparad. En annan person behöver bekräfta den innan den gäller."
        )
        return redirect("checks:likeness", likeness_id=judged.pk)
    following = inbox.next_waiting(judged, user_of(request))
    if following is None:
        messages.success(request, "Bedömningen är sparad. Inga fler namnlikheter väntar.")
        return redirect("checks:likeness", likeness_id=judged.pk)
    messages.success(request, _saved(judged))
    return redirect("checks:likeness", likeness_id=following.pk)


def _saved(judged: Likeness) -> SafeString:
    """What is said on the page of the next likeness, with the way back to the one that was judged."""
    return format_html(
        "Bedömningen av ”{}” är sparad. Här är nästa. "
        '<a href="{}#ta-tillbaka" data-key="u" data-key-help="Tillbaka till den du just bedömde">Ångra</a>',
        judged.subject_name,
        reverse("checks:likeness", args=[judged.pk]),
    )


def _tab(tab: str, count: int, *, filters: inbox.LikenessFilters) -> dict[str, object]:
    url = f"{reverse('checks:likenesses')}?flik={tab}" + ("&information=on" if filters.information else "")
    return {"label": TAB_WORDS[tab], "url": url, "current": tab == filters.tab, "count": count}
