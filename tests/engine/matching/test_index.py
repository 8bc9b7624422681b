"""The index finds who is meant and leaves the rest. All names are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from vandel.errors import InputError
from vandel.matching import DEFAULT_THRESHOLD, Index
from vandel.model import Entity, Identifier, Listing, Name, NameKind, ReasonCode, Schema

ORGANISATIONS = {
    "plant-41": ("Открытое акционерное общество «41 Вельский ремонтный завод»", "JSC 41 Velsk Repair Plant"),
    "plant-57": ("Открытое акционерное общество «57 Вельский ремонтный завод»", "JSC 57 Velsk Repair Plant"),
    "optics-torvin": ("АО «Торвинский оптико-механический завод»",),
    "optics-ladezh": ("АО «Ладежский оптико-механический завод»",),
    "institute": (
        "AO Nauchno-issledovatelskiy institut poluprovodnikovykh priborov Kvintor",
        "AO NII Kvintor",
    ),
    "bank": ("Zembrikov Commercial Bank PJSC",),
    "trading": ("Trade Bank Company Group",),
    "nordic": ("Stiftelsen Sjövägens Åkeri", "Sjovegen Foundation"),
    "joined": ("Mervintrans Logistik LLC",),
    "so-called": ("So-called Vostrikov People's Council",),
    "estonian": ("Kaldvere Metall OÜ",),
}
PERSONS = {
    "orvelin": ("Orvelin, Dmitriy Sergeyevich",),
    "karimi": ("Hassan Karimi",),
    "abd": ("Abd al-Rahman al-Tazwiri",),
    "single": ("Zubrak",),
    "berg": ("Åse Bergström-Kvalø",),
}


def listing(key: str, names: tuple[str, ...], schema: Schema, **more: tuple[str, ...]) -> Listing:
    return Listing("L", Entity(key, schema, tuple(map(Name, names)), **more))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build(
        [listing(key, names, Schema.ORGANIZATION) for key, names in ORGANISATIONS.items()]
        + [listing(key, names, Schema.PERSON) for key, names in PERSONS.items()]
    )


def found(
    index: Index, name: str, schema: Schema = Schema.COMPANY, *, threshold: float = DEFAULT_THRESHOLD
) -> list[str]:
    return [f.target_id for f in index.search(Entity("q", schema, (Name(name),)), threshold=threshold)]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("JSC 41 Velsk Repair Plant", "plant-41"),
        ("VELSKI REMONTNYI ZAVOD 41, OAO", "plant-41"),
        ("Відкрите акціонерне товариство «57 Вельський ремонтний завод»", "plant-57"),
        ("Torvin Optical and Mechanical Plant", "optics-torvin"),
        ("Науково-дослідний інститут напівпровідникових приладів «Квінтор»", "institute"),
        ("Kvintor Scientific Research Institute of Semiconductor Devices", "institute"),
        ("ПАО Зембриков банк", "bank"),
        ("Sjövägens åkeri, stiftelse", "nordic"),
        ("Sjoevaegens Aakeri", "nordic"),
        ("Mervin Trans Logistics Limited", "joined"),
        ("Vostrikov People's Council", "so-called"),
        ("Kaldvere Metall", "estonian"),
    ],
)
def test_finds_the_organisation(index: Index, name: str, target: str) -> None:
    assert found(index, name)[:1] == [target]


@pytest.mark.parametrize(
    "name",
    [
        "CORP",
        "A-B-C Company",
        "International Trading Company",
        "The Group Ltd",
        "Bank of Trade",
        "99 Velsk Repair Plant",
        "Norvik Optical and Mechanical Plant",
        "Ideella föreningen Solrosen",
        "Brf Björkhagen",
        "Sjöbergs Åkeri AB",
        "Semiconductor Devices Research Institute",
    ],
)
def test_leaves_those_who_share_only_common_words(index: Index, name: str) -> None:
    assert found(index, name) == []


def test_a_numbered_sibling_is_not_the_same(index: Index) -> None:
    assert found(index, "41 Velsk Repair Plant") == ["plant-41"]


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("Dmitri Orvelin", "orvelin"),
        ("ОРВЕЛИН Дмитрий Сергеевич", "orvelin"),
        ("Дмитро Сергійович Орвелін", "orvelin"),
        ("Abdulrahman Tazwiri", "abd"),
        ("عبد الرحمن التزويري", "abd"),
        ("Aase Bergstroem Kvaloe", "berg"),
    ],
)
def test_finds_the_person(index: Index, name: str, target: str) -> None:
    assert found(index, name, Schema.PERSON)[:1] == [target]


@pytest.mark.parametrize(
    "name", ["Dmitriy Sergeyevich Kolpin", "Hassan Ibrahim", "Erik Bergström", "Zubrak Maltin"]
)
def test_leaves_other_persons(index: Index, name: str) -> None:
    assert found(index, name, Schema.PERSON) == []


def test_persons_are_compared_with_persons_only(index: Index) -> None:
    assert found(index, "Hassan Karimi", Schema.COMPANY) == []


def test_both_twins_are_returned() -> None:
    twins = [listing(key, ("Quistrel Avionics LLC",), Schema.ORGANIZATION) for key in ("a", "b")]
    assert found(Index.build(twins), "Quistrel Avionics") == ["a", "b"]


def test_of_two_hundred_namesakes_none_is_left_out() -> None:
    listings = [listing(f"n{number}", ("Zaslonovskij Turbinverk",), Schema.COMPANY) for number in range(200)]
    asked = Entity("q", Schema.COMPANY, (Name("Zaslonovski Turbinverk AB"),))
    found = Index.build(listings).search(asked, limit=1000)
    assert {each.target_id for each in found} == {each.entity.id for each in listings}


def test_a_shared_identifier_settles_it_whatever_the_names() -> None:
    number = Identifier("inn", "7707083893")
    index = Index.build([listing("a", ("Quistrel Avionics",), Schema.ORGANIZATION, identifiers=(number,))])  # type: ignore[arg-type]
    finding = index.search(Entity("q", Schema.COMPANY, (Name("Helt annat namn"),), identifiers=(number,)))[0]
    assert finding.score == 1.0
    assert ReasonCode.IDENTIFIER_SAME in [reason.code for reason in finding.reasons]


@pytest.mark.parametrize(
    ("born", "higher"), [("1971-05-03", True), ("1971", True), ("1994", False), ("1994-05-03", False)]
)
def test_a_date_of_birth_raises_or_lowers(born: str, higher: bool) -> None:
    index = Index.build([listing("k", ("Hassan Karimi",), Schema.PERSON, birth_dates=("1971-05-03",))])
    plain = Entity("q", Schema.PERSON, (Name("Hasan Karimi"),))
    dated = Entity("q", Schema.PERSON, (Name("Hasan Karimi"),), birth_dates=(born,))
    without, with_date = (index.search(query, threshold=0.0)[0].score for query in (plain, dated))
    assert (with_date > without) is higher
    if not higher:
        assert with_date == DEFAULT_THRESHOLD  # the same name: a person decides


@pytest.mark.parametrize(
    "differs",
    [
        {"birth_dates": ("1994-05-03",)},
        {"countries": ("se",)},
        {"birth_dates": ("1994",), "countries": ("se",)},
        {"birth_dates": ("1994",), "identifiers": (Identifier("inn", "500100732259"),)},
    ],
)
def test_the_same_name_is_never_dropped_by_what_else_differs(differs: dict[str, Any]) -> None:
    known = {
        "birth_dates": ("1971",),
        "countries": ("no",),
        "identifiers": (Identifier("inn", "7707083893"),),
    }
    index = Index.build(
        [
            listing("k", ("Kvirin Ostramund",), Schema.PERSON, **known),
            listing("l", ("Kvirin Ostramund",), Schema.PERSON),
        ]  # type: ignore[arg-type]
    )
    found = index.search(Entity("q", Schema.PERSON, (Name("Ostramund, Kvirin"),), **differs))
    assert [finding.target_id for finding in found] == ["l", "k"]  # what differs sorts last
    assert DEFAULT_THRESHOLD <= found[1].score < found[0].score


def test_a_name_that_is_only_alike_may_be_dropped_by_a_date() -> None:
    index = Index.build([listing("k", ("Kvirin Ostramund",), Schema.PERSON, birth_dates=("1971",))])
    plain = Entity("q", Schema.PERSON, (Name("Kvirina Ostramuld"),))
    dated = replace(plain, birth_dates=("1994",))
    assert index.search(dated, threshold=0.0)[0].score < DEFAULT_THRESHOLD


def test_a_nickname_may_be_dropped_by_a_date() -> None:
    names = (Name("Marten Olvrik"), Name("Dundrix", NameKind.WEAK))
    index = Index.build([Listing("L", Entity("w", Schema.PERSON, names, birth_dates=("1971",)))])
    query = Entity("q", Schema.PERSON, (Name("Dundrix"),), birth_dates=("1994",))
    assert index.search(query) == []


def test_another_country_lowers_and_the_same_raises() -> None:
    index = Index.build([listing("k", ("Quistrel Avionics",), Schema.ORGANIZATION, countries=("no",))])
    scores = {
        country: index.search(
            Entity("q", Schema.COMPANY, (Name("Quistrel Avionik"),), countries=country), threshold=0.0
        )[0].score
        for country in ((), ("no",), ("se",))
    }
    assert scores[("se",)] < scores[()] < scores[("no",)]


def test_a_weak_alias_is_told(index: Index) -> None:
    weak = Entity("w", Schema.PERSON, (Name("Marten Olvrik"), Name("Korpral Dunder", NameKind.WEAK)))
    finding = Index.build([Listing("L", weak)]).search(
        Entity("q", Schema.PERSON, (Name("Korpral Dunder"),)), threshold=0.0
    )[0]
    assert ReasonCode.WEAK_ALIAS in [reason.code for reason in finding.reasons]


def test_a_saved_index_answers_the_same(index: Index, tmp_path: Path) -> None:
    index.save(tmp_path / "index.npz")
    again = Index.load(tmp_path / "index.npz")
    for name in ("41 Velsk Repair Plant", "Sjöväg", "Dmitri Orvelin"):
        query = Entity("q", Schema.COMPANY, (Name(name),), countries=("se",))
        assert again.search(query, threshold=0.0) == index.search(query, threshold=0.0)
    assert list(again.listings) == list(index.listings)


@pytest.mark.parametrize("content", [b"", b"not an index", b"PK\x03\x04cut"])
def test_a_damaged_index_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "index.npz").write_bytes(content)
    with pytest.raises(InputError, match="not an index"):
        Index.load(tmp_path / "index.npz")


def test_an_empty_index_finds_nothing() -> None:
    assert found(Index.build([]), "Quistrel") == []


@pytest.mark.parametrize("name", ["", "   ", "---", "«»", "12"])
def test_a_name_without_letters_finds_nothing(index: Index, name: str) -> None:
    assert found(index, name) == []


@pytest.mark.parametrize(
    ("asked", "listed"),
    [
        ("Sergej Tjajkinovskij", "Сергей Чайкиновский"),
        ("Nikita Chrusjtjonskij", "Nikita Khrushchonsky"),
        ("Pavel Gorbunatjov", "Павел Горбуначёв"),
        ("Vasyl Lutsjenkonov", "Василь Лученконов"),
        ("Pavel Chtcherbanovski", "Pavel Shcherbanovskiy"),
        ("Sjöbergius, Kjell", "Kjell Sjöbergius"),
        ("Michael Tjernmark", "Michael Tjernmark"),
    ],
)
def test_a_name_written_another_countrys_way_is_the_same_name(asked: str, listed: str) -> None:
    index = Index.build(
        [listing("a", (listed,), Schema.PERSON), listing("b", ("Olle Dunvik",), Schema.PERSON)]
    )
    same = index.search(Entity("q", Schema.PERSON, (Name(listed),)))[0]
    finding = index.search(Entity("q", Schema.PERSON, (Name(asked),)))[0]
    assert finding.score == pytest.approx(same.score, abs=0.005)


def test_another_spelling_is_told_as_such() -> None:
    index = Index.build([listing("a", ("Pavel Matvejevich Gorbunachev",), Schema.PERSON)])
    finding = index.search(Entity("q", Schema.PERSON, (Name("Pavel Gorbunatjov"),)), threshold=0.0)[0]
    told = {(reason.code, reason.query, reason.target) for reason in finding.reasons}
    assert (ReasonCode.SAME_WORD_OTHER_SPELLING, "gorbunatjov", "gorbunachev") in told
