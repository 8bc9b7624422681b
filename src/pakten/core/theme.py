"""The city's own name and the network's name, from a theme folder; we ship a neutral, invented one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

NEUTRAL = Path(__file__).parent / "theme"


@dataclass(frozen=True, slots=True)
class Theme:
    """What differs between cities on every page."""

    city: str
    network: str


def theme() -> Theme:
    """The theme in the folder that ``settings.THEME_DIR`` names, else the neutral one."""
    return read_theme(Path(getattr(settings, "THEME_DIR", NEUTRAL)))


@lru_cache(maxsize=4)
def read_theme(folder: Path) -> Theme:
    """Read ``theme.json``; KeyError or OSError tell at once of a folder that isn't a theme."""
    words = json.loads((folder / "theme.json").read_text(encoding="utf-8"))
    return Theme(city=words["city"], network=words["network"])
