"""Statements of a whole visit, the difference between two, and the invented sites that make no connection."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.website.servers import AGENT, Clock

from vandel.evidence.archive_verify import problems
from vandel.website.difference import MOST_LINES, text_difference
from vandel.website.extract import Extract, Link
from vandel.website.fetch import Limits
from vandel.website.invented import InventedFetcher, InventedPage, ReaderHere, is_invented_name
from vandel.website.outcome import Outcome
from vandel.website.reading import agreement, folded, language_of_visit, read_statements, statement_key
from vandel.website.visit import Order, Visitor
from vandel.website.whose import Claimed, Level

STAYS = "Vi har kontor i Moskva och säljer till kunder i Ryssland."
AGREED = "Vi har kollektivavtal."
SITE = {
    "/": '<html lang=sv><a href="/om-oss">Om oss</a><main><p>Vi lagar cyklar i hela regionen sedan länge.</p>'
    f"</main><footer>Påhitt AB 556000-4615. {AGREED}</footer>",
    "/om-oss": f"<html lang=sv><main><p>{STAYS}</p></main><footer>{AGREED}</footer>",
}


def page(full: str, main: str = "", language: str = "sv") -> Extract:
    return Extract("", full, main, "", language, (), False)


def fetcher(clock: Clock, table: dict[str, str] | None = None) -> InventedFetcher:
    pages = SITE if table is None else table

    def answers(host: str, target: str) -> InventedPage | None:
        found = pages.get(target)
        if found is not None and found.startswith("-> "):
            return InventedPage(status=302, location=found[3:])
        return None if found is None else InventedPage(found.encode())

    return InventedFetcher(answers, clock.times, user_agent=AGENT, limits=Limits())


def visitor(table: dict[str, str] | None = None) -> Visitor:
    clock = Clock()
    return Visitor(
        fetcher(clock, table), clock.times, limits=Limits(), token="Pakten-kontroll", reader=ReaderHere()
    )


ORDER = Order("https://pahitt.example", Claimed("Påhitt AB", "556000-4615"), "Hanna", "prov")


def test_each_passage_is_told_once_with_the_pages_that_have_it():
    found = read_statements(
        [(0, page(AGREED)), (2, page(f"{STAYS}\n{AGREED}", main=f"{STAYS} {AGREED}")), (3, page(AGREED))]
    )
    by_label = {one.finding.label: one for one in found}
    assert set(by_label) == {"russia_operations_ongoing", "collective_agreement_yes"}
    agreed, stays = by_label["collective_agreement_yes"], by_label["russia_operations_ongoing"]
    assert (agreed.page, agreed.also_on, agreed.in_main) == (0, 2, False)
    assert (stays.page, stays.also_on, stays.in_main) == (2, 0, True)
    assert [one.finding.weight for one in found] == sorted((o.finding.weight for o in found), reverse=True)


def test_a_menu_is_read_line_by_line():
    links = (Link("/ryssland", "Ryssland"), Link("/om", "Om oss"), Link("/nytt", STAYS))
    menu = Extract(
        "", f"Om oss Ryssland\nVi monterar ventilation.\n{AGREED}\n{STAYS}", "", "", "sv", links, False
    )
    found = read_statements([(0, menu)])
    assert {one.finding.snippet for one in found} >= {AGREED, STAYS}
    assert not any("ventilation" in one.finding.snippet for one in found)
    for one in found:
        assert menu.full[one.finding.start : one.finding.end] == one.finding.snippet


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from([STAYS, AGREED, "Vi säljer bröd.", "Vi är öppna \u2013 även i maj!"]), max_size=6
    )
)
def test_snippets_are_literal(lines):
    text = "\n".join(lines)
    for one in read_statements([(0, page(text))]):
        assert text[one.finding.start : one.finding.end] == one.finding.snippet


def test_the_same_words_have_the_same_key_however_they_are_set():
    assert statement_key("a", "Vi HAR  kollektivavtal!") == statement_key("a", "vi har\nkollektivavtal")
    assert statement_key("a", "Vi har kollektivavtal") != statement_key("b", "Vi har kollektivavtal")
    assert statement_key("a", "Vi har inte kollektivavtal") != statement_key("a", "Vi har kollektivavtal")


def test_the_two_texts_agree_by_the_share_of_shared_words():
    assert agreement(page("ett två tre fyra", main="två tre")) == 1
    assert agreement(page("ett två", main="två tre")) == 0.5
    assert agreement(page("ett", main="")) is None and agreement(page("", main="ett")) is None


def test_the_language_is_that_of_most_text():
    assert language_of_visit([page("x" * 9, language="fi"), page("y" * 5), page("z" * 5)]) == "sv"
    assert language_of_visit([page("x", language="")]) == ""


def test_a_difference_tells_lines_and_not_moves():
    earlier = {"/": "Hem\nVi säljer bröd\nÖppet i maj", "/om": "Vi är tolv"}
    later = {"/": "hem\nÖppet i maj!\nVi är tolv", "/om": "Vi säljer kakor\nVi säljer kakor"}
    found = text_difference(earlier, later)
    assert [(line.url, line.text) for line in found.came] == [("/om", "Vi säljer kakor")]
    assert [(line.url, line.text) for line in found.went] == [("/", "Vi säljer bröd")]
    assert text_difference(later, later).is_empty and not found.is_empty


def test_a_difference_is_bounded():
    found = text_difference({}, {"/": "\n".join(f"rad {n}" for n in range(MOST_LINES + 5))})
    assert len(found.came) == MOST_LINES and found.is_cut
    assert len(text_difference({}, {"/": "x" * 5_000}).came[0].text) < 1_000


def test_folding_keeps_words_of_every_writing():
    assert folded("Ми – не\u00a0йдемо, Åsa!") == "ми не йдемо åsa"


def test_an_invented_site_is_visited_without_any_connection(monkeypatch):
    def refuse(*_):
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    done = visitor().visit(ORDER)
    assert done.outcome is Outcome.VISITED and done.belonging.level is Level.A
    assert [one.url for one in done.pages] == ["https://pahitt.example/", "https://pahitt.example/om-oss"]
    assert problems(dict(done.archive.files), done.archive.manifest_sha256) == []


@pytest.mark.parametrize(
    ("table", "outcome"),
    [
        ({"/": "-> https://www.facebook.com/pahitt"}, Outcome.SOCIAL_NETWORK),
        ({"/": "-> https://riktig.se/"}, Outcome.NO_SUCH_NAME),
        ({"/": "-> http://127.0.0.1/"}, Outcome.NOT_PUBLIC),
        ({"/": "-> /"}, Outcome.REDIRECTS),
        ({}, Outcome.HTTP_ERROR),
        ({**SITE, "/robots.txt": "User-agent: *\nDisallow: /"}, Outcome.ROBOTS),
    ],
    ids=["social", "real name", "inner", "circle", "nothing", "robots"],
)
def test_an_invented_site_follows_the_real_rules(table, outcome):
    done = visitor(table).visit(ORDER)
    assert done.outcome is outcome and done.could_not_visit


def test_only_reserved_names_are_invented():
    assert all(map(is_invented_name, ("a.example", "b.test", "c.d.invalid")))
    assert not any(map(is_invented_name, ("example", "a.se", "example.com", "a.example.se", "localhost")))
