"""The reading of strangers' pages in a process of its own, with bounds on its memory and time.

A page may make a parser take gigabytes or end the process it runs in. Then only this helper ends, and the
page is ``too_complex``. It speaks plain JSON, so that nothing it says can run in ours.
"""

from __future__ import annotations

import atexit
import json
import sys
from dataclasses import asdict
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from vandel.website.content import is_html, text_of
from vandel.website.extract import Extract, Link, extract, main_text
from vandel.website.nursery import START_SECONDS, Nursery, raise_helpers
from vandel.website.outcome import NotVisited, Outcome

MOST_MARKS: Final = 200_000
MOST_MEMORY: Final = 100 * 1024 * 1024
_NURSERY: Final = Nursery("vandel.website.extract_apart")
atexit.register(_NURSERY.close)


class Reader:
    """Reads pages in a helper process, started at the first page and again after one that broke it."""

    def __init__(self, *, seconds: float) -> None:
        self._seconds = seconds
        self._helper: int | None = None
        self._link: Connection | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start the helper. Only the first one of all is waited for. Raises ``RuntimeError``."""
        if self._helper is None:
            self._link, self._helper = _NURSERY.helper()

    def read(self, body: bytes, *, content_type: str) -> Extract:
        """A page's texts. Errors: ``NotVisited`` (``too_complex``) when that needs too much.

        ``RuntimeError`` when the helper does not get ready, which is no fault of the page's.
        """
        if body.count(b"<") > MOST_MARKS:
            raise _too_complex()
        self.start()
        assert self._link is not None
        if not self._is_ready:
            self._get_ready()
        try:
            self._link.send_bytes(content_type[:200].encode("utf-8", errors="replace"))
            self._link.send_bytes(body)
            return _from_json(self._wait_for(self._seconds))
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            self.close()
            raise _too_complex() from error

    _is_ready = False

    def _get_ready(self) -> None:
        try:
            self._wait_for(START_SECONDS)
        except (OSError, EOFError) as error:
            self.close()
            raise RuntimeError("the helper that reads pages did not start") from error
        self._is_ready = True

    def close(self) -> None:
        """End the helper."""
        if self._link is not None:
            self._link.close()
        if self._helper is not None:
            _NURSERY.end(self._helper)
        self._helper, self._link, self._is_ready = None, None, False

    def _wait_for(self, seconds: float) -> bytes:
        assert self._link is not None
        if not self._link.poll(seconds):
            raise TimeoutError
        return self._link.recv_bytes()


def _too_complex() -> NotVisited:
    return NotVisited(
        Outcome.TOO_COMPLEX, "The page is built in so involved a way that it could not be read."
    )


def _from_json(data: bytes) -> Extract:
    value: dict[str, Any] = json.loads(data)
    texts = {key: str(value[key]) for key in ("title", "full", "main", "head", "language")}
    links = tuple(Link(str(href), str(words)) for href, words in value["links"])
    return Extract(**texts, links=links, asks_password=value["asks_password"] is True)


def _warm_up() -> None:
    """Once before any helper is forked, so that its bounds count only what a page costs."""
    extract(
        "<html><body><p>Ett första stycke som är långt nog för att språket ska kännas igen.</p></body></html>"
    )
    main_text("<html><body><p>Ett stycke.</p></body></html>")


def _read_pages(handle: int) -> None:
    link = Connection(handle)
    _set_bounds()
    link.send_bytes(b"{}")
    while True:
        try:
            content_type, body = link.recv_bytes().decode("utf-8"), link.recv_bytes()
        except EOFError:
            return
        value = asdict(extract(text_of(body, content_type=content_type), is_html=is_html(body)))
        value["links"] = [(item["href"], item["words"]) for item in value["links"]]
        link.send_bytes(json.dumps(value).encode("utf-8"))


def _set_bounds() -> None:
    """At most so much more memory than now; a parser that wants more gets none. On Linux only."""
    status = Path("/proc/self/status")
    if not status.exists():
        return
    import resource

    lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    used = next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData"))
    resource.setrlimit(resource.RLIMIT_DATA, (used + MOST_MEMORY, used + MOST_MEMORY))


if __name__ == "__main__":
    _warm_up()
    raise_helpers(int(sys.argv[1]), _read_pages)
