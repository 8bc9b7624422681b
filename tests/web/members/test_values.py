"""Cells to values: every way in which people write them, and one sentence for what can't be read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakten.members.imports import values
from pakten.members.imports.fields import FIELDS, fingerprint, suggest
from pakten.members.imports.hiding import shown
from pakten.members.imports.rows import clean
from pakten.members.models import CollectiveAgreement, State
from pakten.organisations.models import PersonRole, Sector
from pakten.organisations.refusals import Refused
from vandel.ids import orgnr

TODAY = date(2026, 11, 21)
HYPHENS = ["", "-", "‑", "–", " - ", " "]


def with_check_digit(nine: str) -> str:
    return next(nine + digit for digit in "0123456789" if orgnr.passes_luhn(nine + digit))


organisation_numbers = st.builds(
    lambda first, third, rest: with_check_digit(f"{first}{third}{rest:06}"),
    st.sampled_from(["12", "20", "25", "55", "71", "76", "80", "88", "96"]),
    st.integers(2, 9),
    st.integers(0, 999_999),
)


@given(
    organisation_numbers, st.sampled_from(HYPHENS), st.sampled_from(["", "16"]), st.sampled_from(["", " "])
)
def test_every_way_to_write_a_number_gives_the_same(
    number: str, hyphen: str, century: str, space: str
) -> None:
    assert values.org_nr(f"{space}{century}{number[:6]}{hyphen}{number[6:]}{space}") == number


@given(organisation_numbers, st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_refused(number: str, place: int, shift: int) -> None:
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    with pytest.raises(Refused):
        values.org_nr(wrong)


@given(st.text(max_size=40))
def test_any_text_gives_a_number_or_a_sentence(text: str) -> None:
    try:
        assert len(values.org_nr(text)) == 10
    except Refused as refusal:
        assert refusal.sentence.endswith(".")


@given(st.text(max_size=60), st.sampled_from(sorted(FIELDS)))
def test_no_cell_breaks_the_reading(text: str, name: str) -> None:
    row = clean(2, {"legal_name": "Ekens Snickeri", name: text}, today=TODAY)
    assert all(sentence.endswith(".") for sentence in row.faults)


@pytest.mark.parametrize("length", [0, 6, 9, 11, 13])
def test_the_number_of_digits_is_named(length: int) -> None:
    with pytest.raises(Refused, match="tio siffror, till exempel 212000-0142"):
        values.org_nr("5" * length)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2022-05-24", date(2022, 5, 24)),
        ("20220524", date(2022, 5, 24)),
        ("2022-05-24 00:00:00", date(2022, 5, 24)),
        ("2022/5/4", date(2022, 5, 4)),
        ("24/5 2022", date(2022, 5, 24)),
        ("24.5.2022", date(2022, 5, 24)),
        ("1.2.2022", date(2022, 2, 1)),
        ("24 maj 2022", date(2022, 5, 24)),
        ("den 24 maj 2022", date(2022, 5, 24)),
        ("1 okt. 2021", date(2021, 10, 1)),
    ],
)
def test_days_in_several_forms(cell: str, day: date) -> None:
    assert values.day(cell) == day


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("22-05-24", "två siffror"),
        ("220524", "två siffror"),
        ("24/5/22", "två siffror"),
        ("24 maj 22", "två siffror"),
        ("05/06/2022", "två sätt"),
        ("2022-02-30", "finns inte"),
        ("2022", "går inte att läsa"),
        ("i våras", "går inte att läsa"),
        ("0022-05-24", "långt tillbaka"),
    ],
)
def test_days_that_can_not_be_read(cell: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        values.day(cell)


@pytest.mark.parametrize(
    ("cell", "sector"),
    [
        ("privat näringsliv", Sector.PRIVATE),
        ("NÄRINGSLIV", Sector.PRIVATE),
        ("Privat", Sector.PRIVATE),
        ("civilsamhälle", Sector.CIVIL),
        ("Civilsamhället", Sector.CIVIL),
        ("ideell sektor", Sector.CIVIL),
        ("offentlig sektor", Sector.PUBLIC),
        ("Kommun", Sector.PUBLIC),
        ("public", Sector.PUBLIC),
    ],
)
def test_the_three_sectors_in_many_spellings(cell: str, sector: Sector) -> None:
    assert values.sector(cell) == sector


@pytest.mark.parametrize("choices", [Sector, State, CollectiveAgreement])
def test_the_words_we_write_are_words_we_read(choices: type[Sector]) -> None:
    """An export can be imported again, in both its forms."""
    read = {Sector: values.sector, State: values.state, CollectiveAgreement: values.agreement}[choices]
    for choice in choices:
        assert read(choice.value) == choice
        assert read(str(choice.label)) == choice


def test_persons_in_one_cell() -> None:
    found = values.persons("Ann Björk, ordförande; Bo Ek (vd)\nCia Alm, firmatecknare, 1961-02; Dan Asp")
    assert [(p.name, p.role, p.birth_date) for p in found] == [
        ("Ann Björk", PersonRole.BOARD, ""),
        ("Bo Ek", PersonRole.MANAGING_DIRECTOR, ""),
        ("Cia Alm", PersonRole.SIGNATORY, "1961-02"),
        ("Dan Asp", PersonRole.BOARD, ""),
    ]


@pytest.mark.parametrize("cell", ["Bo Ek, hästskötare", "Bo Ek, 610203", ", ledamot"])
def test_persons_that_can_not_be_read(cell: str) -> None:
    with pytest.raises(Refused):
        values.persons(cell)


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.integers(0, 999))
def test_no_sentence_and_no_preview_shows_a_personal_number(
    year: int, month: int, day: int, serial: int
) -> None:
    number = with_check_digit(f"{year:02}{month:02}{day:02}{serial:03}")
    for written in (number, f"{number[:6]}-{number[6:]}", f"19{number}", f"19{number[:6]}-{number[6:]}"):
        for cell in (written, f"Bo Ek {written}", f"Bo Ek, {written}"):
            assert number[6:] not in shown(cell)
            row = clean(2, {"legal_name": cell, "sector": cell, "persons": cell}, today=TODAY)
            assert row.faults
            assert not any(number[6:] in sentence for sentence in row.faults)


def test_a_row_tells_all_its_faults() -> None:
    cells = {"legal_name": "Ekens Snickeri", "org_nr": "1", "sector": "månen", "joined_on": "i går"}
    assert len(clean(2, cells, today=TODAY).faults) == 3


def test_a_day_ahead_is_refused() -> None:
    cells = {"legal_name": "Ekens Snickeri", "joined_on": "2026-11-22"}
    assert clean(2, cells, today=TODAY).faults == ["Dagen 2026-11-22 ligger i framtiden."]


def test_a_missing_number_is_marked_not_refused() -> None:
    row = clean(2, {"legal_name": "Ekens Snickeri", "org_nr": "saknas"}, today=TODAY)
    assert (row.faults, row.notes) == ([], ["Organisationsnummer saknas."])


def test_columns_are_suggested_from_swedish_and_english_headers() -> None:
    headers = ["Företagsnamn", "Org.nr", "SEKTOR", "Kommun", "Member since", "Hemsida", "Skostorlek"]
    assert suggest(headers) == {
        "legal_name": "Företagsnamn",
        "org_nr": "Org.nr",
        "sector": "SEKTOR",
        "place": "Kommun",
        "joined_on": "Member since",
        "website": "Hemsida",
    }
    assert fingerprint(headers) == fingerprint([header.upper() for header in headers])


def test_no_header_is_known_for_two_fields() -> None:
    seen: dict[str, str] = {}
    for field in FIELDS.values():
        for header in field.known_headers:
            assert seen.setdefault(header, field.name) == field.name


def test_a_spreadsheets_apostrophe_is_no_part_of_the_text() -> None:
    assert values.text("'+46 8 123") == "+46 8 123"
    assert values.text("'t Hof") == "'t Hof"
