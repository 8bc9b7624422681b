"""The demo's past: what people did some weeks ago is done with the clock put back, in the order of time.

So a diary numbers its papers as they came, a letter bears its day, and the log is as old as what it tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush

from django.utils import timezone

# What happens, step by step; each step gives how long it is to the next.
Scene = Iterator[timedelta]


@contextmanager
def put_back(moment: datetime) -> Iterator[None]:
    """Let it be ``moment`` for all that asks Django for the time. Only while the demo is made: one thread."""
    kept = timezone.now
    setattr(timezone, "now", lambda: moment)  # noqa: B010 - no assignment: the types take it for fixed
    try:
        yield
    finally:
        setattr(timezone, "now", kept)  # noqa: B010


def play(scenes: Iterable[tuple[datetime, Scene]], *, until: datetime) -> None:
    """Play the scenes from their beginnings, step by step in the order of time, and none beyond ``until``."""
    waiting = [(moment, number, scene) for number, (moment, scene) in enumerate(scenes)]
    heapify(waiting)
    while waiting:
        moment, number, scene = heappop(waiting)
        moment = min(moment, until)
        with put_back(moment):
            step = next(scene, None)
        if step is not None:
            heappush(waiting, (moment + step, number, scene))
