"""What areas to the right show on the applicant's status page, behind the application's secret link.

In ``AppConfig.ready``: ``STATUS_PARTS.append(part)``. Each is given the application and the link's secret,
with which it writes its own addresses, and answers with a :class:`Part`, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pakten.members.models import Application


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page: ``template`` is included with ``part``, which is ``context``."""

    template: str
    context: Mapping[str, Any]


STATUS_PARTS: list[Callable[[Application, str], Part | None]] = []


def parts_of(application: Application, token: str) -> list[Part]:
    """What the areas have to show for this application."""
    return [found for make in STATUS_PARTS if (found := make(application, token)) is not None]
