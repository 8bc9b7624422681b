"""What needs a person: all of it, filtered, exported, and handled many at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from pakten.accounts.access import roles
from pakten.accounts.asking import user_of
from pakten.accounts.models import User
from pakten.alerts import export as table
from pakten.alerts import policies, services
from pakten.alerts.forms import InboxFilterForm
from pakten.alerts.models import Alert
from pakten.alerts.queries import inbox as queries
from pakten.core.downloads import table_download
from pakten.core.refusals import Refusal
from pakten.core.row_numbers import row_number
from pakten.core.templatetags.formats import plural

MOST_AT_ONCE = 200
TAB_WORDS = {
    queries.TODO: "Att bedöma",
    queries.WAITS: "Väntar på uppgift",
    queries.SNOOZED: "Pausade",
    queries.DONE: "Klara",
}
# For how many days many can be snoozed at once.
RESTS = {
    "1": "till i morgon",
    "3": "i tre dagar",
    "7": "i en vecka",
    "14": "i två veckor",
    "30": "i en månad",
}
Act = Callable[[Alert], object]


@roles(*policies.SEE)
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What the address describes; what has come back or is new about something stands first."""
    person = user_of(request)
    people = list(queries.handlers())
    form = InboxFilterForm(request.GET, handlers=people)
    filters = form.filters()
    counts = queries.tab_counts(person)
    page = Paginator(queries.inbox(filters, person), queries.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "filters": filters,
        "filtered": any(request.GET.get(name) for name in form.fields if name != "flik"),
        "page": page,
        "tabs": [_tab(tab, counts, current=filters.tab) for tab in TAB_WORDS],
        "total": queries.count_of(counts, filters.tab),
        "handlers": people,
        "may_handle": policies.may_handle(person) and filters.tab != queries.DONE,
        "rests": RESTS,
        "address": request.GET.urlencode(),
        "done": queries.DONE,
    }
    return render(request, "alerts/inbox.html", context)


@roles(*policies.SEE)
@require_GET
def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same rows as a file: ``excel``, ``csv`` for people, ``maskin`` for programs."""
    filters = InboxFilterForm(request.GET, handlers=queries.handlers()).filters()
    rows = queries.inbox(filters, user_of(request))
    return table_download(
        f"att-bedoma-{timezone.localdate():%Y-%m-%d}",
        form,
        write=lambda target, kind: table.write_alerts(target, rows, form=kind),
    )


@roles(*policies.HANDLE)
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """One thing done with the chosen rows; what could not be done is listed with its reason."""
    person = user_of(request)
    seen = dict(_choice(text) for text in request.POST.getlist("vald")[:MOST_AT_ONCE])
    chosen = queries.chosen(person, seen)
    act = _act(request, person, versions=seen)
    if act is None or not chosen:
        what = "Välj minst en rad." if act else "Välj vem som ska få dem."
        messages.error(request, f"{what} Inget är ändrat.")
        return redirect(_back(request))
    refused = [(alert, why) for alert in chosen if (why := _refusal(act, alert))]
    fine = len(chosen) - len(refused)
    if not refused:
        messages.success(request, f"{plural(fine, 'rad är,rader är')} {_done(request)}.")
        return redirect(_back(request))
    context = {"fine": fine, "refused": refused, "back": _back(request), "did": _done(request)}
    return render(request, "alerts/many.html", context)


def _choice(text: str) -> tuple[int, int]:
    """The alert and the version that the row showed, as the checkbox has them."""
    key, _, version = text.partition(".")
    return row_number(key), row_number(version)


def _act(request: HttpRequest, person: User, *, versions: dict[int, int]) -> Act | None:
    wanted = request.POST.get("gor", "")
    if wanted == "pausa":
        until = _rest_until(request.POST.get("dagar", ""))
        return lambda each: services.snooze(each.pk, until, actor=person, version=versions[each.pk])
    to = person if wanted == "ta" else _handler(request.POST.get("till", ""))
    if to is None:
        return None
    return lambda each: services.assign(each.pk, to, actor=person, version=versions[each.pk])


def _rest_until(days: str) -> date:
    return timezone.localdate() + timedelta(days=int(days) if days in RESTS else 7)


def _handler(key: str) -> User | None:
    return queries.handlers().filter(pk=row_number(key)).first()


def _refusal(act: Act, alert: Alert) -> str:
    try:
        act(alert)
    except Refusal as refusal:
        return refusal.sentence
    except PermissionDenied as denied:
        return str(denied)
    return ""


def _done(request: HttpRequest) -> str:
    return "pausade" if request.POST.get("gor") == "pausa" else "tilldelade"


def _back(request: HttpRequest) -> str:
    """The list as it was filtered, if that is what the form says."""
    page = reverse("alerts:inbox")
    asked = f"{page}?{request.POST.get('adress', '')[:2000]}"
    fine = url_has_allowed_host_and_scheme(asked, None) and "\n" not in asked and "\r" not in asked
    return asked if fine and request.POST.get("adress") else page


def _tab(tab: str, counts: dict[str, int], *, current: str) -> dict[str, Any]:
    return {
        "label": TAB_WORDS[tab],
        "url": f"{reverse('alerts:inbox')}?flik={tab}",
        "current": tab == current,
        "count": queries.count_of(counts, tab),
    }
