"""The evidence of a visit: WARC of every exchange, the extracted texts, and the manifest that covers them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from vandel.evidence.archive import Archive, packed
from vandel.evidence.digest import sha256_hex
from vandel.evidence.warc import Conversation, records_of
from vandel.website.fetch import Page
from vandel.website.outcome import Outcome
from vandel.website.polite import Manners
from vandel.website.whose import Belonging

if TYPE_CHECKING:
    from vandel.website.visit import Order, VisitedPage

_PARTS = ("full", "main", "head")


def evidence_of(
    order: Order,
    end: tuple[Outcome, str],
    *,
    pages: Sequence[VisitedPage],
    manners: Manners,
    belonging: Belonging,
    moments: tuple[datetime, datetime],
) -> Archive:
    """The package of one visit: who ordered it and why, what was asked, what came, what was read in it."""
    texts = {
        _file(number, part): getattr(page.extract, part).encode("utf-8")
        for number, page in enumerate(pages, start=1)
        if page.extract is not None
        for part in _PARTS
    }
    records = records_of(
        f"software: vandel {order.software_version}\nformat: WARC File Format 1.1\n",
        [conversation for page in manners.fetched for conversation in _conversations(page)],
        made_at=moments[0],
    )
    told = {
        "ordered_by": order.ordered_by,
        "reason": order.reason,
        "asked_for": order.url,
        "claimed": order.claimed.name,
        "started_at": moments[0],
        "ended_at": moments[1],
        "clock": "the clock of the visiting machine, UTC",
        "outcome": end[0],
        "outcome_reason": end[1],
        "rules_version": order.rules_version,
        "software_version": order.software_version,
        "robots": manners.notes,
        "override": order.override,
        "pages": [_told_of(page, number) for number, page in enumerate(pages, start=1)],
        "belonging": belonging,
    }
    return packed(records, texts=texts, told=told)


def _file(number: int, part: str) -> str:
    return f"text/{number:02}-{part}.txt"


def _conversations(page: Page) -> list[Conversation]:
    return [
        Conversation(one.url, one.asked_at, one.address, one.sent, one.received, one.is_whole)
        for one in page.exchanges
    ]


def _told_of(page: VisitedPage, number: int) -> dict[str, object]:
    told: dict[str, object] = {
        "asked": page.page.asked,
        "url": page.url,
        "topic": page.topic.name.lower(),
        "outcome": page.outcome,
        "reason": page.reason,
        "status": page.page.status,
        "chain": [{"url": one.url, "status": one.status} for one in page.page.exchanges],
        "body_sha256": sha256_hex(page.page.body) if page.page.body else None,
    }
    if page.extract is not None:
        told |= {
            "title": page.extract.title,
            "language": page.extract.language,
            "texts": {
                part: {
                    "file": _file(number, part),
                    "sha256": sha256_hex(getattr(page.extract, part).encode()),
                }
                for part in _PARTS
            },
        }
    return told
