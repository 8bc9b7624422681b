"""Visits to websites that reach nothing: no test of the application opens a connection."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import timezone

from pakten.visits import sites
from vandel.website.fetch import Times
from vandel.website.invented import InventedFetcher, InventedPage, ReaderHere
from vandel.website.outcome import NotVisited, Outcome
from vandel.website.visit import Visitor


def _answer(host: str, _target: str) -> InventedPage | None:
    raise NotVisited(Outcome.NO_SUCH_NAME, f"There is no address behind the name {host}.")


def _nowhere(_together: sites.Together | None = None) -> sites.Way:
    times = Times(timezone.now, time.monotonic, lambda _seconds: None)
    fetcher = InventedFetcher(_answer, times, user_agent=sites.user_agent(), limits=sites.LIMITS)
    return sites.Way(
        Visitor(fetcher, times, limits=sites.LIMITS, token=sites.TOKEN, reader=ReaderHere()), is_invented=True
    )


@contextmanager
def no_network() -> Iterator[None]:
    """While inside, every address that no invented site answers leads nowhere."""
    with mock.patch.object(sites, "over_the_network", _nowhere):
        yield
