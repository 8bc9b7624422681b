"""Invented sites to visit, and members that have them. No test here opens a connection."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.people import person
from tests.web.members import register

from pakten.accounts.models import Role
from pakten.members.models import Application, Membership
from pakten.visits import services, sites
from pakten.visits.models import Visit
from pakten.visits.services import visiting
from vandel.website.invented import InventedPage
from vandel.website.outcome import NotVisited, Outcome

# Before the tests' own conftest closes it.
OVER_THE_NETWORK = sites.over_the_network
HOST = "norrsken.example"
NAME = "Norrskenets Åkeri AB"
NUMBER = register.number(4711)
SHOWN = f"{NUMBER[:6]}-{NUMBER[6:]}"
RUSSIA = "Vi har kontor i Moskva och säljer till kunder i Ryssland."
AGREEMENT = "Vi har kollektivavtal."
START = f"""<html lang=sv><head><title>{NAME}</title></head>
<body><nav><a href="/om-oss">Om oss</a></nav><main>
<p>Vi kör virke och malm i hela norra Sverige, sommar som vinter, och har gjort det i trettio år.</p></main>
<footer>{NAME}, Kiruna. Org.nr {SHOWN}. {AGREEMENT}</footer></body></html>"""
ABOUT = "<html lang=sv><title>Om oss</title><body><main><p>{}</p></main></body></html>"
CALM = "Vi är ett familjeföretag med tolv anställda, sex bilar och en gammal lastbil som fortfarande går."
SITE = {"/": START, "/om-oss": ABOUT.format(CALM)}
RUSSIAN_SITE = {"/": START, "/om-oss": ABOUT.format(RUSSIA)}


class Sites:
    """Invented sites by host: a page is HTML, a status, or ``-> address``. ``asked``: what was asked for."""

    def __init__(self, table: Mapping[str, Mapping[str, str | int]]) -> None:
        self.table = {host: dict(pages) for host, pages in table.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, target: str) -> InventedPage | None:
        self.asked.append(f"{host}{target}")
        if host not in self.table:
            raise NotVisited(Outcome.NO_SUCH_NAME, f"There is no address behind the name {host}.")
        page = self.table[host].get(target)
        if isinstance(page, int):
            return InventedPage(b"<p>Nej</p>", page)
        if page is not None and page.startswith("-> "):
            return InventedPage(status=302, location=page[3:])
        return None if page is None else InventedPage(page.encode())

    def way(self, address: str) -> sites.Way | None:
        return sites.invented_way(self, address)


@contextmanager
def invented(table: Mapping[str, Mapping[str, str | int]] | None = None) -> Iterator[Sites]:
    """While inside, visits go to these sites."""
    found = Sites({HOST: SITE} if table is None else table)
    sites.WAYS.insert(0, found.way)
    try:
        yield found
    finally:
        sites.WAYS.remove(found.way)


def member(name: str = NAME, *, website: str = f"https://{HOST}", number: str | None = NUMBER) -> Membership:
    """A member with a website."""
    return register.member(name, website=website, org_nr=number)


def visited(membership: Membership | Application) -> Visit:
    """Order a visit as Hanna and make it at once."""
    ordered = services.order_visit(
        membership.organisation, actor=person(Role.CASE_OFFICER), because="Årlig kontroll"
    )
    return visiting.visit_now(ordered.pk)
