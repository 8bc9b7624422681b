"""The visit: a few pages of one website, read politely, with evidence of every step.

Whatever goes wrong is an outcome with a reason, and none of them is "nothing found".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from vandel.evidence.archive import Archive
from vandel.website.addresses import web_address
from vandel.website.choice import Topic, worth_reading
from vandel.website.content import is_page
from vandel.website.extract import Extract
from vandel.website.extract_apart import Reader
from vandel.website.fetch import Fetcher, Limits, Page, Times
from vandel.website.outcome import NotVisited, Outcome
from vandel.website.polite import Manners, Override, RobotsNote
from vandel.website.signs import not_a_website
from vandel.website.visit_evidence import evidence_of
from vandel.website.whose import Belonging, Claimed, PageText, whose


@dataclass(frozen=True, slots=True)
class Order:
    """Why a visit is made: ``ordered_by`` names a user or the job, ``reason`` says it in words.

    ``rules_version`` and ``software_version`` are stored with the result. ``override`` is an officer's
    decision to read start, contact and legal pages although robots.txt forbids it.
    """

    url: str
    claimed: Claimed
    ordered_by: str
    reason: str
    rules_version: str = ""
    software_version: str = ""
    override: Override | None = None


@dataclass(frozen=True, slots=True)
class VisitedPage:
    """One address of the visit: how it ended and, where it was read, its texts."""

    topic: Topic
    page: Page
    extract: Extract | None
    outcome: Outcome
    reason: str

    @property
    def url(self) -> str:
        return self.page.url


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit found. Only ``outcome.is_read`` means that the website was read.

    ``pages`` starts with the start page. A page that could not be read is among them, with its reason.
    """

    order: Order
    outcome: Outcome
    reason: str
    started_at: datetime
    ended_at: datetime
    pages: tuple[VisitedPage, ...]
    robots: tuple[RobotsNote, ...]
    belonging: Belonging
    archive: Archive

    @property
    def could_not_visit(self) -> bool:
        return not self.outcome.is_read


class PageReader(Protocol):
    """Reads pages while it is entered; what :class:`vandel.website.extract_apart.Reader` does."""

    def __enter__(self) -> PageReader: ...

    def __exit__(self, *_: object) -> None: ...

    def start(self) -> None:
        """Get ready, without waiting."""

    def read(self, body: bytes, *, content_type: str) -> Extract:
        """A page's texts. Errors: ``NotVisited``."""


class Visitor:
    """Makes visits. ``token`` is the product token of the User-Agent that robots.txt files name.

    Pages are read in a process of its own, unless ``reader`` is given, for pages that nobody else has made.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        times: Times,
        *,
        limits: Limits,
        token: str,
        reader: PageReader | None = None,
    ) -> None:
        self._fetcher = fetcher
        self._times = times
        self._limits = limits
        self._token = token
        self._reader = reader

    def visit(self, order: Order) -> Visit:
        """Visit a website; never raises for what it does."""
        started_at = self._times.now()
        with self._reader or Reader(seconds=self._limits.reading_seconds) as reader:
            reader.start()
            manners = Manners(
                self._fetcher, self._times, limits=self._limits, token=self._token, override=order.override
            )
            pages = _Tour(reader, manners, limits=self._limits).walk(order.url)
        outcome, reason = _end_of(pages[0])
        belonging = whose(order.claimed, _texts(pages)) if outcome.is_read else whose(order.claimed, ())
        notes = tuple(manners.notes)
        ended_at = self._times.now()
        archive = evidence_of(
            order,
            (outcome, reason),
            pages=pages,
            manners=manners,
            belonging=belonging,
            moments=(started_at, ended_at),
        )
        return Visit(order, outcome, reason, started_at, ended_at, tuple(pages), notes, belonging, archive)


class _Tour:
    """The way through one website: the start page, then the most telling links, until a bound is met."""

    def __init__(self, reader: PageReader, manners: Manners, *, limits: Limits) -> None:
        self._reader = reader
        self._manners = manners
        self._limits = limits

    def walk(self, url: str) -> list[VisitedPage]:
        start = self._start(url)
        pages = [start]
        if start.extract is None or not _end_of(start)[0].is_read:
            return pages
        seen = {start.url, start.page.asked}
        waiting = worth_reading(start.extract.links, base=start.url)
        while waiting and len(pages) < self._limits.pages and self._manners.may_go_on():
            topic, link = waiting.pop(0)
            if link in seen:
                continue
            seen.add(link)
            page = self._page(link, topic)
            pages.append(page)
            seen.add(page.url)
            if page.extract is not None:
                found = worth_reading(page.extract.links, base=start.url)
                # From inner pages only what bears on the matter itself: a visit is not a crawl.
                waiting = sorted({*waiting, *(item for item in found if item[0] is Topic.MATTER)})
        return pages

    def _start(self, url: str) -> VisitedPage:
        page = self._page(url, Topic.START)
        # Small sites still have no https; only an address typed without scheme is tried so.
        if page.outcome is Outcome.NO_CONNECTION and "://" not in url:
            return self._page(f"http://{url.strip()}", Topic.START)
        return page

    def _page(self, url: str, topic: Topic) -> VisitedPage:
        page = self._manners.fetch(url, topic=topic)
        if not page.outcome.is_read:
            return VisitedPage(topic, page, None, page.outcome, page.reason)
        if not is_page(page.body):
            return VisitedPage(
                topic, page, None, Outcome.NOT_A_PAGE, "It is a file of another kind than a web page."
            )
        try:
            extract = self._reader.read(page.body, content_type=page.content_type)
        except NotVisited as error:
            return VisitedPage(topic, page, None, error.outcome, error.sentence)
        return VisitedPage(topic, page, extract, page.outcome, page.reason)


def _end_of(start: VisitedPage) -> tuple[Outcome, str]:
    if start.extract is None:
        return start.outcome, start.reason
    return not_a_website(start.extract, web_address(start.url).host) or (start.outcome, start.reason)


def _texts(pages: list[VisitedPage]) -> list[PageText]:
    found = []
    for page in pages:
        if page.extract is not None:
            found.append(PageText(page.url, "full", page.extract.full))
            found.append(PageText(page.url, "head", page.extract.head))
    return found
