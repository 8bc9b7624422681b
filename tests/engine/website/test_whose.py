"""Whose website it is. All numbers are invented or reserved for examples; the organisations don't exist."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandel.website.whose import Claimed, Level, PageText, whose

CLAIMED = Claimed("Påhittade Cykelverkstan AB", "556000-4615", ("Göteborg", "Hittepågatan 3"))
CASES = [
    ("Org.nr 556000-4615", Level.A),
    ("Org.nr: 5560004615", Level.A),
    ("VAT SE556000461501", Level.A),
    ("Momsreg.nr SE 556000-4615 01", Level.A),
    ("Organisationsnummer\n165560004615", Level.A),
    ("556000\u20134615", Level.A),
    ("556000-4615. Webb: Byrån, org.nr 202100-5489", Level.A),
    ("Påhittade Cykelverkstan AB, Göteborg", Level.B),
    ("PÅHITTADE CYKELVERKSTAN AKTIEBOLAG\nHittepågatan 3", Level.B),
    ("Välkommen till Påhittade Cykelverkstan AB!", Level.C),
    ("Påhittade Cykelverkstans vänner i Göteborg", Level.D),
    ("Göteborg", Level.D),
    ("", Level.D),
    ("Påhittade Cykelverkstan AB i Göteborg. Org.nr 202100-5489", Level.X),
    ("Org.nr 202100-5489", Level.X),
    ("Ring 0702123456, faktura 2021005489 betald", Level.D),
    ("Felaktigt org.nr 556000-4614", Level.D),
    ("IBAN SE35 5000 0000 0549 1000 0003", Level.D),
    ("Kundnummer 12556000461512", Level.D),
]


@pytest.mark.parametrize(("text", "level"), CASES)
def test_levels(text, level):
    found = whose(CLAIMED, [PageText("https://a.example/", "full", text)])
    assert found.level is level
    assert level.needs_a_person is (level in {Level.D, Level.X})


def test_a_sole_traders_number_is_found_but_no_other_persons():
    """The personal number of a stranger on the page is no evidence and is not marked."""
    text = PageText("https://a.example/", "full", "Org.nr 811218-9876. Ring Åsa, 900101-9802.")
    assert whose(Claimed("Påhitt", "811218-9876"), [text]).level is Level.A
    assert whose(Claimed("Påhitt", "556000-4615"), [text]).marks == ()


def test_the_own_number_is_found_behind_many_others():
    text = PageText("u", "full", "Org.nr 202100-5489\n" * 300 + "Org.nr 556000-4615")
    found = whose(CLAIMED, [text])
    assert found.level is Level.A and found.marks[0].kind == "own_number" and len(found.marks) <= 20


def test_marks_say_where():
    pages = [
        PageText("https://a.example/", "full", "Hej"),
        PageText("https://a.example/om", "full", "x 556000-4615"),
    ]
    (mark,) = whose(CLAIMED, pages).marks
    assert (mark.kind, mark.url, pages[1].text[mark.start : mark.end]) == (
        "own_number",
        "https://a.example/om",
        "556000-4615",
    )


@given(st.text(alphabet="0123456789- SEorg.nr\n556000-4615ÅAB", max_size=120))
def test_marks_always_lie_in_the_text(text):
    for mark in whose(CLAIMED, [PageText("u", "full", text)]).marks:
        assert 0 <= mark.start < mark.end <= len(text)
        if mark.kind == "own_number":
            assert "5560004615" in "".join(c for c in text[mark.start : mark.end] if c.isdigit())
