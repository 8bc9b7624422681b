"""Countries are told by name, not by code."""

from __future__ import annotations

import pytest

from vandel.matching.countries import country_name
from vandel.matching.explain import sentence
from vandel.model import Reason, ReasonCode
from vandel.names.resources import resource


@pytest.mark.parametrize(
    ("code", "told", "language", "expected"),
    [
        (ReasonCode.COUNTRY_SAME, ("ru", "ru"), "sv", "Landet är detsamma: Ryssland."),
        (ReasonCode.COUNTRY_SAME, ("ru, ua", "ru, ua"), "sv", "Landet är detsamma: Ryssland, Ukraina."),
        (
            ReasonCode.COUNTRY_DIFFERS,
            ("se", "no, ru"),
            "sv",
            "Länderna skiljer sig: Sverige mot Norge, Ryssland.",
        ),
        (ReasonCode.COUNTRY_DIFFERS, ("se", "no"), "en", "The countries differ: Sweden against Norway."),
        (ReasonCode.COUNTRY_SAME, ("zz", "zz"), "sv", "Landet är detsamma: ZZ."),
        (ReasonCode.SAME_WORD, ("se", "se"), "sv", "”se” finns i båda namnen."),
    ],
)
def test_a_sentence_names_the_country(
    code: ReasonCode, told: tuple[str, str], language: str, expected: str
) -> None:
    assert sentence(Reason(code, *told, 0.5), language) == expected


def test_every_code_that_lists_use_has_a_swedish_name() -> None:
    known = resource("countries")["names"]
    assert [code for code in known if country_name(code) == code.upper()] == []


def test_codes_are_two_letters_and_names_are_told_apart() -> None:
    names = resource("country_names_sv")["names"]
    assert len(names) >= 249
    assert all(isinstance(code, str) and len(code) == 2 for code in names)
    assert len(set(names.values())) == len(names)
