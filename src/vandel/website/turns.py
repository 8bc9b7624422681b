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

    Each visit is made by one thread and keeps its own pauses; two visits may still be led to one host, and
    then take turns there.
    """

    def __init__(self, times: Times, *, pause_seconds: float) -> None:
        self._times = times
        self._pause = pause_seconds
        self._places: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._asked: dict[str, tuple[float, int]] = {}  # when, and by which thread
        self._own = threading.Lock()

    @contextmanager
    def turn(self, host: str, *, ends: float) -> Iterator[None]:
        """Wait for the host to be free and rested.

        Errors: ``NotVisited`` when that takes until ``ends``. It is no fault of the website's then
        (``NOT_OUR_TURN``), unless the pause is after a question of the same visit (``TOO_SLOW``).
        """
        with self._own:
            place = self._places[host]
        if not place.acquire(timeout=max(0.0, ends - self._times.clock())):
            raise _not_our_turn()
        try:
            self._rest(host, ends)
            self._asked[host] = (self._times.clock(), threading.get_ident())
            yield
        finally:
            place.release()

    def _rest(self, host: str, ends: float) -> None:
        if host not in self._asked:
            return
        now = self._times.clock()
        asked, by = self._asked[host]
        ready = asked + self._pause
        if ready > ends:
            raise _too_slow() if by == threading.get_ident() else _not_our_turn()
        if ready > now:
            self._times.sleep(ready - now)


def _not_our_turn() -> NotVisited:
    return NotVisited(Outcome.NOT_OUR_TURN, "Another visit was asking the same host until the time was out.")


def _too_slow() -> NotVisited:
    return NotVisited(Outcome.TOO_SLOW, "The website took the time that was left for another question.")
