"""Whom to tell when an organisation's facts change: areas above keep copies, such as the published list.

In ``AppConfig.ready``: ``on_change(refresh)``. Called in the transaction of the change.
"""

from __future__ import annotations

from collections.abc import Callable

from pakten.organisations.models import Organisation

_LISTENERS: list[Callable[[Organisation], None]] = []


def on_change(act: Callable[[Organisation], None]) -> None:
    """Let ``act`` be called with each organisation that is changed; the same one is called once."""
    if act not in _LISTENERS:
        _LISTENERS.append(act)


def tell(organisation: Organisation) -> None:
    """The organisation has been changed: its row is written, the log is not yet."""
    for act in _LISTENERS:
        act(organisation)
