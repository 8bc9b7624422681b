"""What the pages of a campaign show, put together from queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from pakten.members.models import Campaign
from pakten.members.queries import campaigns as queries
from pakten.members.queries.campaigns import Counts, Reply
from pakten.members.services.campaign_letters import first_letter
from pakten.organisations.models import Sector


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table of counts; ``sector`` is empty in the line of them all. Shares are of 1."""

    label: str
    sector: str
    cells: tuple[tuple[str, int], ...]
    everybody: int
    pledged_share: float
    unknown_share: float


def table_of(counts: Counts) -> list[Row]:
    """Each sector, and all together, each adding up to its last column."""
    return [*(_row(counts, sector) for sector in Sector), _row(counts, None)]


def preview_page(found: Campaign) -> dict[str, Any]:
    """Before it is sent: the letter, who would get it, and whom we can't reach."""
    asked = queries.would_receive(as_of=timezone.localdate())
    known = queries.pledged_already(found.text_id)
    to_ask = [(row, address) for row, address in asked if row.organisation_id not in known]
    reached = [(row, address) for row, address in to_ask if address.email]
    shared = Counter(address.email.casefold() for _, address in reached)
    return {
        "letter": first_letter(
            found, organisation="(organisationens namn)", link="(organisationens egen länk)"
        ),
        "asked": asked,
        "reached": reached,
        "unreached": [row for row, address in to_ask if not address.email],
        "had_pledged": len(asked) - len(to_ask),
        "shared": sum(1 for _, address in reached if shared[address.email.casefold()] > 1),
    }


def followed_page(found: Campaign) -> dict[str, Any]:
    """After it was sent: how the members stand, and the counts that were kept."""
    counts = queries.counts(found)
    return {
        "counts": counts,
        "table": table_of(counts),
        "replies": list(Reply),
        "everybody": counts.everybody(),
        "pledged": counts.of(Reply.PLEDGED),
        "unknown": counts.unknown(),
        "kept": [(row, table_of(Counts.kept(row))[-1]) for row in queries.figures(found)[:20]],
        "today": timezone.localdate(),
    }


def _row(counts: Counts, sector: Sector | None) -> Row:
    everybody = counts.everybody(sector)
    return Row(
        label=str(sector.label).capitalize() if sector else "Alla",
        sector=str(sector.value) if sector else "",
        cells=tuple((str(reply.value), counts.of(reply, sector)) for reply in Reply),
        everybody=everybody,
        pledged_share=counts.of(Reply.PLEDGED, sector) / everybody if everybody else 0.0,
        unknown_share=counts.unknown(sector) / everybody if everybody else 0.0,
    )
