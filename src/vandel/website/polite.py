"""Manners: robots.txt before each page, a pause between questions, an end to the whole visit."""

from __future__ import annotations

from dataclasses import dataclass

from vandel.website.addresses import WebAddress
from vandel.website.choice import Topic
from vandel.website.fetch import Fetcher, Limits, Page, Times
from vandel.website.outcome import NotVisited, Outcome
from vandel.website.robots import Robots, robots_of
from vandel.website.signs import is_social_network

_MAY_BE_OVERRIDDEN = frozenset({Topic.START, Topic.CONTACT, Topic.LEGAL})


@dataclass(frozen=True, slots=True)
class Override:
    """An officer's decision to read in spite of robots.txt: who decided, and why."""

    by: str
    reason: str

    def __post_init__(self) -> None:
        if not self.by.strip() or not self.reason.strip():
            raise ValueError("an override says who decided it and why")


@dataclass(frozen=True, slots=True)
class RobotsNote:
    """What robots.txt meant for one address: ``allowed``, ``forbidden`` or ``overridden``."""

    url: str
    decision: str
    reason: str = ""


class Manners:
    """Every question of one visit goes through here; ``fetched`` and ``notes`` keep what happened."""

    def __init__(
        self, fetcher: Fetcher, times: Times, *, limits: Limits, token: str, override: Override | None
    ) -> None:
        self._fetcher = fetcher
        self._times = times
        self._limits = limits
        self._token = token
        self._override = override
        self._robots: dict[str, tuple[Page, Robots]] = {}
        self._last_asked: float | None = None
        self._ends = times.clock() + limits.visit_seconds
        self.fetched: list[Page] = []
        self.notes: list[RobotsNote] = []

    def may_go_on(self) -> bool:
        """Whether the visit still has time and bytes for another page."""
        read = sum(page.wire_bytes for page in self.fetched)
        return self._times.clock() < self._ends and read < self._limits.visit_bytes

    def fetch(self, url: str, *, topic: Topic) -> Page:
        """One page, if robots.txt lets us, after a pause."""

        def may_ask(address: WebAddress) -> None:
            self._check(address, topic)
            self._pause()

        page = self._fetcher.fetch(url, ends=self._ends, may_ask=may_ask)
        self.fetched.append(page)
        return page

    def _check(self, address: WebAddress, topic: Topic) -> None:
        if is_social_network(address.host):
            raise NotVisited(
                Outcome.SOCIAL_NETWORK,
                f"The address leads to {address.host}, which is no website of their own.",
            )
        asked, robots = self._robots_of(address)
        if robots.closed and asked.status is None:
            # Nobody answered at all: that is the reason, not what robots.txt says.
            raise NotVisited(asked.outcome, asked.reason)
        if robots.allows(address.target):
            self.notes.append(RobotsNote(address.url, "allowed"))
            return
        reason = robots.reason or "robots.txt asks automated visitors to stay away from this page."
        if self._override is not None and topic in _MAY_BE_OVERRIDDEN:
            self.notes.append(RobotsNote(address.url, "overridden", reason))
            return
        self.notes.append(RobotsNote(address.url, "forbidden", reason))
        raise NotVisited(Outcome.ROBOTS, reason)

    def _robots_of(self, address: WebAddress) -> tuple[Page, Robots]:
        root = WebAddress(address.scheme, address.host, "/robots.txt").url
        if root not in self._robots:
            self._pause()
            page = self._fetcher.fetch(root, ends=self._ends)
            self.fetched.append(page)
            self._robots[root] = (page, robots_of(page, token=self._token))
        return self._robots[root]

    def _pause(self) -> None:
        now = self._times.clock()
        if self._last_asked is not None and now < self._last_asked + self._limits.pause_seconds:
            self._times.sleep(self._last_asked + self._limits.pause_seconds - now)
        self._last_asked = self._times.clock()
