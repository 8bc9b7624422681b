"""What a visit read, as rows: pages, statements, and the marks that tell whose website it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pakten.visits.models import FoundStatement, Visit, VisitPage
from vandel.evidence.digest import sha256_hex
from vandel.website.reading import PageStatement, agreement
from vandel.website.visit import Visit as Seen
from vandel.website.visit import VisitedPage

_URL, _SNIPPET = 2000, 4000


def store_pages(visit: Visit, pages: Sequence[VisitedPage]) -> list[VisitPage]:
    """One row per page, in the order of the visit."""
    rows = [_page(visit, page, position=position) for position, page in enumerate(pages, start=1)]
    return VisitPage.objects.bulk_create(rows)


def store_statements(visit: Visit, statements: Iterable[PageStatement], *, rows: Sequence[VisitPage]) -> None:
    """The statements of the pages that were read, each passage once."""
    FoundStatement.objects.bulk_create(
        FoundStatement(
            visit=visit,
            page=rows[one.page],
            label=one.finding.label,
            weight=one.finding.weight,
            snippet=one.finding.snippet[:_SNIPPET],
            start=one.finding.start,
            end=min(one.finding.end, one.finding.start + _SNIPPET),
            rule=one.finding.rule[:300],
            explanation=one.finding.explanation[:400],
            in_main=one.in_main,
            also_on=one.also_on,
            key=one.key,
        )
        for one in statements
    )


def signs_of(seen: Seen, *, hide_own_number: bool) -> list[dict[str, Any]]:
    """The marks with their literal words. A number that is a person's own is never written down (L-29)."""
    texts = {
        (page.url, part): getattr(page.extract, part)
        for page in seen.pages
        if page.extract is not None
        for part in ("full", "head")
    }
    signs = []
    for mark in seen.belonging.marks:
        text = texts.get((mark.url, mark.part), "")
        hidden = hide_own_number and mark.kind == "own_number"
        signs.append(
            {
                "kind": mark.kind,
                "url": mark.url,
                "part": mark.part,
                "start": mark.start,
                "end": mark.end,
                "words": "" if hidden else text[mark.start : mark.end],
            }
        )
    return signs


def whose_key(seen: Seen, signs: Iterable[Mapping[str, Any]]) -> str:
    """What a person's word on whose website it is rests on; another address or number asks anew."""
    numbers = sorted({sign["words"] for sign in signs if sign["kind"] == "other_number"})
    ground = [seen.pages[0].url, seen.belonging.level.value, *numbers]
    return sha256_hex("\n".join(ground).encode())


def whole_digest(texts: Iterable[str]) -> str:
    """One digest of several texts in their order: of their own digests, one a line."""
    return sha256_hex("".join(f"{sha256_hex(text.encode())}\n" for text in texts).encode())


def _page(visit: Visit, page: VisitedPage, *, position: int) -> VisitPage:
    row = VisitPage(
        visit=visit,
        position=position,
        asked=page.page.asked[:_URL],
        url=page.url[:_URL],
        topic=page.topic.name.lower(),
        status=page.page.status,
        outcome=page.outcome.value,
        body_sha256=sha256_hex(page.page.body) if page.page.body else "",
    )
    if page.extract is not None:
        row.title, row.language = page.extract.title[:300], page.extract.language[:2]
        row.full_sha256 = sha256_hex(page.extract.full.encode())
        row.main_sha256 = sha256_hex(page.extract.main.encode())
        row.full_length, row.main_length = len(page.extract.full), len(page.extract.main)
        row.agreement = agreement(page.extract)
    return row
