"""Two texts of a page, and what is lost in neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandel.website.choice import Topic, same_site, worth_reading
from vandel.website.content import is_page, text_of
from vandel.website.extract import Link, extract, language_of, tidy

PAGE = """<html lang="sv"><head><title>Påhitt AB</title><meta name="description" content="Vi lagar cyklar">
<script type="application/ld+json">{"@type":"Organization","legalName":"Påhitt AB",
"vatID":"SE556000461501"}</script>
<style>.x{color:red}</style></head><body><nav><a href="/om">Om <b>oss</b></a></nav><main><h1>Vårt besked</h1>
<p>Vi har stop&shy;pat all för\u200bsäljning till <b>Ryssland</b> och stängt kontoret i Moskva.</p>
<p>Det gäller tills vidare, och vi räknar inte med att komma tillbaka till landet de närmaste åren.</p></main>
<div hidden>Dold</div><div>Före</div>efter<script>var a = "skript";</script>
<footer>Org.nr <span>556000</span>-4615<br>Vi har kollektivavtal.</footer></body></html>"""


def test_the_footer_is_in_the_full_text_whatever_the_main_text_does():
    found = extract(PAGE)
    assert "Org.nr 556000-4615\nVi har kollektivavtal." in found.full
    assert "stoppat all försäljning till Ryssland och stängt" in found.full
    assert "Före\nefter" in found.full
    assert "stoppat all försäljning" in found.main.replace("\n", " ")
    for hidden in ("Dold", "skript", "color"):
        assert hidden not in found.full
    assert found.title == "Påhitt AB" and found.language == "sv"
    assert "Vi lagar cyklar" in found.head and "vatID: SE556000461501" in found.head
    assert found.links == (Link("/om", "Om oss"),) and not found.asks_password


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Vi har stoppat all försäljning till Ryssland och lämnat landet.", "sv"),
        ("We have stopped all sales to Russia and left the country for good.", "en"),
        ("Olemme lopettaneet myynnin Venäjälle ja sulkeneet toimistomme Moskovassa.", "fi"),
        ("Мы прекратили продажи в России и закрыли наш офис в Москве.", "ru"),
        ("Ми припинили продажі в Росії та закрили наш офіс у Москві.", "uk"),
        ("Hej", ""),
    ],
)
def test_language(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Hållbarhet".encode("latin-1"), "text/html; charset=iso-8859-1"),
        ("Hållbarhet".encode(), ""),
        ("Hållbarhet".encode("utf-16"), ""),
        (b"\xef\xbb\xbf" + "Hållbarhet".encode(), "text/html; charset=latin-1"),
        (b'<meta charset="windows-1252">' + "Hållbarhet".encode("cp1252"), ""),
        ("Hållbarhet".encode("cp1252"), "text/html; charset=zip"),
        ("Hållbarhet".encode("cp1252"), "text/html; charset=base64"),
    ],
)
def test_letters_are_read_right(body, content_type):
    assert text_of(body, content_type=content_type).endswith("Hållbarhet")


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_become_text(body, content_type):
    assert isinstance(text_of(body, content_type=content_type), str)
    assert is_page(body) in {True, False}


@given(st.text(max_size=300))
def test_any_text_is_tidied_for_good(text):
    once = tidy(text)
    assert tidy(once) == once
    once.encode("utf-8")


def test_pages_are_chosen_by_what_they_bear_on():
    links = [
        Link("/nyheter", "Nyheter"),
        Link("/om-oss", "Om oss"),
        Link("bildspel", "Bilder"),
        Link("/besked", "Vår hållning till kriget i Ukraina"),
        Link("/policy.pdf", "Policy"),
        Link("mailto:a@b.example", "Kontakt"),
        Link("https://annan.example/om-oss", "Om oss"),
        Link("//www.a.example/kontakt#karta", "Hitta hit"),
        Link("http://127.0.0.1/om", "Om oss"),
        Link("javascript:alert(1)", "Om oss"),
        Link("http://[::1/om", "Om oss"),
        Link("/om oss/sida", "Om oss"),
    ]
    chosen = worth_reading(links, base="https://a.example/")
    assert chosen == [
        (Topic.MATTER, "https://a.example/besked"),
        (Topic.ABOUT, "https://a.example/om%20oss/sida"),
        (Topic.ABOUT, "https://a.example/om-oss"),
        (Topic.CONTACT, "https://www.a.example/kontakt"),
        (Topic.NEWS, "https://a.example/nyheter"),
    ]


def test_one_site():
    assert same_site("www.a.example", "a.example") and same_site("jobb.a.example", "a.example")
    assert not same_site("aa.example", "a.example") and not same_site("a.example.org", "a.example")
