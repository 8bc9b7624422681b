"""The jobs page, and one job with its live progress."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of, version_in
from pakten.core.navigation import may_open
from pakten.jobs import files, policies, queries, services, timetable
from pakten.jobs.errors import JobRefused
from pakten.jobs.forms import JobFilter
from pakten.jobs.models import Job, Schedule
from pakten.jobs.schedules import SCHEDULES

_ROWS = 50


@roles(*policies.READERS)
@require_GET
def job_list(request: HttpRequest) -> HttpResponse:
    """All jobs, latest first; the table follows along while something is under way."""
    form = JobFilter(request.GET)
    state = form.cleaned_data["state"] if form.is_valid() else ""
    reader = user_of(request)
    page = Paginator(queries.jobs(reader, state=state), _ROWS).get_page(request.GET.get("page"))
    rows = [_shown(job) for job in page]
    context = {"form": form, "page": page, "rows": rows, "live": any(row["live"] for row in rows)}
    context |= {
        "filtered": bool(state),
        "clear": request.path if state else "",
        "total": queries.jobs(reader).count(),
        "timetable": queries.timetable(),
        "may_switch": policies.may_switch(reader),
    }
    return render(request, _template(request, "list"), context)


@roles(*policies.READERS)
@require_GET
def job_page(request: HttpRequest, job_id: int) -> HttpResponse:
    """One job: how far it is, or what came out."""
    job = get_object_or_404(queries.jobs(user_of(request)), pk=job_id)
    context = _shown(job) | {
        "may_steer": policies.may_steer(user_of(request), job),
        "may_see_result": bool(job.result_url) and may_open(request, job.result_url),
    }
    return render(request, _template(request, "page"), context)


@roles(*policies.STEERERS)
@require_POST
def stop(request: HttpRequest, job_id: int) -> HttpResponse:
    """End the job at its next step."""
    job = get_object_or_404(queries.jobs(user_of(request)), pk=job_id)
    try:
        services.stop(job, actor=user_of(request))
    except JobRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Jobbet är stoppat. Det som redan är gjort finns kvar.")
    return redirect("jobs:job", job_id=job.pk)


@roles(*policies.STEERERS)
@require_POST
def restart(request: HttpRequest, job_id: int) -> HttpResponse:
    """Start the job again from its beginning."""
    job = get_object_or_404(queries.jobs(user_of(request)), pk=job_id)
    try:
        services.restart(job, actor=user_of(request))
    except JobRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Jobbet startar igen.")
    return redirect("jobs:job", job_id=job.pk)


@roles(*policies.CLOCK_KEEPERS)
@require_POST
def switch(request: HttpRequest, schedule_id: int) -> HttpResponse:
    """Switch a time in the timetable on or off."""
    row = get_object_or_404(Schedule, pk=schedule_id, name__in=SCHEDULES)
    on, expected = bool(request.POST.get("on")), version_in(request)
    try:
        timetable.switch(row, on=on, actor=user_of(request), expected_version=expected)
    except JobRefused as refusal:
        messages.error(request, str(refusal))
    else:
        title = SCHEDULES[row.name].title
        messages.success(request, f"”{title}” är {'påslagen' if on else 'avslagen'}.")
    return redirect("jobs:list")


def _shown(job: Job) -> dict[str, object]:
    now = timezone.now()
    return {
        "job": job,
        "left": queries.seconds_left(job, now),
        "live": job.is_active and not job.is_interrupted,
        "no_worker": queries.waits_for_worker(job, now),
        "can_restart": policies.can_restart(job),
        "file_gone": files.is_gone(job),
        "file_until": files.kept_until(job),
    }


def _template(request: HttpRequest, name: str) -> str:
    """The fragment that htmx asks for while the job runs, or the whole page."""
    is_fragment = request.headers.get("HX-Target") == "live"
    return f"jobs/_{name}.html" if is_fragment else f"jobs/{name}.html"
