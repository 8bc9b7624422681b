"""Where areas to the right show more of a control: links on its pages. Registered in ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pakten.checks.models import BasicControl, Control, ControlRun

Subject = Control | BasicControl | ControlRun


@dataclass(frozen=True, slots=True)
class Link:
    """As shown: words and address."""

    label: str
    url: str


_LINKS: list[Callable[[Subject], Link | None]] = []


def register(link: Callable[[Subject], Link | None]) -> None:
    """Have ``link(subject)`` shown on the subject's pages. Registering the same again changes nothing."""
    if link not in _LINKS:
        _LINKS.append(link)


def links_of(subject: Subject) -> list[Link]:
    """The links of a control, a check list or a run, in the order of the areas."""
    return [found for link in _LINKS if (found := link(subject))]
