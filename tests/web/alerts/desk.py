"""Alerts to act on: an organisation, something found about it, and people who answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from tests.people import person

from pakten.accounts.models import Role, User
from pakten.alerts import services
from pakten.alerts.models import Act, Alert, AlertKind
from pakten.organisations.facts import FactSource, OrganisationFacts
from pakten.organisations.models import Organisation, Sector
from pakten.organisations.services import create_organisation

WHY = "Sidan om kollektivavtal är borta sedan förra besöket."


def officer() -> User:
    return person(Role.CASE_OFFICER)


def manager() -> User:
    return person(Role.MANAGER)


def organisation(name: str = "Grankotten Ek. för.") -> Organisation:
    """An invented organisation, the same for the same name."""
    found = Organisation.objects.filter(legal_name=name).first()
    if found:
        return found
    source = FactSource("Prov", recorded_at=timezone.now())
    facts = OrganisationFacts(legal_name=name, sector=Sector.CIVIL)
    return create_organisation(facts, actor=officer(), source=source)


def alert(key: str = "sida-1", *, kind: AlertKind = AlertKind.SITE_CHANGE, **told: Any) -> Alert:
    """Something that a machine found."""
    values: dict[str, Any] = {
        "organisation": organisation(),
        "title": "Sidan har ändrats",
        "because": WHY,
        "facts": {"Sida": "https://grankotten.invalid/om"},
    }
    return services.raise_alert(kind, key=key, **(values | told))


def days(number: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=number)


def acts(found: Alert) -> list[str]:
    """What was done with it, oldest first."""
    return list(found.steps.values_list("act", flat=True))


def fresh(found: Alert) -> Alert:
    """The alert as it is stored now."""
    return Alert.objects.get(pk=found.pk)


__all__ = ["WHY", "Act", "acts", "alert", "days", "fresh", "manager", "officer", "organisation"]
