"""A whole visit: pages chosen, manners kept, every failure an outcome, the evidence whole."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from tests.engine.website.servers import NAME, Clock, Names, fetcher_for, pages, serving

from vandel.evidence.archive_verify import problems
from vandel.website.fetch import Limits
from vandel.website.outcome import Outcome
from vandel.website.polite import Override
from vandel.website.visit import Order, Visit, Visitor
from vandel.website.whose import Claimed, Level

CLAIMED = Claimed("Exempelverkstan Påhitt AB", "556000-4615", ("Göteborg",))
START = """<html lang=sv><head><title>Exempelverkstan</title></head><body><nav><a href="/om-oss">Om oss</a>
<a href="/kontakt">Kontakt</a><a href="/nyheter">Nyheter</a><a href="/bildspel">Bilder</a>
<a href="https://facebook.com/exempel">Facebook</a><a href="/hallbarhet">Hållbarhet</a></nav><main>
<p>Vi lagar cyklar och bygger påhittade maskiner för hela regionen, och har gjort det länge.</p></main>
<footer>Exempelverkstan Påhitt AB, Göteborg. Org.nr 556000-4615. Vi har kollektivavtal.
</footer></body></html>"""
OTHER = (
    "<html><body><main><p>En påhittad undersida med tillräckligt många ord att läsa.</p></main></body></html>"
)
SITE = {
    "/": START,
    "/om-oss": OTHER + '<a href="/ryssland">Vårt besked om Ryssland</a><a href="/om-oss/mer">Mer om oss</a>',
    "/kontakt": OTHER,
    "/nyheter": OTHER,
    "/hallbarhet": OTHER,
    "/ryssland": "<p>Vi har stoppat all försäljning till Ryssland och stängt vårt kontor i Moskva.</p>",
}


def visit(
    table: dict[str, str | bytes],
    *,
    url: str = f"http://{NAME}/",
    override: Override | None = None,
    names: Names | None = None,
    clock: Clock | None = None,
) -> Visit:
    clock = clock or Clock()
    with serving(pages(table)) as site:
        limits = Limits()
        fetcher = fetcher_for(site, clock=clock, names=names, limits=limits)
        visitor = Visitor(fetcher, clock.times, limits=limits, token="Pakten-kontroll")
        return visitor.visit(Order(url, CLAIMED, "Handläggare Ett", "årlig kontroll", "r1", "0.1", override))


def manifest(done: Visit) -> dict:
    return json.loads(done.archive.files["manifest.json"])


def test_a_website_is_read_with_evidence():
    done = visit(SITE)
    read = [page.url.removeprefix(f"http://{NAME}") for page in done.pages]
    assert done.outcome is Outcome.VISITED and not done.could_not_visit
    assert read[0] == "/" and set(read) == {
        "/",
        "/om-oss",
        "/kontakt",
        "/hallbarhet",
        "/ryssland",
        "/nyheter",
    }
    assert "Vi har kollektivavtal." in done.pages[0].extract.full
    assert done.belonging.level is Level.A
    assert problems(dict(done.archive.files), done.archive.manifest_sha256) == []
    told = manifest(done)
    assert told["ordered_by"] == "Handläggare Ett" and told["reason"] == "årlig kontroll"
    # A sole trader's number is a personal number: the manifest never holds the number that was looked for.
    assert b"556000" not in done.archive.files["manifest.json"]
    assert told["rules_version"] == "r1" and told["started_at"] == "2026-05-24T12:00:00Z"
    assert all(page["texts"]["full"]["sha256"] for page in told["pages"])


def test_marks_are_literal_in_the_stored_text():
    done = visit(SITE)
    told = manifest(done)
    files = {page["url"]: page["texts"] for page in told["pages"]}
    marks = {
        mark["kind"]: done.archive.files[files[mark["url"]][mark["part"]]["file"]].decode()[
            mark["start"] : mark["end"]
        ]
        for mark in told["belonging"]["marks"]
    }
    assert marks == {"own_number": "556000-4615", "name": "Exempelverkstan Påhitt AB", "place": "Göteborg"}


def test_questions_are_spaced():
    clock, asked = Clock(), []
    answer = pages(SITE)

    def handle(link, path):
        asked.append(clock.clock())
        answer(link, path)

    with serving(handle) as site:
        visitor = Visitor(fetcher_for(site, clock=clock), clock.times, limits=Limits(), token="x")
        visitor.visit(Order(f"http://{NAME}/", CLAIMED, "A", "b"))
    assert len(asked) == 7  # robots.txt and six pages
    assert all(later - earlier > 1.0 for earlier, later in pairwise(asked))


ENDS = [
    ({"/": "404"}, Outcome.HTTP_ERROR),
    ({"/": "500"}, Outcome.HTTP_ERROR),
    ({"/": "401"}, Outcome.LOGIN),
    ({"/": "<title>Logga in</title><p>Logga in</p><form><input type=password></form>"}, Outcome.LOGIN),
    ({"/": "<h1>Domänen foreningen.example är till salu</h1>"}, Outcome.PARKED),
    ({"/": "<h1>This domain is parked free of charge</h1>"}, Outcome.PARKED),
    ({"/": "-> https://www.facebook.com/foreningen"}, Outcome.SOCIAL_NETWORK),
    ({"/": "-> /"}, Outcome.REDIRECTS),
    ({"/": "-> http://127.0.0.1/"}, Outcome.NOT_PUBLIC),
    ({"/": "-> gopher://foreningen.example/"}, Outcome.BAD_ADDRESS),
    ({"/": '<div id="app"></div><script src="/app.js"></script>'}, Outcome.NO_TEXT),
    ({"/": b"%PDF-1.7 ..."}, Outcome.NOT_A_PAGE),
    ({"/": b"\x89PNG\r\n\x1a\n"}, Outcome.NOT_A_PAGE),
    ({"/": "<b>" * 300_000}, Outcome.TOO_COMPLEX),
    ({"/": START, "/robots.txt": "User-agent: *\nDisallow: /"}, Outcome.ROBOTS),
    ({"/": START, "/robots.txt": "500"}, Outcome.ROBOTS),
]


@pytest.mark.parametrize(("table", "outcome"), ENDS, ids=lambda value: str(value)[:40])
def test_what_can_not_be_read_is_never_clean(table, outcome):
    done = visit(table)
    assert done.outcome is outcome and done.could_not_visit and done.reason
    assert done.belonging.level is Level.D
    assert problems(dict(done.archive.files), done.archive.manifest_sha256) == []
    assert manifest(done)["outcome"] == outcome


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("http://finns-inte.example/", Outcome.NO_SUCH_NAME),
        ("", Outcome.BAD_ADDRESS),
        ("http://foreningen.example:8080/", Outcome.NOT_PUBLIC),
        ("\x00", Outcome.BAD_ADDRESS),
        ("a" * 1_000_000, Outcome.BAD_ADDRESS),
    ],
    ids=lambda value: str(value)[:30],
)
def test_an_address_that_leads_nowhere_is_an_outcome(url, outcome):
    done = visit({}, url=url)
    assert done.outcome is outcome and done.could_not_visit and done.reason


def test_an_officer_may_override_robots_for_some_pages_and_it_is_told():
    table = {**SITE, "/robots.txt": "User-agent: *\nDisallow: /"}
    done = visit(table, override=Override("Handläggare Ett", "medlemmen bad om det"))
    ends = {page.url.removeprefix(f"http://{NAME}"): page.outcome for page in done.pages}
    assert ends["/"] is ends["/kontakt"] is Outcome.VISITED
    assert ends["/hallbarhet"] is Outcome.ROBOTS
    told = manifest(done)
    assert told["override"] == {"by": "Handläggare Ett", "reason": "medlemmen bad om det"}
    assert {note["decision"] for note in told["robots"]} == {"overridden", "forbidden"}


def test_no_more_than_fifteen_pages():
    links = "".join(f'<a href="/om-oss/{n}">Om oss {n}</a>' for n in range(40))
    table = {"/": START + links, **{f"/om-oss/{n}": OTHER for n in range(40)}}
    assert len(visit(table).pages) == 15


class StillClock(Clock):
    """Moves on only when somebody sleeps, however slow the machine is."""

    def clock(self) -> float:
        return sum(self.slept)


def test_the_visit_ends_in_time():
    clock = StillClock()
    table = {
        "/": START + "".join(f'<a href="/om-oss/{n}">Om</a>' for n in range(40)),
        **{f"/om-oss/{n}": OTHER for n in range(40)},
    }
    with serving(pages(table)) as site:
        limits = Limits(visit_seconds=8)
        visitor = Visitor(
            fetcher_for(site, clock=clock, limits=limits), clock.times, limits=limits, token="x"
        )
        done = visitor.visit(Order(f"http://{NAME}/", CLAIMED, "A", "b"))
    assert 1 < len(done.pages) < 8 and sum(clock.slept) <= 10


def test_an_address_without_scheme_is_tried_with_https_then_without():
    done = visit(SITE, url=NAME)
    # The test server speaks no TLS, which is a refused connection to us.
    assert done.outcome is Outcome.VISITED and done.pages[0].url == f"http://{NAME}/"
