"""Reads: the cases in the diary in which an organisation became, or asked to become, a member."""

from __future__ import annotations

from pakten.members.models import Application
from pakten.organisations.models import Organisation
from pakten.records.models import Case


def latest_case_of(organisation: Organisation) -> Case | None:
    """The case of the organisation's newest application; None where it never applied here."""
    rows = Application.objects.filter(organisation=organisation).select_related("case")
    found = rows.order_by("-pk").first()
    return found.case if found else None
