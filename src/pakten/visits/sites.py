"""The way to a website: over the network through the engine's guard, or to the demo's invented sites.

An area above may register a way to sites of its own making (the demo does, and only in demo mode). No way
leads to an inner network: the guard has no switch for that.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from django.utils import timezone

from pakten.core.addresses import whole
from pakten.core.theme import theme
from vandel.website.addresses import web_address
from vandel.website.fetch import Fetcher, Limits, Times
from vandel.website.guard import Guard, SystemResolver
from vandel.website.invented import Answers, InventedFetcher, ReaderHere, is_invented_name
from vandel.website.outcome import NotVisited
from vandel.website.turns import HostTurns
from vandel.website.visit import Visitor

TOKEN = "Pakten-kontroll"  # noqa: S105 - the product token that robots.txt files name, no secret
ABOUT = "/om-webbplatsbesok/"
LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Way:
    """Who visits, and whether what is visited is invented."""

    visitor: Visitor
    is_invented: bool = False


class VisitEnded(Exception):
    """The visits are to end now, whatever this one has seen: a person stopped them, or the worker leaves."""


class Together:
    """What visits that are made at the same time share: their turns at each host, and when to end."""

    def __init__(self) -> None:
        self._ended = Event()
        self.times = Times(timezone.now, time.monotonic, self._wait)
        self.turns = HostTurns(self.times, pause_seconds=LIMITS.pause_seconds)
        self.ssl_context = ssl.create_default_context()

    def end(self) -> None:
        """Have every visit leave at its next pause; a page that is on its way still has its own end."""
        self._ended.set()

    def _wait(self, seconds: float) -> None:
        if self._ended.wait(seconds):
            raise VisitEnded


# Each gives the way to an address, or None where it has none.
WAYS: list[Callable[[str], Way | None]] = []


def way_to(address: str, together: Together | None = None) -> Way:
    """The way to a website, by the registered ones first."""
    return next((way for find in WAYS if (way := find(address))), None) or over_the_network(together)


def invented_way(answers: Answers, address: str, *, now: Callable[[], datetime] = timezone.now) -> Way | None:
    """The way to invented sites: no connection, no waiting; None for an address that could be a real one."""
    try:
        if not is_invented_name(web_address(address).host):
            return None
    except NotVisited:
        return None
    times = Times(now, time.monotonic, _no_pause)
    fetcher = InventedFetcher(answers, times, user_agent=user_agent(), limits=LIMITS)
    return Way(Visitor(fetcher, times, limits=LIMITS, token=TOKEN, reader=ReaderHere()), is_invented=True)


def user_agent() -> str:
    """Who visits and why, with the address of a page that says more and has a contact."""
    city = theme().city.encode("ascii", "ignore").decode() or "Staden"
    return f"{TOKEN}/1.0 ({city}; kontroll av medlemmar; +{whole(ABOUT)})"


def over_the_network(together: Together | None = None) -> Way:
    """The way to real websites: every connection through the engine's guard."""
    shared = together or Together()
    fetcher = Fetcher(
        Guard(SystemResolver()),
        shared.times,
        user_agent=user_agent(),
        limits=LIMITS,
        ssl_context=shared.ssl_context,
        turns=shared.turns,
    )
    return Way(Visitor(fetcher, shared.times, limits=LIMITS, token=TOKEN))


def _no_pause(seconds: float) -> None:
    """Nobody is disturbed by questions to an invented site."""
