"""The invented list: read by the engine's own reader, labelled as invented, in two editions that differ."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pakten.demo.cases import LIKENESSES, PLANTED_PARTIES
from pakten.demo.listed import CAME, CHANGED, GONE, first_edition, second_edition
from pakten.demo.sanctions import INVENTED, LIST_ID, file_name, write_list
from vandel.lists.parsed import ParsedList
from vandel.lists.reading import read
from vandel.model import Listing, NameKind, Schema

AT = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> ParsedList:
    path: Path = tmp_path_factory.mktemp("list") / file_name(AT)
    path.write_bytes(write_list(second_edition(), AT))
    return read(path, list_id=LIST_ID)


def by_id(parsed: ParsedList) -> dict[str, Listing]:
    return {listing.entity.id: listing for listing in parsed.listings}


def test_same_seed_gives_the_same_bytes() -> None:
    assert write_list(second_edition(), AT) == write_list(second_edition(), AT)
    assert first_edition("another") != first_edition()


def test_reader_takes_the_whole_list(parsed: ParsedList) -> None:
    assert parsed.format == "eu-fsf-xml-1.1"
    assert parsed.published_on == date(2026, 11, 16)
    assert parsed.notes == ()
    assert len(parsed.listings) == len(second_edition()) > 300
    persons = [each for each in parsed.listings if each.entity.schema is Schema.PERSON]
    assert len(persons) > 180
    assert len(parsed.listings) - len(persons) > 100


def test_list_is_labelled_as_invented(parsed: ParsedList) -> None:
    assert "pahittad" in file_name(AT)
    assert all(INVENTED in (listing.remarks or "") for listing in parsed.listings)


def test_list_shows_the_varieties_of_a_real_one(parsed: ParsedList) -> None:
    entities = [listing.entity for listing in parsed.listings]
    kinds = {name.kind for entity in entities for name in entity.names}
    assert {NameKind.PRIMARY, NameKind.ALIAS, NameKind.WEAK} <= kinds
    text = "".join(name.text for entity in entities for name in entity.names)
    for first, last in (("а", "я"), ("α", "ω"), ("ا", "ي")):
        assert any(first <= letter <= last for letter in text)
    births = [birth for entity in entities for birth in entity.birth_dates]
    assert any("/" in birth for birth in births)
    assert any(len(birth) == 4 for birth in births)
    assert any(len(birth) == 10 for birth in births)
    assert any(entity.identifiers for entity in entities)
    assert sum(bool(entity.addresses) for entity in entities) > 200


def test_second_edition_has_something_to_show() -> None:
    old = {party.reference: party for party in first_edition()}
    new = {party.reference: party for party in second_edition()}
    assert len(new.keys() - old.keys()) == CAME
    assert len(old.keys() - new.keys()) == GONE
    assert sum(old[key] != new[key] for key in old.keys() & new.keys()) == CHANGED


def test_planted_parties_are_in_both_editions(parsed: ParsedList) -> None:
    found = by_id(parsed)
    for party in PLANTED_PARTIES:
        assert party in first_edition()
        assert party in second_edition()
        assert found[party.reference].entity.names[0].text == party.names[0].text
    assert {number for case in LIKENESSES for number in case.listed} == {p.number for p in PLANTED_PARTIES}


def test_references_are_unique() -> None:
    references = [party.reference for party in first_edition()]
    assert len(set(references)) == len(references)
