"""robots.txt as RFC 9309 has it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandel.website.fetch import Page
from vandel.website.outcome import Outcome
from vandel.website.robots import MOST_BYTES, parse, robots_of

CASES = [
    ("", "/x", True),
    ("User-agent: *\nDisallow: /", "/x", False),
    ("User-agent: *\nDisallow: /", "/robots.txt", True),
    ("User-agent: *\nDisallow:", "/x", True),
    ("User-agent: *\nDisallow: /\nAllow: /om", "/om-oss", True),
    ("User-agent: *\nAllow: /\nDisallow: /om", "/om-oss", False),
    ("User-agent: *\nAllow: /om\nDisallow: /om", "/om", True),
    ("User-agent: *\nDisallow: /*.php$", "/a/b.php", False),
    ("User-agent: *\nDisallow: /*.php$", "/a/b.php?x", True),
    ("User-agent: *\nDisallow: /a*b*c", "/a1b2c3", False),
    ("User-agent: *\nDisallow: /a$", "/ab", True),
    ("User-agent: Annan\nDisallow: /", "/x", True),
    ("User-agent: *\nDisallow: /\n\nUser-agent: pakten-kontroll\nAllow: /", "/x", True),
    ("User-agent: Pakten-Kontroll/1.0\nDisallow: /x", "/x", False),
    ("User-agent: a\nUser-agent: *\nDisallow: /x", "/x", False),
    ("User-agent: *\nDisallow: /a\nUser-agent: *\nDisallow: /b", "/a", False),
    ("user-agent : *\r\nDISALLOW : /x # varför", "/x", False),
    ("\ufeffUser-agent: *\nDisallow: /x", "/x", False),
    ("User-agent: *\nDisallow: /%7Ejoe", "/~joe", False),
    ("User-agent: *\nDisallow: /år", "/%C3%A5r", False),
    ("Disallow: /", "/x", True),
    ("User-agent: *\nCrawl-delay: 10\nSitemap: x\nDisallow: /x", "/x", False),
    ("<html>404</html>", "/x", True),
]


@pytest.mark.parametrize(("text", "target", "allowed"), CASES)
def test_rules(text, target, allowed):
    assert parse(text, token="Pakten-kontroll").allows(target) is allowed


def page(outcome: Outcome, status: int | None, body: bytes = b"") -> Page:
    return Page("", "", outcome, "Nej.", status, body=body)


def test_what_the_answer_means():
    assert robots_of(page(Outcome.HTTP_ERROR, 404), token="x").allows("/")
    assert robots_of(page(Outcome.LOGIN, 401), token="x").allows("/")
    assert not robots_of(page(Outcome.HTTP_ERROR, 503), token="x").allows("/")
    assert not robots_of(page(Outcome.TOO_SLOW, None), token="x").allows("/")


def test_the_first_500_kib_count():
    body = b"User-agent: *\nDisallow: /a\n" + b"#" * MOST_BYTES + b"\nDisallow: /b\n"
    robots = robots_of(page(Outcome.VISITED, 200, body), token="x")
    assert not robots.allows("/a") and robots.allows("/b")


def test_hostile_patterns_end_soon():
    text = "User-agent: *\nDisallow: /" + "a*" * 100_000 + "b$\n" + "Disallow: /*a*a*a*a*a*a*a*b\n" * 4_000
    robots = parse(text, token="x")
    started = time.monotonic()
    robots.allows("/" + "a" * 2_000)
    assert time.monotonic() - started < 1


@given(st.text(max_size=200), st.text(max_size=40))
def test_any_file_is_answered(text, target):
    assert parse("User-agent: *\n" + text, token="x").allows("/" + target) in {True, False}
