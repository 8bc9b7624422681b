"""Countries, dates, numbers and the catalogue."""

from collections import defaultdict

import pytest

from vandel.lists import catalogue
from vandel.lists.catalogue import source_of
from vandel.lists.countries import _table, _words, country_codes, is_country
from vandel.lists.dates import american_date, birth_dates, full_date, moment, reduced
from vandel.lists.identifiers import identifier, labelled
from vandel.lists.readers.ofac_words import person_name
from vandel.lists.reading import READERS
from vandel.lists.refusal import ListRefused
from vandel.model import Identifier


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("RU", ("ru",)),
        ("00", ()),
        ("xx", ()),
        ("Russian Federation", ("ru",)),
        ("Ukrainian, Russian", ("ua", "ru")),
        ("Russian and Ukrainian", ("ru", "ua")),
        ("(a) German, (b) Moroccan", ("de", "ma")),
        ("Korea, North", ("kp",)),
        ("Republic of Korea", ("kr",)),
        ("Democratic People's Republic of Korea", ("kp",)),
        ("Democratic People’s Republic of Korea", ("kp",)),
        ("Congo (Democratic Republic)", ("cd",)),
        ("Guinea-Bissau", ("gw",)),
        ("South Sudan", ("ss",)),
        ("Nigeria", ("ng",)),
        ("Côte d'Ivoire", ("ci",)),
        ("SYR", ("sy",)),
        ("and", ()),
        ("Росія", ("ru",)),
        ("", ()),
    ],
)
def test_countries(text, codes):
    assert country_codes(text) == codes


def test_no_word_means_two_countries():
    meant = defaultdict(set)
    for code, names in _table()["names"].items():
        for name in names:
            meant[" ".join(_words(name))].add(code)
    assert not {name: codes for name, codes in meant.items() if len(codes) > 1}
    assert set(_table()["alpha_3"].values()) == set(_table()["names"])


def test_a_whole_text_that_is_a_country():
    assert is_country(" Russian Federation")
    assert not is_country("New Jersey")
    assert not is_country("")


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("26.11.1972", ("1972-11-26",)),
        ("(a) 1.2.1960, (b) 30.12.1961", ("1960-02-01", "1961-12-30")),
        ("Between 1960 and 1963", ("1960/1963",)),
        ("1966-1967", ("1966/1967",)),
        ("1958 or 1961", ("1958", "1961")),
        ("Approximately 4 Apr. 1944", ("1944-04-04",)),
        ("March 1970", ("1970-03",)),
        ("00/00/1994", ("1994",)),
        ("dd/07/1978", ("1978-07",)),
        ("00/1994", ("1994",)),
        ("31.2.1960", ("1960-02",)),
        ("1339 (Iranian Hijri calendar)", ()),
        ("1963/1960", ("1963", "1960")),
        ("unknown", ()),
    ],
)
def test_birth_dates(text, dates):
    assert birth_dates(text) == dates


def test_other_dates():
    assert american_date("03/24/2022").isoformat() == "2022-03-24"
    assert american_date("24/03/2022") is None
    assert full_date("March 2022") is None
    assert moment("2026-11-20T10:00:00.5+01:00").isoformat() == "2026-11-20T09:00:00.500000+00:00"
    assert moment("yesterday") is None
    assert reduced("2022", "13", day="40") == "2022"


@pytest.mark.parametrize(
    ("label", "text", "country", "expected"),
    [
        ("Tax ID No.", "9999000006", "ru", Identifier("inn", "9999000006")),
        ("Tax ID No.", "9999000006", None, Identifier("other", "9999000006")),
        ("Tax ID No.", "9999000006", "de", Identifier("other", "9999000006")),
        ("INN", "9999000006", None, Identifier("inn", "9999000006")),
        ("registration", "9999000006 (TAX ID/INN)", None, Identifier("inn", "9999000006")),
        ("tax", "9999000007", "ru", Identifier("other", "9999000007")),
        ("Registration Number", "9999999999990", "ru", Identifier("ogrn", "9999999999990")),
        ("organisationsnummer", "559999-9991", None, Identifier("orgnr", "5599999991")),
        ("passport", "ab  123456", None, Identifier("other", "AB 123456")),
        ("passport", "unknown", None, None),
        ("passport", "-0-", None, None),
        ("passport", "12", None, None),
    ],
)
def test_labelled_numbers(label, text, country, expected):
    assert labelled(label, text, country=country) == expected


def test_numbers_with_wrong_check_digits_are_other():
    assert identifier("imo", "IMO 9999008") == Identifier("imo", "9999008")
    assert identifier("imo", "IMO 9999009") == Identifier("other", "IMO 9999009")


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("VIMTOR, Kel Rul", "Kel Rul VIMTOR"),
        ("DE VIMTOR, Kel, Jr.", "Kel DE VIMTOR Jr."),
        ("VIMTOR, Kel, III", "Kel VIMTOR III"),
        ("VIMTOR, Jr.", "VIMTOR Jr."),
        ("ENSAMORD", "ENSAMORD"),
        ("ENSAMORD,", "ENSAMORD"),
    ],
)
def test_person_names_in_the_order_of_speech(printed, name):
    assert person_name(printed) == name


def test_the_catalogue():
    lists = catalogue()
    binding = {source.id for source in lists.values() if source.binds and not source.invented}
    assert binding == {"eu-fsf", "eu-833-annexes", "eu-journal", "un-sc"}
    assert [source.id for source in lists.values() if source.invented] == ["pakten-demo"]
    for source in lists.values():
        assert set(source.formats) <= set(READERS)
        assert source.min_counts
        assert "påhitta" in source.title_sv.lower() or not source.invented
        assert source.address is None or source.address.startswith("https://")
    assert (lists["eu-fsf"].warn_after_hours, lists["eu-fsf"].red_after_hours) == (24, 72)
    with pytest.raises(ListRefused, match="known are"):
        source_of("nope")
