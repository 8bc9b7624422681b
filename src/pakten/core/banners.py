"""Notices at the top of every page for those who work here. Areas register theirs in ``AppConfig.ready``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Banner:
    """One notice. ``kind`` as the component has it (``warn``, ``stop``); ``url`` with ``link`` leads on."""

    kind: str
    title: str
    text: str
    url: str = ""
    link: str = ""


BANNERS: list[Callable[[HttpRequest], Banner | None]] = []


def banners(request: HttpRequest) -> list[Banner]:
    """What the person who asks is to be told on every page."""
    return [banner for make in BANNERS if (banner := make(request)) is not None]
