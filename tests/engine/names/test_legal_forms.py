"""Legal forms are found wherever they stand and compared by the kind of body."""

from __future__ import annotations

import pytest

from vandel.names import analyse
from vandel.names.legal_forms import same_kind, without
from vandel.names.resources import resource


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Norrskenets Åkeri AB", "jsc"),
        ("AB Norrskenets Åkeri (publ)", "jsc"),
        ("Ideella föreningen Solrosen", "association"),
        ("Solrosens ekonomisk förening", "cooperative"),
        ("Stiftelsen Solrosen", "foundation"),
        ("Brf Solrosen", "housing_cooperative"),
        ("Bostadsrättsföreningen Solrosen", "housing_cooperative"),
        ("Solrosen Handelsbolag", "partnership"),
        ("Solrosens trossamfund", "religious"),
        ("Enskild firma Solros", "sole_trader"),
        ("Solsikken AS", "jsc"),
        ("Solsikken ApS", "llc"),
        ("Auringonkukka Oy", "jsc"),
        ("Auringonkukka Osakeyhtiö", "jsc"),
        ("Sonnenblume G.m.b.H.", "llc"),
        ("Tournesol S.A.R.L.", "llc"),
        ("Zonnebloem B.V.", "llc"),
        ("Słonecznik Sp. z o.o.", "llc"),
        ("Päevalill OÜ", "llc"),
        ("SIA Saulespuķe", "llc"),
        ("UAB Saulėgrąža", "llc"),
        ("ООО «Подсолнух»", "llc"),
        ("Obshchestvo s ogranichennoy otvetstvennostyu Podsolnukh", "llc"),
        ("Общество сограниченной ответственостью «Подсолнух»", "llc"),
        ("Товариство з обмеженою відповідальністю «Соняшник»", "llc"),
        ("ТОВ Соняшник", "llc"),
        ("Публічне акціонерне товариство «Соняшник»", "jsc"),
        ("Podsolnukh, OAO", "jsc"),
        ("ФГУП Подсолнух", "state_enterprise"),
        ("Federal State Unitary Enterprise Podsolnukh", "state_enterprise"),
        ("Podsolnukh Co., Ltd.", "llc"),
        ("Girasol Sociedad Anónima", "jsc"),
        ("Girasole S.p.A.", "jsc"),
    ],
)
def test_finds_the_form(text: str, code: str) -> None:
    assert code in [token.key for token in analyse(text, person=False) if token.kind == "legal"]


@pytest.mark.parametrize("text", ["Nord as Kvintor", "Kvintor at Sea", "Mira sia Kvintor"])
def test_an_ordinary_word_in_the_middle_is_no_form(text: str) -> None:
    assert "jsc" not in [token.key for token in analyse(text, person=False) if token.kind == "legal"]


def test_a_name_of_nothing_but_forms_keeps_its_words() -> None:
    assert [token.kind for token in analyse("Limited Company", person=False)] == ["word", "word"]


def test_the_same_kind_of_body_in_two_countries() -> None:
    assert same_kind("jsc", "jsc")
    assert same_kind("company", "corporation")
    assert not same_kind("llc", "state_enterprise")


def test_without_forms() -> None:
    assert without("ООО «Подсолнух»") == without("Podsolnukh LLC") == "podsolnu"


def test_every_entry_has_a_family_and_a_spelling() -> None:
    for code, entry in resource("legal_forms").items():
        assert entry["family"], code
        assert entry.get("written") or entry.get("at_edges"), code
