"""How values are written on pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pakten.core.templatetags import formats

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
NARROW, FIXED = "\u202f", "\u00a0"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("5560000001", "556000-0001"),
        ("196408233234", "••••••-••••"),
        ("6408233234", "••••••-••••"),
        ("not a number 6408233234", "••••••-••••"),
        (None, ""),
    ],
)
def test_organisation_numbers(value: str | None, expected: str) -> None:
    assert formats.orgnr(value) == expected


def test_dates() -> None:
    assert formats.date_long(date(2022, 5, 24)) == "24 maj 2022"
    assert formats.date_long("2022-05-24") == "24 maj 2022"
    assert formats.date_iso(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == "2026-07-01"
    assert formats.moment(NOW) == "2026-11-21 13.00"
    assert formats.clock(NOW) == "13.00"
    assert formats.weekday(date(2026, 11, 21)) == "lördag"
    assert formats.date_long(None) == formats.date_long("någon gång") == ""


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        (timedelta(seconds=20), "nyss"),
        (timedelta(minutes=1), "för 1_minut sedan"),
        (timedelta(hours=3, minutes=50), "för 3_timmar sedan"),
        (timedelta(hours=47), "för 47_timmar sedan"),
        (timedelta(days=3), "för 3_dagar sedan"),
        (timedelta(days=100), "för 3_månader sedan"),
        (timedelta(days=800), "för 2_år sedan"),
        (timedelta(minutes=-90), "om 1_timme"),
    ],
)
def test_ago(gone: timedelta, expected: str) -> None:
    assert formats.ago(NOW - gone, NOW) == expected.replace("_", FIXED)


@pytest.mark.parametrize(
    ("days", "expected"), [(0, "i dag"), (1, "i går"), (-1, "i morgon"), (5, "för 5_dagar sedan")]
)
def test_ago_in_days(days: int, expected: str) -> None:
    assert formats.ago(date(2026, 11, 21) - timedelta(days=days), NOW) == expected.replace("_", FIXED)


def test_numbers() -> None:
    assert formats.count(1234567) == f"1{NARROW}234{NARROW}567"
    assert formats.count(None) == ""
    assert formats.decimal(0.8712) == "0,87"
    assert formats.percent(0.125, 1) == f"12,5{FIXED}%"
    assert formats.size(999) == f"999{FIXED}byte"
    assert formats.size(999_999) == f"1,0{FIXED}MB"
    assert formats.size(25_144_708) == f"25,1{FIXED}MB"
    assert formats.plural(1, "medlem,medlemmar") == f"1{FIXED}medlem"
    assert formats.plural(0, "medlem,medlemmar") == f"0{FIXED}medlemmar"
    assert formats.duration(48) == f"48{FIXED}sekunder"
    assert formats.duration(0.2) == f"1{FIXED}sekund"


def test_digest() -> None:
    assert formats.digest_short("5f2b1c9a7e40d338aa") == "5f2b1c9a7e40…"
    assert formats.digest_short("") == ""


def test_one_word_may_serve_for_one_and_many() -> None:
    assert formats.plural("1", "jobb") == f"1{FIXED}jobb"
    assert formats.word_for(2, "jobb") == "jobb"
