"""What areas to the right say at the head of a member's page, whichever tab is open.

In ``AppConfig.ready``: ``BANNERS.append(banner)``, which answers with a :class:`Banner`, or None.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

from pakten.members.models import Membership


@dataclass(frozen=True, slots=True)
class Banner:
    """A notice. ``kind`` is the component's: info, warn, stop, done. ``url`` leads on, by ``words``."""

    kind: str
    title: str
    text: str
    url: str = ""
    words: str = ""


BANNERS: list[Callable[[HttpRequest, Membership], Banner | None]] = []


def banners_of(request: HttpRequest, membership: Membership) -> list[Banner]:
    """All that hold for this member and this reader."""
    return [found for make in BANNERS if (found := make(request, membership)) is not None]
