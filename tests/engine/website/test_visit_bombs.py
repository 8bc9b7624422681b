"""What a hostile server may cost: every kind ends in time, in little memory, and as an outcome.

The slow ones run with limits scaled down; the proportions stay.
"""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from tests.engine.website.servers import NAME, Clock, answer, fetcher_for, pages, serving

from vandel.website.extract_apart import Reader
from vandel.website.fetch import MIB, Limits
from vandel.website.outcome import NotVisited, Outcome
from vandel.website.visit import Order, Visitor
from vandel.website.whose import Claimed

HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
SHORT = Limits(connect_seconds=1, idle_seconds=1, page_seconds=2)
MOST_EXTRA = 40 * MIB
BOMB = gzip.compress(bytes(64 * MIB))


@pytest.fixture
def memory() -> Iterator[Callable[[], int]]:
    """The most memory that Python and its zlib have had since the test began, in bytes."""
    tracemalloc.start()
    yield lambda: tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()


def endless(link: socket.socket, _: str) -> None:
    link.sendall(HTML + b"\r\n")
    while True:
        link.sendall(b"<p>mer</p>" * 6_000)


def endless_chunks(link: socket.socket, _: str) -> None:
    link.sendall(HTML + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        link.sendall(b"1\r\nx\r\n" * 10_000)


def dripping(link: socket.socket, _: str) -> None:
    link.sendall(HTML + b"\r\n")
    while True:
        link.sendall(b"x")
        time.sleep(0.2)


def dripping_head(link: socket.socket, _: str) -> None:
    for byte in HTML * 100:
        link.sendall(bytes([byte]))
        time.sleep(0.2)


def silent(link: socket.socket, _: str) -> None:
    time.sleep(6)


def head_flood(link: socket.socket, _: str) -> None:
    link.sendall(HTML)
    while True:
        link.sendall(b"X-Long: " + b"a" * 1_000 + b"\r\n")


def one_long_header(link: socket.socket, _: str) -> None:
    link.sendall(HTML + b"X: ")
    while True:
        link.sendall(b"a" * 60_000)


def continue_flood(link: socket.socket, _: str) -> None:
    while True:
        link.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 1_000)


def gzip_bomb(link: socket.socket, _: str) -> None:
    answer(link, BOMB, headers="Content-Encoding: gzip\r\n")


def many_small_gzips(link: socket.socket, _: str) -> None:
    answer(link, gzip.compress(b"") * 90_000, headers="Content-Encoding: gzip\r\n")


def nested_gzip(link: socket.socket, _: str) -> None:
    inner = gzip.compress(BOMB)
    answer(link, inner, headers="Content-Encoding: gzip, gzip\r\n")


def gzip_in_gzip(link: socket.socket, _: str) -> None:
    inner = gzip.compress(BOMB)
    answer(link, inner, headers="Content-Encoding: gzip\r\n")


def unasked_packing(link: socket.socket, _: str) -> None:
    answer(link, b"abc", headers="Content-Encoding: br\r\n")


def damaged_gzip(link: socket.socket, _: str) -> None:
    answer(link, b"\x1f\x8b\x08rubbish", headers="Content-Encoding: gzip\r\n")


def cut_off(link: socket.socket, _: str) -> None:
    link.sendall(HTML + b"Content-Length: 1000\r\n\r\n<p>bara")


def not_http(link: socket.socket, _: str) -> None:
    link.sendall(b"SSH-2.0-OpenSSH_9.2\r\n")


def two_lengths(link: socket.socket, _: str) -> None:
    link.sendall(HTML + b"Content-Length: 3\r\nContent-Length: 5\r\n\r\nabcde")


def closing(link: socket.socket, _: str) -> None:
    return


BOMBS = [
    (endless, Outcome.TOO_LARGE),
    (dripping, Outcome.TOO_SLOW),
    (dripping_head, Outcome.TOO_SLOW),
    (silent, Outcome.TOO_SLOW),
    (head_flood, Outcome.BROKEN_ANSWER),
    (one_long_header, Outcome.BROKEN_ANSWER),
    (gzip_bomb, Outcome.TOO_LARGE),
    (many_small_gzips, Outcome.VISITED),
    (nested_gzip, Outcome.BROKEN_ANSWER),
    (gzip_in_gzip, Outcome.VISITED),  # one layer comes off; what is left is a packed file, and no page
    (unasked_packing, Outcome.BROKEN_ANSWER),
    (damaged_gzip, Outcome.BROKEN_ANSWER),
    (cut_off, Outcome.BROKEN_ANSWER),
    (not_http, Outcome.BROKEN_ANSWER),
    (two_lengths, Outcome.BROKEN_ANSWER),
    (closing, Outcome.BROKEN_ANSWER),
]


@pytest.mark.parametrize(
    ("handler", "outcome"), BOMBS, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_each_fetch_ends_in_time_and_memory(handler, outcome, memory):
    with serving(handler) as site:
        started = time.monotonic()
        page = fetcher_for(site, limits=SHORT).fetch(f"http://{NAME}/")
        took = time.monotonic() - started
    assert page.outcome is outcome
    assert took < SHORT.page_seconds + 2 and memory() < MOST_EXTRA
    assert page.wire_bytes < 3 * MIB and len(page.body) <= SHORT.plain_bytes


@pytest.mark.parametrize("handler", [endless_chunks, continue_flood])
def test_endless_small_pieces_end_by_size_or_by_time(handler):
    with serving(handler) as site:
        page = fetcher_for(site, limits=SHORT).fetch(f"http://{NAME}/")
    assert page.outcome in {Outcome.TOO_LARGE, Outcome.TOO_SLOW} and page.wire_bytes < 3 * MIB


def test_a_redirect_loop_ends_after_four():
    with serving(pages({"/": "-> /b", "/b": "-> /"})) as site:
        page = fetcher_for(site).fetch(f"http://{NAME}/")
    assert page.outcome is Outcome.REDIRECTS and len(page.exchanges) == 5


HEAVY = {
    "a million tags": b"<b>" * 1_000_000,
    "many paragraphs": b"<p>x" * 199_000,
    "deep nesting": b"<div>" * 150_000 + b"x",
    "deep tables": b"<table>" * 100_000,
    "many attributes": b"<a " + b" ".join(b"a%d" % n for n in range(500_000)) + b">",
    "links without end": b"<a href=x>" * 190_000,
    "entities": b"&amp;" * 1_600_000,
    "one long word": b"x" * 8_000_000,
    "broken letters": b"<p>" + b"\xff\xfe\xfd" * 2_000_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_heavy_pages_break_the_helper_at_most(name):
    """Whatever the page, ours stays up, and the next page is read as if nothing had been."""
    with Reader(seconds=4) as reader:
        reader.read(b"<p>hej</p>", content_type="")
        started = time.monotonic()
        try:
            reader.read(HEAVY[name], content_type="text/html; charset=utf-8")
        except NotVisited as error:
            assert error.outcome is Outcome.TOO_COMPLEX
        assert time.monotonic() - started < 20
        assert reader.read("<p>Efteråt</p>".encode(), content_type="").full == "Efteråt"


def test_a_slow_site_ends_the_visit_too():
    clock = Clock()
    with serving(dripping) as site:
        limits = SHORT
        visitor = Visitor(
            fetcher_for(site, clock=clock, limits=limits), clock.times, limits=limits, token="x"
        )
        started = time.monotonic()
        done = visitor.visit(Order(f"http://{NAME}/", Claimed("Påhitt"), "A", "b"))
    assert time.monotonic() - started < 8
    assert done.could_not_visit and done.outcome in {Outcome.TOO_SLOW, Outcome.ROBOTS}
