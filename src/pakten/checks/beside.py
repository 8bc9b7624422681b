"""What other areas show beside a likeness, such as who has it and until when.

In ``AppConfig.ready``: ``register(Beside("alerts/_handling.html", handling))``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from pakten.checks.models import Likeness


@dataclass(frozen=True, slots=True)
class Beside:
    """A template that is included with ``panel``, what ``context`` gives; None leaves it out."""

    template: str
    context: Callable[[HttpRequest, Likeness], Mapping[str, Any] | None]


_PANELS: list[Beside] = []


def register(panel: Beside) -> None:
    """Add a panel. Registering the same again changes nothing."""
    if panel not in _PANELS:
        _PANELS.append(panel)


def panels_of(request: HttpRequest, likeness: Likeness) -> list[tuple[str, Mapping[str, Any]]]:
    """The templates to include, in the order of registration, with what they show."""
    made = [(panel.template, panel.context(request, likeness)) for panel in _PANELS]
    return [(template, values) for template, values in made if values is not None]
