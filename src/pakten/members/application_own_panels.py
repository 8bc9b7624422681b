"""This area's own parts of an application's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from pakten.audit.labels import sentence
from pakten.audit.models import Entry
from pakten.audit.queries import entries_for
from pakten.members.application_facts import differences
from pakten.members.application_panels import Panel
from pakten.members.applying.writing import sections
from pakten.members.models import Application
from pakten.members.policies import applications as policies
from pakten.members.services.applying import PAPER_NAME
from pakten.records.policies import may_read_files
from pakten.records.queries.cases import records_of

LATEST = 60


def completions(_request: HttpRequest, application: Application) -> Mapping[str, Any]:
    """What was asked for and answered; nothing where nothing was."""
    found = list(application.completions.select_related("asked_by", "record_out__case", "record_in__case"))
    return {"completions": found, "hidden": not found}


def sent(request: HttpRequest, application: Application) -> Mapping[str, Any]:
    """The answers as they were sent, beside what the card says, and the files that came along."""
    organisation = application.organisation
    return {
        "sections": sections(application),
        "attached": [file for file in application.record.files.all() if file.original_name != PAPER_NAME],
        "may_read_files": may_read_files(request.user),
        "differences": differences(application, organisation),
        "may_adopt": policies.may_handle(request.user),
    }


def pledges(_request: HttpRequest, application: Application) -> Mapping[str, Any]:
    """The two texts that the application pledged itself to, and who spoke."""
    return {"texts": (application.goals_text, application.values_text)}


def papers(request: HttpRequest, application: Application) -> Mapping[str, Any]:
    """The case's papers, latest first."""
    return {
        "papers": list(records_of(application.case)),
        "may_read_files": may_read_files(request.user),
    }


def happenings(_request: HttpRequest, application: Application) -> Mapping[str, Any]:
    """What the log says of the application, latest first."""
    return {"events": [_event(entry) for entry in entries_for(application)[:LATEST]]}


def _event(entry: Entry) -> dict[str, Any]:
    what = sentence(entry.action)
    return {
        "when": entry.at,
        "what": what[:1].upper() + what[1:],
        "who": entry.actor_name or "Systemet",
        "note": entry.reason,
    }


PANELS = (
    Panel(10, "komplettering", "Komplettering", "members/applications/_completions.html", completions),
    Panel(30, "skickat", "Det som skickades", "members/applications/_sent.html", sent),
    Panel(40, "intyganden", "Intyganden", "members/applications/_pledges.html", pledges, aside=True),
    Panel(50, "handlingar", "Handlingar i ärendet", "members/applications/_papers.html", papers, aside=True),
    Panel(90, "handelser", "Händelser", "members/applications/_events.html", happenings, aside=True),
)
