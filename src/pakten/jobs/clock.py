"""The worker's clock: looks at the timetable while the worker does other work."""

from __future__ import annotations

import logging
from threading import Event, Thread
from types import TracebackType

from django.db import DatabaseError, connection

from pakten.jobs import timetable

# Well below a minute, which is the most often that anything may be done.
LOOK_SECONDS = 5.0

logger = logging.getLogger(__name__)


class Clock:
    """Ticks at once and then every few seconds until left; ``once``: only at once, before the work begins."""

    def __init__(self, *, once: bool) -> None:
        self._once = once
        self._ended = Event()
        self._thread = Thread(target=self._run, name="timetable", daemon=True)

    def __enter__(self) -> Clock:
        if self._once:
            _tick()
        else:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._ended.set()
        if not self._once:
            self._thread.join()

    def _run(self) -> None:
        try:
            _tick()
            while not self._ended.wait(LOOK_SECONDS):
                connection.close_if_unusable_or_obsolete()
                _tick()
        finally:
            connection.close()


def _tick() -> None:
    """A locked or lost database is tried again at the next look."""
    try:
        timetable.tick()
    except DatabaseError as error:
        logger.warning("The timetable could not be read: %s", error)
