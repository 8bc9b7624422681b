"""Whom to tell that a visit has been made, whether or not it showed anything new.

In ``AppConfig.ready`` of an area above: ``on_made(take_in)``. Called in the transaction that closes it.
"""

from __future__ import annotations

from collections.abc import Callable

from pakten.visits.models import Visit

Listener = Callable[[Visit], None]
_LISTENERS: list[Listener] = []


def on_made(listener: Listener) -> None:
    """Let ``listener`` be called with each visit that has been made; the same one is called once."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def tell_made(visit: Visit) -> None:
    """The visit is made: its outcome, pages and statements are written."""
    for listener in _LISTENERS:
        listener(visit)
