"""The parts of an application's page. Areas to the right register theirs in ``AppConfig.ready``::

application_panels.register(Panel(20, "kontroll", "Kontroll", "checks/_basic_panel.html", panel))
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from pakten.accounts.models import Role
from pakten.members.models import Application
from pakten.members.policies.applications import APPLICATION_READERS

Context = Callable[[HttpRequest, Application], Mapping[str, Any]]
# The panel with this slug ends the control; without one the page has a form of its own for it.
CONTROL = "kontroll"


def _nothing(_request: HttpRequest, _application: Application) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, order=True)
class Panel:
    """One part: ``slug`` is its id on the page, ``order`` its place.

    ``template`` is included with ``application``, ``organisation`` and what ``context`` gives. A panel whose
    context has ``hidden`` true is left out. Only people with one of ``roles`` see it. ``aside``: short, and
    beside the others where there is room.
    """

    order: int
    slug: str
    label: str = field(compare=False)
    template: str = field(compare=False)
    context: Context = field(default=_nothing, compare=False)
    roles: tuple[Role, ...] = field(default=APPLICATION_READERS, compare=False)
    aside: bool = field(default=False, compare=False)


PANELS: list[Panel] = []


def register(panel: Panel) -> None:
    """Add a panel. Registering the same slug again changes nothing."""
    if find(panel.slug) is None:
        insort(PANELS, panel)


def find(slug: str) -> Panel | None:
    """The panel with this slug."""
    return next((known for known in PANELS if known.slug == slug), None)
