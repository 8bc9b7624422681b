"""The registers that controls ask: the edition in force, its age and source, and taking in a new file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.policies import has_role
from pakten.checks import policies
from pakten.checks.forms import RegisterFileForm
from pakten.core.acts import act
from pakten.organisations import register_queries as queries
from pakten.organisations.refusals import Refused
from pakten.organisations.register_queries import RegisterLine
from pakten.organisations.services import register_orders
from pakten.organisations.services.registers import discard_held_register

CRUMBS = [("Register", "/kontroll/register/")]


@roles(*policies.SEE_LISTS)
@require_GET
def registers(request: HttpRequest) -> HttpResponse:
    """All registers: files first, then those asked over the network."""
    return _page(request, RegisterFileForm())


@roles(*policies.SEE_LISTS)
@require_GET
def register(request: HttpRequest, register_id: str) -> HttpResponse:
    """One register that comes as files."""
    return _one(request, _line(register_id))


@roles(*policies.TAKE_LISTS)
@require_POST
def fetch(request: HttpRequest, register_id: str) -> HttpResponse:
    """Order a fetch from the publisher, and show how far it is."""
    line = _line(register_id)
    try:
        job = register_orders.order_fetch(line.source.id, actor=user_of(request))
    except Refused as refused:
        return _one(request, line, why=refused.sentence)
    return redirect("jobs:job", job_id=job.pk)


@roles(*policies.TAKE_LISTS)
@require_POST
def read_in(request: HttpRequest, register_id: str) -> HttpResponse:
    """Order that an uploaded file is read, and show how far it is."""
    line, form = _line(register_id), RegisterFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _one(request, line, form=form)
    job = register_orders.order_reading(line.source.id, form.cleaned_data["file"], actor=user_of(request))
    return redirect("jobs:job", job_id=job.pk)


@roles(*policies.TAKE_LISTS)
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Order that the first file of a register of one's own is read."""
    form = RegisterFileForm(request.POST, request.FILES, named=True)
    if form.is_valid():
        title, file = form.cleaned_data["title"], form.cleaned_data["file"]
        try:
            job = register_orders.order_reading("", file, actor=user_of(request), title=title)
        except Refused as refused:
            form.add_error("title", refused.sentence)
        else:
            return redirect("jobs:job", job_id=job.pk)
    return _page(request, form)


@roles(*policies.TAKE_LISTS)
@require_POST
def held(request: HttpRequest, register_id: str) -> HttpResponse:
    """Take in the file that waits for a person, or say no to it."""
    line, actor = _line(register_id), user_of(request)
    digest, reason = request.POST.get("sha256", ""), request.POST.get("reason", "")
    if request.POST.get("act") == "accept":
        try:
            job = register_orders.order_held(line.source.id, digest, reason=reason, actor=actor)
        except Refused as refused:
            return _one(request, line, why=refused.sentence)
        return redirect("jobs:job", job_id=job.pk)
    act(
        request,
        "Filen är borttagen. Utgåvan som gällde gäller fortfarande.",
        service=lambda: discard_held_register(line.source.id, digest, reason=reason, actor=actor),
    )
    return redirect("checks:register", line.source.id)


def _page(request: HttpRequest, form: RegisterFileForm) -> HttpResponse:
    lines = queries.register_lines()
    context = {
        "connected": [line for line in lines if line.is_in_force],
        "others": [line for line in lines if not line.is_in_force],
        "apis": queries.register_apis(),
        "form": form if form.named else RegisterFileForm(named=True),
        "may_take": has_role(user_of(request), *policies.TAKE_LISTS),
        "may_connect": has_role(user_of(request), *policies.CONNECT),
    }
    return render(request, "checks/registers.html", context, status=422 if form.errors else 200)


def _one(
    request: HttpRequest, line: RegisterLine, *, form: RegisterFileForm | None = None, why: str = ""
) -> HttpResponse:
    context = {
        "line": line,
        "form": form or RegisterFileForm(),
        "why": why,
        "may_take": has_role(user_of(request), *policies.TAKE_LISTS),
        "crumbs": CRUMBS,
    }
    return render(request, "checks/register.html", context, status=422 if why or form else 200)


def _line(register_id: str) -> RegisterLine:
    line = queries.register_line(register_id)
    if line is None:
        raise Http404
    return line
