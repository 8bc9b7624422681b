"""The queue of requests to see a record and of proposed marks, and answering one request."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.records import policies, services
from pakten.records.forms import AnswerForm
from pakten.records.models import Outcome, Record, RecordRequest
from pakten.records.queries import cases
from pakten.records.queries.conflicts import in_conflict
from pakten.records.queries.diary import PAGE_SIZE
from pakten.records.refusals import RecordsRefused
from pakten.records.services import Answer, NewFile

TABS = {"": "Väntar på svar", "besvarade": "Besvarade", "markeringar": "Föreslagna markeringar"}


@roles(*policies.ANSWERERS)
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits: requests, oldest first, and proposals for marks; and what has been answered."""
    tab = request.GET.get("flik", "")
    tab = tab if tab in TABS else ""
    waiting, proposed = cases.requests(Outcome.WAITING), cases.proposed_marks()
    rows: Any = {"": waiting, "besvarade": cases.requests(), "markeringar": proposed}[tab]
    counts = {"": waiting.count(), "markeringar": proposed.count()}
    base = reverse("records:requests")
    tabs = [
        {
            "label": label,
            "url": f"{base}?flik={key}" if key else base,
            "current": key == tab,
            "count": counts.get(key),
        }
        for key, label in TABS.items()
    ]
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs,
        "tab": tab,
        "closed": set(in_conflict(user_of(request))),
        "page": page,
        "is_registrar": policies.is_registrar(request.user),
    }
    return render(request, "records/requests.html", context)


@roles(*policies.ANSWERERS)
@require_http_methods(["GET", "POST"])
def request_page(request: HttpRequest, request_id: int) -> HttpResponse:
    """One request, and its answer."""
    found = _request(request, request_id)
    posted = request.method == "POST"
    form = AnswerForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"version": found.version},
    )
    if form.is_bound and form.is_valid():
        try:
            sent = _answer(request, found, values=form.cleaned_data)
        except RecordsRefused as refusal:
            form.add_error(None, refusal.sentence)
            found = _request(request, request_id)
        else:
            messages.success(
                request,
                f"Svaret är registrerat som {sent.number}. Skicka det nu, om du inte redan har gjort det.",
            )
            return redirect("records:request", request_id)
    context = {"found": found, "form": form, "waits": found.outcome == Outcome.WAITING}
    return render(request, "records/request.html", context, status=422 if form.is_bound else 200)


def _answer(request: HttpRequest, found: RecordRequest, *, values: dict[str, Any]) -> Record:
    answer = Answer(
        outcome=Outcome(values["outcome"]),
        test=values["test"],
        minutes=values["minutes"],
        records=_records(values["numbers"]),
        provision=values["provision"],
    )
    return services.answer_request(
        found,
        answer,
        actor=user_of(request),
        expected_version=values["version"],
        files=NewFile.uploaded(values["uploads"]),
    )


def _records(numbers: str) -> tuple[Record, ...]:
    wanted = [line.strip() for line in numbers.splitlines() if line.strip()][:50]
    found = [(number, cases.record_by_number(number)) for number in wanted]
    if missing := [number for number, record in found if record is None]:
        raise RecordsRefused(f"Det finns ingen handling med numret {missing[0][:60]}.")
    return tuple(record for _, record in found if record is not None)


def _request(request: HttpRequest, request_id: int) -> RecordRequest:
    try:
        found = cases.request(request_id)
    except RecordRequest.DoesNotExist as error:
        raise Http404 from error
    policies.check_no_conflict(request.user, found.record.case)
    return found
