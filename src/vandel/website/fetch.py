"""One page, fetched: every redirect checked like the first address, every wait and every byte bounded.

No cookies are kept, no scripts run, no forms sent, no proxies or passwords taken from the environment.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol
from urllib.parse import urljoin

import httpcore

from vandel.website.addresses import WebAddress, web_address
from vandel.website.content import counted_chunks, unpacked
from vandel.website.guard import Budget, Guard, GuardedBackend
from vandel.website.outcome import NotVisited, Outcome

MIB: Final = 1 << 20
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_HEADER_BYTES: Final = 256 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a visit may go, in seconds, bytes and numbers."""

    connect_seconds: float = 5.0
    idle_seconds: float = 10.0
    page_seconds: float = 20.0
    packed_bytes: int = 2 * MIB
    plain_bytes: int = 8 * MIB
    redirects: int = 4
    pages: int = 15
    visit_seconds: float = 60.0
    visit_bytes: int = 25 * MIB
    pause_seconds: float = 1.5
    reading_seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Times:
    """The clocks: ``now`` with time zone for the record, ``clock`` in seconds for measuring, ``sleep``."""

    now: Callable[[], datetime]
    clock: Callable[[], float]
    sleep: Callable[[float], None]


class Turns(Protocol):
    """Who may ask a host now; what :class:`vandel.website.turns.HostTurns` does."""

    def turn(self, host: str, *, ends: float) -> AbstractContextManager[None]:
        """Wait for one's turn until ``ends`` on the clock. Errors: ``NotVisited``."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and what came back, as the bytes that went over the wire.

    ``status`` is None when no whole head of an answer came; ``is_whole`` is false when it was cut off.
    """

    url: str
    asked_at: datetime
    address: str
    sent: bytes
    received: bytes
    status: int | None = None
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What became of one address: the chain of exchanges, how it ended, and the unpacked body."""

    asked: str
    url: str
    outcome: Outcome
    reason: str = ""
    status: int | None = None
    content_type: str = ""
    body: bytes = field(default=b"", repr=False)
    exchanges: tuple[Exchange, ...] = ()

    @property
    def wire_bytes(self) -> int:
        return sum(len(exchange.received) for exchange in self.exchanges)


@dataclass(frozen=True, slots=True)
class Answer:
    """One server's answer to one question, its body unpacked; header names in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


class Fetcher:
    """Fetches pages through a guard. ``user_agent`` names the city, the purpose and a page with a contact.

    ``turns`` are shared with the fetchers of visits that are made at the same time.
    """

    def __init__(
        self,
        guard: Guard,
        times: Times,
        *,
        user_agent: str,
        limits: Limits,
        ssl_context: ssl.SSLContext,
        turns: Turns | None = None,
    ) -> None:
        self._guard = guard
        self._times = times
        self._user_agent = user_agent
        self._limits = limits
        self._ssl_context = ssl_context
        self._turns = turns

    def fetch(
        self, url: str, *, ends: float | None = None, may_ask: Callable[[WebAddress], None] | None = None
    ) -> Page:
        """The page behind an address; never raises for what a website does.

        ``ends`` is the visit's own end on the clock; the page's end is at the latest then. ``may_ask`` is
        asked before each hop and raises ``NotVisited`` where robots.txt forbids it.
        """
        page_ends = self._times.clock() + self._limits.page_seconds
        chain = _Chain(url, min(page_ends, ends) if ends is not None else page_ends)
        try:
            answer = self._follow(chain, may_ask)
        except NotVisited as error:
            return chain.ended(error.outcome, error.sentence)
        return _judged(chain, answer)

    def _follow(self, chain: _Chain, may_ask: Callable[[WebAddress], None] | None) -> Answer:
        for _ in range(self._limits.redirects + 1):
            address = web_address(chain.url)
            chain.url = address.url
            if may_ask is not None:
                may_ask(address)
            turn = self._turns.turn(address.host, ends=chain.ends) if self._turns else nullcontext()
            with turn:
                answer = self._ask(address, chain)
            location = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not location:
                return answer
            chain.url = _joined(address.url, location)
        raise NotVisited(Outcome.REDIRECTS, "The website sent us on too many times.")

    def _ask(self, address: WebAddress, chain: _Chain) -> Answer:
        limits = self._limits
        budget = Budget(
            self._times.clock,
            chain.ends,
            limits.packed_bytes + _HEADER_BYTES,
            limits.connect_seconds,
            limits.idle_seconds,
        )
        asked_at = self._times.now()
        answer: Answer | None = None
        status: list[int] = []
        try:
            answer = self._answer(address, budget, status=status)
        finally:
            if budget.sent:
                chain.exchanges.append(
                    Exchange(
                        address.url,
                        asked_at,
                        budget.address,
                        bytes(budget.sent),
                        bytes(budget.received),
                        status[0] if status else None,
                        answer is not None,
                    )
                )
        return answer

    def _answer(self, address: WebAddress, budget: Budget, *, status: list[int]) -> Answer:
        url = httpcore.URL(
            scheme=address.scheme.encode(),
            host=address.host.encode(),
            port=address.port,
            target=address.target.encode(),
        )
        request = httpcore.Request("GET", url, headers=self._headers(address))
        backend = GuardedBackend(self._guard, budget)
        try:
            with httpcore.HTTPConnection(
                url.origin, ssl_context=self._ssl_context, network_backend=backend
            ) as connection:
                response = connection.handle_request(request)
                status.append(response.status)
                return self._read(response)
        except (httpcore.ProtocolError, httpcore.NetworkError, httpcore.TimeoutException) as error:
            raise NotVisited(
                Outcome.BROKEN_ANSWER, "The website's answer does not follow the rules of the web."
            ) from error

    def _read(self, response: httpcore.Response) -> Answer:
        headers = {name.decode("latin-1").lower(): _plain(value) for name, value in response.headers}
        stream = response.iter_stream()
        if response.status in _REDIRECTS:
            for _ in counted_chunks(stream, self._limits.packed_bytes):
                pass
            return Answer(response.status, headers, b"")
        body = unpacked(
            stream,
            encoding=headers.get("content-encoding", ""),
            packed_bytes=self._limits.packed_bytes,
            plain_bytes=self._limits.plain_bytes,
        )
        return Answer(response.status, headers, body)

    def _headers(self, address: WebAddress) -> list[tuple[str, str]]:
        host = f"[{address.host}]" if ":" in address.host else address.host
        return [
            ("Host", host),
            ("User-Agent", self._user_agent),
            ("Accept", "text/html,application/xhtml+xml,text/plain;q=0.8"),
            ("Accept-Language", "sv,en;q=0.8"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ]


class _Chain:
    """The way from the address that was asked for to the one that answered."""

    def __init__(self, url: str, ends: float) -> None:
        self.asked = url
        self.url = url
        self.ends = ends
        self.exchanges: list[Exchange] = []

    def ended(self, outcome: Outcome, reason: str) -> Page:
        last = self.exchanges[-1].status if self.exchanges else None
        return Page(self.asked, self.url, outcome, reason, last, exchanges=tuple(self.exchanges))


def _judged(chain: _Chain, answer: Answer) -> Page:
    outcome, reason = Outcome.VISITED, ""
    if answer.status == 401:
        outcome, reason = Outcome.LOGIN, "The page is shown to those who sign in only."
    elif not 200 <= answer.status < 300:
        outcome, reason = Outcome.HTTP_ERROR, f"The website answered {answer.status}."
    return Page(
        chain.asked,
        chain.url,
        outcome,
        reason,
        answer.status,
        answer.headers.get("content-type", ""),
        answer.body,
        tuple(chain.exchanges),
    )


def _plain(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _joined(base: str, location: str) -> str:
    try:
        return urljoin(base, location.strip())
    except ValueError as error:
        raise NotVisited(
            Outcome.BROKEN_ANSWER, "The website sent us on to something that is no address."
        ) from error
