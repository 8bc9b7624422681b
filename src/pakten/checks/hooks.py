"""Who wants to know when likenesses change their standing, or a run has finished.

An area to the right registers in its ``AppConfig.ready``; called in the transaction of the change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pakten.checks.models import ControlRun

Standing = Callable[[list[int]], None]
Finished = Callable[[ControlRun], None]
_STANDING: list[Standing] = []
_FINISHED: list[Finished] = []


def on_standing(act: Standing) -> None:
    """Let ``act`` be called with the keys of likenesses that may wait for a person, or no longer do."""
    if act not in _STANDING:
        _STANDING.append(act)


def on_finished(act: Finished) -> None:
    """Let ``act`` be called with each run that went through, its controls stored."""
    if act not in _FINISHED:
        _FINISHED.append(act)


def tell_standing(likeness_ids: Iterable[int]) -> None:
    """These likenesses were found, judged, opened again or are gone: their rows are written."""
    keys = sorted(set(likeness_ids))
    for act in _STANDING if keys else ():
        act(keys)


def tell_finished(run: ControlRun) -> None:
    """The run has finished: its row is written."""
    for act in _FINISHED:
        act(run)
