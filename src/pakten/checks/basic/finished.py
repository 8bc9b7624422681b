"""Who is told when a control is finished: areas above make their own rows of it, such as deviations.

In ``AppConfig.ready``: ``on_finish(take_in)``. Called in the transaction that finishes the control, when its
paper has its number and before it is drawn, so that it tells of those rows too; what it raises undoes the
finish.
"""

from __future__ import annotations

from collections.abc import Callable

from pakten.checks.models import BasicControl

Listener = Callable[[BasicControl], None]
_LISTENERS: list[Listener] = []


def on_finish(listener: Listener) -> None:
    """Let ``listener`` be called with each control that is finished; the same one is called once."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def tell_finished(control: BasicControl) -> None:
    """The control is done: its items, its results and the number of its paper are written."""
    for listener in _LISTENERS:
        listener(control)
