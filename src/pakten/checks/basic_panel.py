"""The part of an application's page where its basic control is shown and filled in."""

from __future__ import annotations

from pakten.checks import policies
from pakten.checks.views.basic import panel
from pakten.members.application_panels import CONTROL, Panel

PANEL = Panel(20, CONTROL, "Kontroll", "checks/_basic_panel.html", panel, policies.SEE_CONTROL)
