"""Whom to tell that a visit has been made, whether or not it showed anything new.

In ``AppConfig.ready`` of an area above: ``on_made(take_in, words="checklistan")``. Each is called in a
transaction of its own when the visit is stored. What it raises undoes its own work only: the visit stays, and
the same one is called again later (:mod:`pakten.visits.services.telling`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pakten.visits.models import Visit

Listener = Callable[[Visit], None]


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who is told. ``words`` is what the area is called in a sentence."""

    listener: Listener
    words: str


# By the listener's own name, which is what is written down.
TOLD: dict[str, Told] = {}


def on_made(listener: Listener, *, words: str = "en annan del av systemet") -> None:
    """Let ``listener`` be called with each visit that has been made; the same one is called once."""
    TOLD.setdefault(name_of(listener), Told(listener, words))


def name_of(listener: Listener) -> str:
    """The listener's own name, the same in every process."""
    return f"{listener.__module__}.{listener.__qualname__}"
