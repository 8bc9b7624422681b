"""The lists that controls use: the edition in force, its age, what changed, and taking in a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.checks import policies, services
from pakten.checks.forms import ListFileForm, ReasonForm
from pakten.checks.queries import changes
from pakten.checks.queries.lists import ListLine, editions_of, line_of, list_lines, lists_to_warn_of
from pakten.checks.queries.runs import uses_of_editions
from pakten.checks.services.ordering import order_fetch, order_reading
from pakten.checks.views.asker import told

OLD_STAYS = "Utgåvan som gällde gäller fortfarande."


@roles(*policies.SEE_LISTS)
@require_GET
def lists(request: HttpRequest) -> HttpResponse:
    """All lists, those in use first."""
    lines = list_lines()
    context = {
        "used": [line for line in lines if line.in_use],
        "others": [line for line in lines if not line.in_use],
        "warnings": lists_to_warn_of(lines),
        "may_take": has_role(user_of(request), *policies.TAKE_LISTS),
    }
    return render(request, "checks/lists.html", context)


@roles(*policies.SEE_LISTS)
@require_GET
def one_list(request: HttpRequest, list_id: str) -> HttpResponse:
    """One list with all its editions, and how many controls used each."""
    line, uses = _line(list_id), uses_of_editions()
    context = {
        "line": line,
        "editions": [(edition, uses[edition.edition_id]) for edition in editions_of(list_id)],
        "may_see_runs": has_role(user_of(request), *policies.SEE_CONTROL),
        "file_form": ListFileForm(),
        "reason_form": ReasonForm(),
        "may_take": has_role(user_of(request), *policies.TAKE_LISTS),
        "may_switch": has_role(user_of(request), *policies.SWITCH_LISTS),
        "crumbs": [("Listor", "/listor/")],
    }
    return render(request, "checks/list.html", context)


@roles(*policies.SEE_LISTS)
@require_GET
def list_changes(request: HttpRequest, list_id: str) -> HttpResponse:
    """Who came, who went and who changed between two editions."""
    line = _line(list_id)
    crumbs = [("Listor", "/listor/"), (line.title, f"/listor/{list_id}/")]
    with told(request):
        found = changes.between(line, request.GET.get("fran", ""), new_key=request.GET.get("till", ""))
        return render(request, "checks/changes.html", {"line": line, "found": found, "crumbs": crumbs})
    return redirect("checks:list", list_id=list_id)


@roles(*policies.TAKE_LISTS)
@require_POST
def fetch(request: HttpRequest, list_id: str) -> HttpResponse:
    """Order a fetch from the issuer."""
    line = _line(list_id)
    with told(request, OLD_STAYS):
        job = order_fetch(line, actor=user_of(request))
        return redirect("jobs:job", job_id=job.pk)
    return redirect("checks:list", list_id=list_id)


@roles(*policies.TAKE_LISTS)
@require_POST
def read_in(request: HttpRequest, list_id: str) -> HttpResponse:
    """Order that a file from the person's computer is taken in."""
    line = _line(list_id)
    form = ListFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["file"]))
        return redirect("checks:list", list_id=list_id)
    job = order_reading(line, form.upload(), actor=user_of(request))
    return redirect("jobs:job", job_id=job.pk)


@roles(*policies.TAKE_LISTS)
@require_POST
def held(request: HttpRequest, list_id: str) -> HttpResponse:
    """Take in, or say no to, the file that waits for somebody to look."""
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    sha256 = request.POST.get("sha256", "")
    with told(request, OLD_STAYS):
        if request.POST.get("act") == "discard":
            services.discard_held(list_id, sha256, reason=reason, actor=user_of(request))
            messages.success(request, f"Filen tas inte in. {OLD_STAYS}")
        else:
            services.accept_held(list_id, sha256, reason=reason, actor=user_of(request))
            messages.success(request, "Utgåvan gäller nu.")
    return redirect("checks:list", list_id=list_id)


@roles(*policies.SWITCH_LISTS)
@require_POST
def switch(request: HttpRequest, list_id: str, *, edition_key: int) -> HttpResponse:
    """Put an earlier edition in force again."""
    line, form = _line(list_id), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    with told(request, OLD_STAYS):
        services.switch_back(line, edition_key, reason=reason, actor=user_of(request))
        messages.success(request, "Den tidigare utgåvan gäller nu.")
    return redirect("checks:list", list_id=list_id)


@roles(*policies.SWITCH_LISTS)
@require_POST
def use(request: HttpRequest, list_id: str) -> HttpResponse:
    """Say whether controls use the list."""
    line, form = _line(list_id), ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    with told(request):
        services.set_in_use(line, request.POST.get("in_use") == "1", reason=reason, actor=user_of(request))
        messages.success(request, "Inställningen är sparad.")
    return redirect("checks:list", list_id=list_id)


def _line(list_id: str) -> ListLine:
    line = line_of(list_id)
    if line is None:
        raise Http404
    return line
