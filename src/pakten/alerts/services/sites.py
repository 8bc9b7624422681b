"""Websites in the inbox: one for each organisation where words, or whose website it is, wait for a person.

What was found and what a person said of it live in visits, and only there. These functions read it and bring
the alert in line; they may be called at any time and any number of times.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse

from pakten.accounts.models import User
from pakten.alerts.models import Alert, AlertKind
from pakten.alerts.queries.sites import SiteWaits, is_decided, open_ones, out_of_line, sites_to_read
from pakten.alerts.services.raising import raise_alert, settle
from pakten.alerts.services.writing import write
from pakten.core.templatetags.formats import date_iso
from pakten.organisations.changes import Change, ChangeKind
from pakten.visits.models import BelongingJudgement, StatementJudgement, Visit

READ = "Allt som stod på webbplatsen är läst och bedömt."
GONE = "Det senaste besöket såg inte det som väntade; ingen hann avgöra det."
_TITLE = 300


def hear_visit(visit: Visit) -> None:
    """A visit has been made."""
    follow([visit.organisation_id])


def hear(change: Change) -> None:
    """Somebody has judged what stands on a website."""
    if change.kind is ChangeKind.SITE and change.organisation_ids:
        follow(change.organisation_ids)


def catch_up() -> int:
    """Bring in line whatever differs: what was there before this area, or was written past it. How many."""
    keys = out_of_line()
    follow(keys)
    return len(keys)


@transaction.atomic
def follow(organisation_ids: Collection[int]) -> None:
    """Bring the alerts of these organisations in line with what waits on their websites now."""
    rows = open_ones().filter(organisation__in=organisation_ids).select_for_update(of=("self",))
    known = {alert.organisation_id: alert for alert in rows.order_by("pk")}
    waits = sites_to_read(organisation_ids)
    for key in sorted(organisation_ids):
        alert, site = known.get(key), waits.get(key)
        if site is not None:
            _tell(site, alert)
        elif alert is not None:
            _end(alert)


def _end(alert: Alert) -> None:
    """Nothing waits any more. Only what a person has decided was read; else it went away by itself."""
    decided = is_decided(alert)
    because, by = (READ, _last_reader(alert)) if decided else (GONE, None)
    settle(AlertKind.SITE_TO_READ, alert.key, because=because, by=by)


def _tell(site: SiteWaits, alert: Alert | None) -> None:
    """New things are told of and bring it to the top; what somebody has judged only leaves it."""
    before = alert.about.get("waits", []) if alert else []
    new = [words for key, words in site.things.items() if key not in before]
    told = _facts(site)
    if new or alert is None:
        organisation = site.visit.organisation
        raise_alert(
            AlertKind.SITE_TO_READ,
            organisation=organisation,
            key=f"site:{organisation.public_id}",
            title=f"{organisation.legal_name}: webbplatsen har något att läsa"[:_TITLE],
            because=f"Systemets läsning {date_iso(site.visit.at)}, som en person ska bedöma: {_listed(new)}.",
            facts=told,
        )
    elif sorted(before) != told["_waits"] or alert.about.get("url") != told["_url"]:
        shown = [[name, value] for name, value in told.items() if not name.startswith("_")]
        about = {name[1:]: value for name, value in told.items() if name.startswith("_")}
        write(alert, facts=shown, about=about, version=alert.version + 1)


def _facts(site: SiteWaits) -> dict[str, Any]:
    return {
        "Att läsa": _counted(site.things),
        "_url": reverse("visits:visit", args=[site.visit.pk]),
        "_waits": sorted(site.things),
    }


def _counted(things: Mapping[str, str]) -> list[str]:
    """Each sort of thing once, with how many there are of it."""
    words = list(things.values())
    return [
        f"{each} ({words.count(each)} ställen)" if words.count(each) > 1 else each
        for each in dict.fromkeys(words)
    ]


def _listed(words: list[str]) -> str:
    """The system's own names of what it saw, without the quotation marks that belong to the site's words."""
    return "; ".join(dict.fromkeys(words))


def _last_reader(alert: Alert) -> User | None:
    """Whoever said the last word on the website since it was told of; None where nobody has."""
    since = {"at__gte": alert.raised_at}
    statement = StatementJudgement.objects.filter(
        statement__visit__organisation=alert.organisation_id, **since
    )
    belonging = BelongingJudgement.objects.filter(visit__organisation=alert.organisation_id, **since)
    said = [
        row
        for rows in (statement, belonging)
        if (row := rows.select_related("by").order_by("-at", "-pk").first())
    ]
    return max(said, key=lambda row: row.at).by if said else None
