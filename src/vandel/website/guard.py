"""The guard on every connection that a visit makes.

The name is resolved here, the answers are judged here, and the connection goes to the very address that was
judged: nothing can change between the check and the use. One bad address refuses all.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import httpcore

from vandel.website.addresses import PORTS, literal, refusal_of
from vandel.website.outcome import NotVisited, Outcome

MOST_ADDRESSES: Final = 32
_TRIED: Final = 3
_WAITING_AT_ONCE: Final = 8


class Resolver(Protocol):
    """Turns a name into addresses."""

    def resolve(self, host: str, *, seconds: float) -> list[str]:
        """The IP addresses of ``host``, as text. Errors: ``OSError``, ``TimeoutError``."""


class SystemResolver:
    """The machine's own resolver, which has no time limit of its own and so gets one here."""

    _places = threading.BoundedSemaphore(_WAITING_AT_ONCE)

    def resolve(self, host: str, *, seconds: float) -> list[str]:
        if not self._places.acquire(timeout=seconds):
            raise TimeoutError("too many names are being looked up")
        found: list[str] = []
        errors: list[OSError] = []

        def look_up() -> None:
            try:
                # The trailing dot keeps the machine's search domains out.
                answers = socket.getaddrinfo(f"{host}.", None, type=socket.SOCK_STREAM)
                found.extend(str(answer[4][0]) for answer in answers)
            except (OSError, UnicodeError) as error:
                errors.append(error if isinstance(error, OSError) else OSError(str(error)))
            finally:
                self._places.release()

        thread = threading.Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(seconds)
        if thread.is_alive():
            raise TimeoutError("the name server did not answer")
        if errors:
            raise errors[0]
        return list(dict.fromkeys(found))


@dataclass(slots=True)
class Budget:
    """What one exchange may still cost: until ``ends`` on ``clock``, and ``wire_bytes`` read.

    ``sent`` and ``received`` keep the bytes as they went over the wire (after TLS): the evidence.
    """

    clock: Callable[[], float]
    ends: float
    wire_bytes: int
    connect_seconds: float = 5.0
    idle_seconds: float = 10.0
    sent: bytearray = field(default_factory=bytearray)
    received: bytearray = field(default_factory=bytearray)
    address: str = ""

    def wait(self, longest: float) -> float:
        """How long the next wait may be, in seconds. Errors: ``NotVisited`` when the time is up."""
        left = self.ends - self.clock()
        if left <= 0:
            raise NotVisited(Outcome.TOO_SLOW, "The website took too long to send its page.")
        return min(longest, left)

    def take(self, data: bytes) -> None:
        self.received += data
        if len(self.received) > self.wire_bytes:
            raise NotVisited(Outcome.TOO_LARGE, "The website sent more than we read of one page.")


class Guard:
    """Decides where a connection may go. There is no switch that lets it reach an inner network."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def addresses(self, host: str, *, seconds: float) -> list[str]:
        """The addresses of ``host``, all of them public. Errors: ``NotVisited``."""
        written = literal(host)
        found = [str(written)] if written is not None else self._resolved(host, seconds)
        if not found or len(found) > MOST_ADDRESSES:
            raise NotVisited(Outcome.NO_SUCH_NAME, f"The name {host} leads to no address that we can use.")
        for text in found:
            address = literal(text)
            why = refusal_of(address) if address is not None else f"{text!r} is no address"
            if why:
                raise NotVisited(
                    Outcome.NOT_PUBLIC, f"{host} leads to an address that we must not ask: {why}."
                )
        return found

    def open(self, address: str, port: int, *, seconds: float) -> socket.socket:
        """A connection to an address that :meth:`addresses` gave. Errors: ``NotVisited``, ``OSError``."""
        pinned = literal(address)
        if pinned is None or port not in PORTS.values():
            raise NotVisited(Outcome.NOT_PUBLIC, f"Port {port} is not one that websites use.")
        why = refusal_of(pinned)
        if why:
            raise NotVisited(Outcome.NOT_PUBLIC, f"{why}.")
        return connect(address, port, seconds=seconds)

    def _resolved(self, host: str, seconds: float) -> list[str]:
        try:
            return self._resolver.resolve(host, seconds=seconds)
        except TimeoutError as error:
            raise NotVisited(Outcome.TOO_SLOW, f"No name server answered for {host} in time.") from error
        except OSError as error:
            raise NotVisited(Outcome.NO_SUCH_NAME, f"There is no address behind the name {host}.") from error


def connect(address: str, port: int, *, seconds: float) -> socket.socket:
    """A TCP connection to a numeric address, with no name looked up on the way. Errors: ``OSError``."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    link = socket.socket(family, socket.SOCK_STREAM)
    try:
        link.settimeout(seconds)
        link.connect((address, port))
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        link.close()
        raise
    return link


class GuardedBackend(httpcore.NetworkBackend):
    """What httpcore opens its connections with, for one exchange."""

    def __init__(self, guard: Guard, budget: Budget) -> None:
        self._guard = guard
        self._budget = budget

    def connect_tcp(
        self,
        host: str,
        port: int,
        *_: Any,
        **__: Any,
    ) -> httpcore.NetworkStream:
        budget = self._budget
        found = self._guard.addresses(host, seconds=budget.wait(budget.connect_seconds))
        for address in found[:_TRIED]:
            try:
                link = self._guard.open(address, port, seconds=budget.wait(budget.connect_seconds))
            except OSError:
                continue
            budget.address = address
            return _Stream(link, budget)
        raise NotVisited(Outcome.NO_CONNECTION, f"{host} does not answer.")


class _Stream(httpcore.NetworkStream):
    """A connection on which every wait is bounded by the page's end, and every byte is kept and counted."""

    def __init__(self, link: socket.socket, budget: Budget) -> None:
        self._link = link
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self._link.settimeout(self._budget.wait(self._budget.idle_seconds))
        try:
            data = self._link.recv(max_bytes)
        except TimeoutError as error:
            raise NotVisited(Outcome.TOO_SLOW, "The website stopped answering.") from error
        except OSError as error:
            raise NotVisited(Outcome.BROKEN_ANSWER, "The website broke off its answer.") from error
        self._budget.take(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._budget.sent += buffer
        try:
            self._link.settimeout(self._budget.wait(self._budget.idle_seconds))
            self._link.sendall(buffer)
        except OSError as error:
            raise NotVisited(Outcome.NO_CONNECTION, "The website did not take our question.") from error

    def close(self) -> None:
        self._link.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        *_: Any,
        **__: Any,
    ) -> httpcore.NetworkStream:
        try:
            self._link.settimeout(self._budget.wait(self._budget.idle_seconds))
            wrapped = ssl_context.wrap_socket(self._link, server_hostname=server_hostname)
        except ssl.SSLCertVerificationError as error:
            self.close()
            raise NotVisited(
                Outcome.BAD_CERTIFICATE,
                f"The certificate is not valid for {server_hostname}: {error.verify_message}.",
            ) from error
        except OSError as error:
            self.close()
            raise NotVisited(Outcome.NO_CONNECTION, "No safe connection could be made.") from error
        except BaseException:
            self.close()
            raise
        return _Stream(wrapped, self._budget)

    def get_extra_info(self, info: str) -> object:
        if info == "ssl_object" and isinstance(self._link, ssl.SSLSocket):
            return self._link
        return None
