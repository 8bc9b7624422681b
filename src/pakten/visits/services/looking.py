"""Looking at a website: the slow part of a visit. It asks no table, so that many can be looked at at once."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import vandel
from pakten.organisations.models import Organisation
from pakten.visits import sites
from pakten.visits.models import Visit
from vandel.website.polite import Override
from vandel.website.reading import PageStatement, read_statements
from vandel.website.statement_rules import rule_set_version
from vandel.website.visit import Order
from vandel.website.visit import Visit as Seen
from vandel.website.whose import Claimed


@dataclass(frozen=True, slots=True)
class Errand:
    """What is looked at, and by which way."""

    order: Order
    way: sites.Way

    @property
    def host(self) -> str:
        return host_of(self.order.url)


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen, read to the end: nothing is left to reckon while the tables wait."""

    seen: Seen
    statements: list[PageStatement]
    package: bytes
    is_invented: bool


def host_of(address: str) -> str:
    """By whom two errands are kept apart in time; the same with and without ``www``."""
    address = address.strip()
    try:
        host = urlsplit(address if "://" in address else f"//{address}").hostname or address
    except ValueError:
        host = address  # no address at all, which the visit itself will say
    return host.removeprefix("www.")


def errand_of(visit: Visit, together: sites.Together | None = None) -> Errand | None:
    """What an ordered visit asks for; None where no address is known. Reads the visit's own rows only."""
    address = visit.organisation.website.strip()
    if not address:
        return None
    return Errand(_order(visit, address), sites.way_to(address, together))


def look(errand: Errand) -> Sight:
    """Visit, read and pack. Raises only for a fault of ours, and ``sites.VisitEnded``."""
    seen = errand.way.visitor.visit(errand.order)
    pages = [(number, page.extract) for number, page in enumerate(seen.pages) if page.extract is not None]
    statements = read_statements(pages) if seen.outcome.is_read else []
    return Sight(seen, statements, seen.archive.as_zip(), errand.way.is_invented)


def _order(visit: Visit, address: str) -> Order:
    override = None
    if visit.override and visit.ordered_by:
        override = Override(str(visit.ordered_by), visit.override)
    return Order(
        address,
        _claimed(visit.organisation),
        ordered_by=str(visit.ordered_by or "Systemet"),
        reason=visit.because,
        rules_version=rule_set_version(),
        software_version=vandel.__version__,
        override=override,
    )


def _claimed(organisation: Organisation) -> Claimed:
    street = organisation.address.split(",")[0]
    places = tuple(place for place in (organisation.place, street) if place.strip())
    return Claimed(organisation.legal_name, organisation.org_nr or "", places)
