"""Turns: one question at a time to each host, with a pause between, among visits that are made at once."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from vandel.website.fetch import Times
from vandel.website.outcome import NotVisited, Outcome


class HostTurns:
    """Shared by the fetchers of visits that are made at the same time.

    Each visit keeps its own pauses; two visits may still be led to one host, and then take turns there.
    """

    def __init__(self, times: Times, *, pause_seconds: float) -> None:
        self._times = times
        self._pause = pause_seconds
        self._places: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._asked: dict[str, float] = {}
        self._own = threading.Lock()

    @contextmanager
    def turn(self, host: str, *, ends: float) -> Iterator[None]:
        """Wait for the host to be free and rested. Errors: ``NotVisited`` when that takes until ``ends``."""
        with self._own:
            place = self._places[host]
        if not place.acquire(timeout=max(0.0, ends - self._times.clock())):
            raise _too_slow()
        try:
            self._rest(host, ends)
            self._asked[host] = self._times.clock()
            yield
        finally:
            place.release()

    def _rest(self, host: str, ends: float) -> None:
        now = self._times.clock()
        ready = self._asked.get(host, now - self._pause) + self._pause
        if ready > ends:
            raise _too_slow()
        if ready > now:
            self._times.sleep(ready - now)


def _too_slow() -> NotVisited:
    return NotVisited(Outcome.TOO_SLOW, "Another visit was asking the same host until the time was out.")
