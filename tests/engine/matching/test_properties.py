"""What must hold for any names: order, symmetry, noise, and no path from a name to an origin."""

from __future__ import annotations

import dataclasses
import inspect
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vandel import matching, names
from vandel.matching import Index, explain
from vandel.model import Entity, Listing, Name, Schema

WORDS = (
    "Kvintor",
    "Velmark",
    "Torvin",
    "Ladezh",
    "Solrosen",
    "Brenvik",
    "Orsdal",
    "Mirsk",
    "Quistrel",
    "Zembrik",
)
PLAIN = ("Plant", "Bank", "Trading", "Institute", "Group", "41", "57", "AB", "LLC")
organisation_names = st.lists(st.sampled_from(WORDS + PLAIN), min_size=1, max_size=5, unique=True).map(
    " ".join
)
person_names = st.lists(
    st.sampled_from(("Orvelin", "Tazwir", "Maltin", "Zubrak", "Kolpa")), min_size=1, max_size=4, unique=True
)


def listed(*texts: str, schema: Schema = Schema.ORGANIZATION) -> list[Listing]:
    return [Listing("L", Entity(f"{at:03}", schema, (Name(text),))) for at, text in enumerate(texts)]


def query(text: str, schema: Schema = Schema.ORGANIZATION) -> Entity:
    return Entity("q", schema, (Name(text),))


def scores(index: Index, text: str, schema: Schema = Schema.ORGANIZATION) -> dict[str, float]:
    return {f.matched_name: f.score for f in index.search(query(text, schema), threshold=0.0, limit=100)}


@settings(max_examples=40, deadline=None)
@given(st.lists(organisation_names, min_size=1, max_size=6, unique=True), organisation_names, st.randoms())
def test_the_order_of_the_list_does_not_matter(texts: list[str], asked: str, random: object) -> None:
    listings = listed(*texts)
    shuffled = list(listings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert Index.build(listings).search(query(asked), threshold=0.0) == Index.build(shuffled).search(
        query(asked), threshold=0.0
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(organisation_names, min_size=1, max_size=6, unique=True), organisation_names)
def test_ids_do_not_matter(texts: list[str], asked: str) -> None:
    plain = scores(Index.build(listed(*texts)), asked)
    swapped = [
        dataclasses.replace(one, entity=dataclasses.replace(one.entity, id=f"x{9 - at}"))
        for at, one in enumerate(listed(*texts))
    ]
    assert scores(Index.build(swapped), asked) == plain


@settings(max_examples=40, deadline=None)
@given(st.lists(organisation_names, min_size=1, max_size=6, unique=True), st.data())
def test_an_identical_name_scores_highest(texts: list[str], data: st.DataObject) -> None:
    asked = data.draw(st.sampled_from(texts))
    found = scores(Index.build(listed(*texts)), asked)
    if found:
        assert found[asked] == max(found.values())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True))
def test_a_strange_word_never_raises_the_score(chosen: list[str]) -> None:
    name = " ".join(chosen)
    index = Index.build(listed(name))
    assert scores(index, f"{name} Hjulvist").get(name, 0.0) <= scores(index, name)[name]


@settings(max_examples=40, deadline=None)
@given(person_names, st.randoms())
def test_the_order_of_a_persons_names_does_not_matter(parts: list[str], random: object) -> None:
    index = Index.build(listed(" ".join(parts), schema=Schema.PERSON))
    other = list(parts)
    random.shuffle(other)  # type: ignore[attr-defined]
    assert scores(index, " ".join(other), Schema.PERSON) == scores(index, " ".join(parts), Schema.PERSON)


@settings(max_examples=40, deadline=None)
@given(organisation_names, st.sampled_from((str.upper, str.lower, str.title, lambda text: f" «{text}» ")))
def test_case_and_quotes_do_not_matter(name: str, change: object) -> None:
    index = Index.build(listed(name, "Brenvik Orsdal"))
    assert scores(index, change(name)) == scores(index, name)  # type: ignore[operator]


def test_the_same_question_has_the_same_answer_twice() -> None:
    index = Index.build(listed("Kvintor Plant", "Velmark Plant", "Kvintor Bank"))
    assert index.search(query("Kvintor Plant"), threshold=0.0) == index.search(
        query("Kvintor Plant"), threshold=0.0
    )


def test_nothing_infers_an_origin() -> None:
    """L-20: nothing in names and matching speaks of nationality or origin."""
    forbidden = ("nationality", "ethnic", "origin_of", "guess_country", "country_of")
    for package in (names, matching):
        source = "".join(
            inspect.getsource(module) for _, module in inspect.getmembers(package, inspect.ismodule)
        ).casefold()
        assert not [word for word in forbidden if word in source]


@settings(max_examples=30, deadline=None)
@given(st.sampled_from((("Orvelin", "Karvonen"), ("Orvelin", "Tazwiri"), ("Orvelin", "Bergkvist"))))
def test_any_name_that_no_list_has_gives_the_same_outcome(pair: tuple[str, str]) -> None:
    """L-19: a director's name changed to any other unlisted name changes nothing."""
    index = Index.build(listed("Zubrak Maltin", schema=Schema.PERSON))
    assert [scores(index, f"Hjul {name}", Schema.PERSON) for name in pair] == [{}, {}]


@given(st.text(max_size=20), st.text(max_size=20))
def test_marked_letters_give_the_name_again(one: str, other: str) -> None:
    segments = explain.letters(one, other)
    assert "".join(segment.text for segment in segments) == one
    assert all(a.agrees != b.agrees for a, b in itertools.pairwise(segments))


def test_letters_mark_what_differs_across_scripts_and_order() -> None:
    assert explain.letters("Orvelin Dmitri", "Дмитрий Орвелин") == [("Orvelin Dmitri", True)]
    assert ("q", False) in explain.letters("Torvinq", "Torvin")
    assert all(segment.agrees for segment in explain.letters("Torvin", "Torvin"))


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_reason_has_a_sentence(language: str) -> None:
    from vandel.model import Reason, ReasonCode

    for code in ReasonCode:
        told = explain.sentence(Reason(code, "ett", "två"), language)
        assert "{" not in told
        assert told.endswith(".")


def test_a_finding_is_told_word_by_word() -> None:
    index = Index.build(listed("АО «41 Вельский завод Квинтор»"))
    finding = index.search(query("Kvintor Plant 57, JSC"), threshold=0.0)[0]
    told = " ".join(explain.sentences(finding, "en"))
    assert "“57” against “41”" in told
    assert "“kvintor” and “квинтор” are read as the same word in different scripts" in told
    assert "“plant” and “завод” mean the same" in told
    assert "“jsc” and “ао”" in told
