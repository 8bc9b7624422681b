"""Local test sites, and the one guard that reaches them. No configuration can find it here."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from vandel.website.fetch import Fetcher, Limits, Times
from vandel.website.guard import Guard, connect

Handler = Callable[[socket.socket, str], None]
NAME = "foreningen.example"


class Names:
    """A resolver that answers from a table and counts; a list of lists answers differently each time."""

    def __init__(self, table: dict[str, list[str] | list[list[str]]]) -> None:
        self.table = table
        self.asked: list[str] = []

    def resolve(self, host: str, *, seconds: float) -> list[str]:
        self.asked.append(host)
        if host not in self.table:
            raise OSError("no such name")
        answers = self.table[host]
        if answers and isinstance(answers[0], list):
            return answers.pop(0) if len(answers) > 1 else answers[0]
        return list(answers)


class LoopbackGuard(Guard):
    """Leads one public-looking address to a test server on loopback; all other rules are the real ones."""

    def __init__(self, resolver: Names, *, stands_for: str, port: int) -> None:
        super().__init__(resolver)
        self._stands_for = stands_for
        self._port = port

    def open(self, address: str, port: int, *, seconds: float) -> socket.socket:
        if address == self._stands_for:
            return connect("127.0.0.1", self._port, seconds=seconds)
        return super().open(address, port, seconds=seconds)


@dataclass
class Site:
    """A server with one handler for every path. ``asked`` are the paths, ``connections`` their number."""

    handler: Handler
    port: int = 0
    asked: list[str] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    connections: int = 0
    context: ssl.SSLContext | None = None

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                link, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._answer, args=(link,), daemon=True).start()

    def _answer(self, link: socket.socket) -> None:
        try:
            link.settimeout(30)
            if self.context is not None:
                link = self.context.wrap_socket(link, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head and len(head) < 65536:
                piece = link.recv(4096)
                if not piece:
                    return
                head += piece
            self.heads.append(head.decode("latin-1"))
            path = head.split(b" ")[1].decode("latin-1")
            self.asked.append(path)
            self.handler(link, path)
        except OSError:
            pass
        finally:
            link.close()


@contextmanager
def serving(handler: Handler, *, context: ssl.SSLContext | None = None) -> Iterator[Site]:
    listener = socket.create_server(("127.0.0.1", 0), backlog=50)
    site = Site(handler, listener.getsockname()[1], context=context)
    thread = threading.Thread(target=site.serve, args=(listener,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        # Closing alone does not wake a thread that waits in accept.
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)


def answer(
    link: socket.socket, body: bytes, *, status: str = "200 OK", headers: str = "Content-Type: text/html\r\n"
) -> None:
    link.sendall(f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body)


def pages(table: dict[str, str | bytes]) -> Handler:
    """A site of fixed pages; ``-> address`` redirects, a number is a status, the rest is HTML."""

    def handle(link: socket.socket, path: str) -> None:
        page = table.get(path)
        if page is None:
            answer(link, b"<p>Inte h\xc3\xa4r</p>", status="404 Not Found")
        elif isinstance(page, str) and page.startswith("-> "):
            answer(link, b"", status="302 Found", headers=f"Location: {page[3:]}\r\n")
        elif isinstance(page, str) and page.isdigit():
            answer(link, b"", status=f"{page} Nej")
        else:
            answer(link, page.encode() if isinstance(page, str) else page)

    return handle


class Clock:
    """Moves on only when somebody sleeps, and by the little that real time takes."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def clock(self) -> float:
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def now(self) -> datetime:
        return datetime(2026, 5, 24, 12, tzinfo=UTC)

    @property
    def times(self) -> Times:
        return Times(self.now, self.clock, self.sleep)


PUBLIC = "93.184.215.14"
AGENT = "Pakten-kontroll/1 (+https://stad.example/kontroll)"


def fetcher_for(
    site: Site,
    *,
    names: Names | None = None,
    limits: Limits | None = None,
    clock: Clock | None = None,
    context: ssl.SSLContext | None = None,
) -> Fetcher:
    resolver = names or Names({NAME: [PUBLIC]})
    guard = LoopbackGuard(resolver, stands_for=PUBLIC, port=site.port)
    return Fetcher(
        guard,
        (clock or Clock()).times,
        user_agent=AGENT,
        limits=limits or Limits(),
        ssl_context=context or ssl.create_default_context(),
    )
