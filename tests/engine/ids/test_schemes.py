"""Right numbers, wrong digits, round trips. All numbers are made here, from their check digit rules."""

from __future__ import annotations

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum import imo as std_imo
from stdnum import lei as std_lei
from stdnum.iso7064 import mod_97_10
from stdnum.ru import inn as std_inn
from stdnum.ru import ogrn as std_ogrn

from vandel.ids import SCHEMES, bic, imo, inn, lei, ogrn, orgnr, vat

digits = st.text(string.digits, min_size=1, max_size=16)


def luhn(nine: str) -> str:
    """``nine`` digits and their check digit."""
    return next(nine + d for d in string.digits if orgnr.passes_luhn(nine + d))


organisation_numbers = st.tuples(
    st.sampled_from("12356789"), st.sampled_from(string.digits), st.integers(2_000_000, 9_999_999)
).map(lambda parts: luhn(f"{parts[0]}{parts[1]}{parts[2]}"))
personal_numbers = st.tuples(
    st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.booleans(), st.integers(0, 999)
).map(lambda p: luhn(f"{p[0]:02}{p[1]:02}{p[2] + 60 * p[3]:02}{p[4]:03}"))
valid_numbers = {
    "orgnr": organisation_numbers,
    "vat": organisation_numbers.map(lambda number: f"SE{number}01"),
    "lei": st.text(string.ascii_uppercase + string.digits, min_size=18, max_size=18).map(
        lambda body: body + mod_97_10.calc_check_digits(body)
    ),
    "inn": st.integers(1, 999_999_999).map(lambda n: f"{n:09}" + std_inn.calc_company_check_digit(f"{n:09}")),
    "ogrn": st.integers(10**11, 10**12 - 1).map(lambda n: f"{n}{n % 11 % 10}"),
    "imo": st.integers(100_000, 999_999).map(lambda n: f"{n}{std_imo.calc_check_digit(str(n))}"),
    "bic": st.sampled_from(["NOEXSESS", "NOEXSESS123", "FICTDKK1"]),
}


def test_every_scheme_has_a_name_a_title_and_numbers_to_test_with() -> None:
    assert set(SCHEMES) == set(valid_numbers) == {"orgnr", "vat", "lei", "inn", "ogrn", "imo", "bic"}
    assert all(key == scheme.NAME and scheme.TITLE for key, scheme in SCHEMES.items())


@pytest.mark.parametrize("key", SCHEMES)
@given(data=st.data())
def test_format_and_normalize_are_each_other_s_undoing(key: str, data: st.DataObject) -> None:
    scheme = SCHEMES[key]
    value = data.draw(valid_numbers[key])
    canonical = scheme.normalize(value)
    assert canonical is not None and scheme.is_valid(value)
    assert scheme.normalize(canonical) == canonical
    assert scheme.normalize(scheme.format(canonical)) == canonical
    assert scheme.format(scheme.format(canonical)) == scheme.format(canonical)


@pytest.mark.parametrize("key", SCHEMES)
@given(text=st.text(max_size=30))
def test_any_text_is_either_a_number_or_none(key: str, text: str) -> None:
    scheme = SCHEMES[key]
    assert scheme.is_valid(text) == (scheme.normalize(text) is not None)
    assert isinstance(scheme.format(text), str)


@pytest.mark.parametrize("key", ["orgnr", "lei"])
@given(data=st.data(), position=st.integers(0, 19), digit=st.sampled_from(string.digits))
def test_one_wrong_digit_is_always_seen(key: str, data: st.DataObject, position: int, digit: str) -> None:
    value = data.draw(valid_numbers[key])
    assume(position < len(value) and value[position] != digit and value[position].isdigit())
    assert not SCHEMES[key].is_valid(value[:position] + digit + value[position + 1 :])


@given(organisation_numbers)
def test_every_way_of_writing_an_organisation_number_is_read(number: str) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
    written = [
        f"{number[:6]}-{number[6:]}",
        f"{number[:6]}\u2011{number[6:]}",
        f"{number[:6]}\u2013{number[6:]}",
        f"{number[:6]}\u2212{number[6:]}",
        f"\ufeff {number[:6]}\u00a0{number[6:]}\u200b",
        f"16{number}",
        f"16{number[:6]}-{number[6:]}",
        f"SE{number}01",
        f"se {number} 01",
        wide,
    ]
    assert {orgnr.normalize(text) for text in written} == {number}
    assert not any(orgnr.is_personal(text) for text in written)
    assert orgnr.mask(number) == orgnr.format(number) == f"{number[:6]}-{number[6:]}"


@given(personal_numbers, st.sampled_from(["19", "20"]))
def test_a_personal_number_identifies_but_is_never_shown(number: str, century: str) -> None:
    written = [
        number,
        century + number,
        f"{number[:6]}-{number[6:]}",
        f"{number[:6]}+{number[6:]}",
        f"SE{number}01",
    ]
    assert {orgnr.normalize(text) for text in written} == {number}
    for text in written:
        assert orgnr.is_personal(text)
        assert not set(orgnr.format(text) + orgnr.mask(text)) & set(string.digits)
    assert vat.is_valid(f"SE{number}01") and number not in vat.format(f"SE{number}01")


@given(personal_numbers, st.sampled_from(string.digits))
def test_a_personal_number_with_a_wrong_check_digit_is_hidden_too(number: str, digit: str) -> None:
    mistyped = number[:9] + digit
    assert orgnr.is_personal(mistyped) and mistyped not in orgnr.format(mistyped) + orgnr.mask(mistyped)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "559900-00", "55990000000", "abc", "19" + luhn("559900001"), "16" + luhn("800101001"),
        "55" + luhn("559900001"), luhn("801301001"), luhn("800132001"), luhn("800192001"), "0000000000",
        "SE" + luhn("559900001"), "SE" + luhn("559900001") + "02", "5599\u00b20001",
    ],
)  # fmt: skip
def test_what_is_no_organisation_number(text: str) -> None:
    assert orgnr.normalize(text) is None


def test_mask_hides_what_it_cannot_read() -> None:
    assert not set(orgnr.mask("800101 och något mer")) & set(string.digits)


@given(digits)
def test_we_agree_with_the_standard_library_of_numbers(number: str) -> None:
    assert imo.is_valid(number) == (std_imo.is_valid(number) and number != "0000000")
    assert inn.is_valid(number) == (std_inn.is_valid(number) and bool(int(number)))
    if len(number) != 15:
        assert ogrn.is_valid(number) == std_ogrn.is_valid(number)


@given(st.integers(3 * 10**13, 4 * 10**13 - 1))
def test_a_sole_trader_s_registration_number_has_one_check_digit(body: int) -> None:
    assert ogrn.is_valid(f"{body}{body % 13 % 10}") and not ogrn.is_valid(f"{body}{(body % 13 + 1) % 10}")


@given(st.text(string.ascii_uppercase + string.digits, min_size=20, max_size=20))
def test_lei_agrees_on_twenty_characters(text: str) -> None:
    assert not lei.is_valid(text) or std_lei.is_valid(text)


def test_other_countries_vat_and_bank_codes() -> None:
    body, check = "01000000", 97 - 1_000_000 % 97
    assert vat.normalize(f"be {body[:4]}.{body[4:]} {check:02}") == f"BE{body}{check:02}"
    assert vat.normalize(f"BE{body}{check - 1:02}") is None
    assert vat.normalize("NO 123456785 MVA") is None
    assert bic.normalize("noexsess xxx") == "NOEXSESS"
    assert bic.normalize("NOEX5ESS") is None
    assert imo.format("1000019") == "IMO 1000019"
