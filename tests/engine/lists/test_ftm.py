"""FollowTheMoney JSON lines."""

import json
from datetime import date

import pytest

from vandel.ids import SCHEMES
from vandel.lists import ListRefused, detect, read
from vandel.model import Identifier, NameKind, Schema

PARTY = {
    "id": "x-1",
    "schema": "Company",
    "properties": {
        "name": ["OOO Brumirsk", "ООО Брумирск"],
        "alias": ["Brumirsk Works"],
        "weakAlias": ["BW"],
        "previousName": ["Vimtor Trest"],
        "country": ["ru"],
        "jurisdiction": ["Russia"],
        "innCode": ["9999000006"],
        "passportNumber": ["12"],
        "address": ["Kajen 4"],
        "notes": ["Påhittad"],
    },
}


def written(tmp_path, *entities):
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join(json.dumps(entity) for entity in entities), encoding="utf-8")
    return path


def test_party_and_sanction(tmp_path):
    sanction = {
        "id": "s",
        "schema": "Sanction",
        "properties": {
            "entity": ["x-1"],
            "program": ["HP"],
            "startDate": ["2022-03-01"],
            "authorityId": ["A7"],
        },
    }
    relative = {"id": "y", "schema": "Person", "target": False, "properties": {"name": ["Kel Vim"]}}
    path = written(tmp_path, PARTY, sanction, relative)
    parsed = read(path, list_id="x")
    assert detect(path) == parsed.format == "ftm-jsonl"
    (listing,) = parsed.listings
    assert listing.entity.schema is Schema.COMPANY
    assert [(name.text, name.kind) for name in listing.entity.names] == [
        ("OOO Brumirsk", NameKind.PRIMARY),
        ("ООО Брумирск", NameKind.ALIAS),
        ("Brumirsk Works", NameKind.ALIAS),
        ("Vimtor Trest", NameKind.PREVIOUS),
        ("BW", NameKind.WEAK),
    ]
    assert listing.entity.countries == ("ru",)
    assert listing.entity.identifiers == (Identifier("inn", "9999000006"),)
    assert (listing.programs, listing.listed_on, listing.reference) == (("HP",), date(2022, 3, 1), "A7")
    assert parsed.notes == ("Passed over, since they are no listed party: 1 of the entities.",)


def test_numbers_and_parts_of_countries(tmp_path):
    swedish = {
        "id": "s",
        "schema": "Company",
        "properties": {"name": ["Skedmir AB"], "country": ["se"], "registrationNumber": ["5599999991"]},
    }
    scottish = {"id": "g", "schema": "Company", "properties": {"name": ["Skedmir LP"], "country": ["gb-sct"]}}
    first, second = read(written(tmp_path, swedish, scottish), list_id="x").listings
    assert first.entity.identifiers == (Identifier("orgnr", SCHEMES["orgnr"].normalize("5599999991")),)
    assert second.entity.countries == ("gb",)


def test_fragments_of_one_entity_are_put_together(tmp_path):
    more = {"id": "x-1", "schema": "Company", "properties": {"alias": ["Brumir"]}}
    (listing,) = read(written(tmp_path, PARTY, more), list_id="x").listings
    assert "Brumir" in [name.text for name in listing.entity.names]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"id": "1", "schema": "Company", "prop', "lists.broken_json"),
        ('{"id": 1, "schema": "Company", "properties": {}}', "lists.not_ftm"),
        ('{"id": "1", "schema": "Company", "properties": []}', "lists.not_ftm"),
        ('{"id": "1", "schema": "Company", "properties": {"name": []}}', "lists.no_entries"),
        ("{" * 200_000, "lists.broken_json"),
    ],
)
def test_refusals(tmp_path, text, code):
    path = tmp_path / "x.jsonl"
    path.write_text(text)
    with pytest.raises(ListRefused) as caught:
        read(path, list_id="x")
    assert caught.value.code == code


def test_real_watchlists(shared_data):
    for name, count in (("EU", 7988), ("UN", 1003)):
        path = shared_data / "gold" / f"watchlist_{name}.ftm.jsonl"
        assert len(read(path, list_id=name).listings) == count
