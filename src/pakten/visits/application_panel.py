"""The part of an application's page that tells of visits to the applicant's website."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from pakten.members.application_panels import Panel
from pakten.members.models import Application
from pakten.visits import policies
from pakten.visits.views.shown import panel_shown


def context(request: HttpRequest, application: Application) -> Mapping[str, Any]:
    """What the panel's template needs."""
    return panel_shown(request, application.organisation)


PANEL = Panel(
    25, "webbplats", "Webbplats", "visits/_application_panel.html", context, policies.SEE, aside=True
)
