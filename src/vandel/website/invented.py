"""Websites of a demonstration's own making: answered from memory, under names that no real site can have.

Nothing here opens a connection. A name outside the reserved ones (RFC 2606, RFC 6761) is answered as a name
that does not exist, so that an invented site can never stand in for a real one.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from vandel.website.addresses import WebAddress
from vandel.website.content import is_html, text_of
from vandel.website.extract import Extract, extract
from vandel.website.fetch import Answer, Fetcher, Limits, Times
from vandel.website.guard import Budget, Guard
from vandel.website.outcome import NotVisited, Outcome

RESERVED: Final = (".example", ".test", ".invalid")


@dataclass(frozen=True, slots=True)
class InventedPage:
    """What an invented site answers: the body as sent, or a ``location`` to go on to."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    location: str = ""


# The answer to a host and a path with its query; None where the site has no such page. Raises NotVisited
# for what goes wrong before any answer: no such name, no connection, a certificate.
Answers = Callable[[str, str], InventedPage | None]


def is_invented_name(host: str) -> bool:
    """Whether a host can only be an invented one."""
    return host.endswith(RESERVED)


class _NoNames:
    def resolve(self, host: str, *, seconds: float) -> list[str]:
        raise OSError("no name is looked up for an invented site")


class InventedFetcher(Fetcher):
    """A fetcher that makes no connection: redirects, limits, robots.txt and evidence are the real one's."""

    def __init__(self, answers: Answers, times: Times, *, user_agent: str, limits: Limits) -> None:
        # Never used, so without the list of authorities, which is slow to read.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().__init__(Guard(_NoNames()), times, user_agent=user_agent, limits=limits, ssl_context=context)
        self._answers = answers

    def _answer(self, address: WebAddress, budget: Budget, *, status: list[int]) -> Answer:
        if not is_invented_name(address.host):
            raise NotVisited(Outcome.NO_SUCH_NAME, f"There is no address behind the name {address.host}.")
        page = self._answers(address.host, address.target)
        if page is None:
            page = InventedPage(b"<p>Sidan finns inte.</p>", 404)
        budget.sent += self._question(address)
        headers = {"content-type": page.content_type}
        if page.location:
            headers["location"] = page.location
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        budget.take(f"HTTP/1.1 {page.status} Invented\r\n{head}\r\n".encode() + page.body)
        status.append(page.status)
        return Answer(page.status, headers, page.body)

    def _question(self, address: WebAddress) -> bytes:
        lines = b"".join(
            name.encode() + b": " + value.encode() + b"\r\n" for name, value in self._headers(address)
        )
        return f"GET {address.target} HTTP/1.1\r\n".encode() + lines + b"\r\n"


class ReaderHere:
    """Reads pages in this process: for pages of our own making only, since nothing bounds what one costs."""

    def __enter__(self) -> ReaderHere:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to end."""

    def start(self) -> None:
        """Keep the extractor quiet: it logs each page without a main text as an error."""
        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

    def read(self, body: bytes, *, content_type: str) -> Extract:
        """A page's texts."""
        return extract(text_of(body, content_type=content_type), is_html=is_html(body))
