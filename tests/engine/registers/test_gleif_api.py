"""GLEIF's API: parents, reasons for not telling them, and a server that does wrong."""

import json

import pytest
from tests.engine.registers.fault_server import answer, running

from vandel.registers.facts import FactState, Field, Outcome
from vandel.registers.online import GleifApi
from vandel.registers.refusal import RegisterRefused

LEI = "213800BJPX8V9HVY1Y11"
PARENT = "2138002YAB7Z9KO21397"
NUMBER = "5565431193"
RECORDS = "/lei-records"


def record(**changes):
    entity = {
        "legalName": {"name": "Exempel Aktiebolag"},
        "otherNames": [{"name": "Gamla Exempel AB", "type": "PREVIOUS_LEGAL_NAME"}],
        "legalAddress": {
            "addressLines": ["c/o Kanariefågel"],
            "postalCode": "11122",
            "city": "Stockholm",
            "country": "SE",
        },
        "registeredAs": "556543-1193",
        "jurisdiction": "SE",
        "category": "GENERAL",
        "legalForm": {"id": "XJHM", "other": None},
        "status": "ACTIVE",
    }
    links = {
        "direct-parent": {"links": {"relationship-record": "https://utanfor.invalid/"}},
        "ultimate-parent": {"links": {"reporting-exception": "https://utanfor.invalid/"}},
    }
    return {
        "id": LEI,
        "attributes": {"lei": LEI, "entity": entity | changes, "registration": {"status": "ISSUED"}},
        "relationships": links,
    }


def relation(kind="IS_DIRECTLY_CONSOLIDATED_BY"):
    periods = [
        {"startDate": "2021-12-31T00:00:00Z", "type": "ACCOUNTING_PERIOD"},
        {"startDate": "2007-02-01T00:00:00Z", "type": "RELATIONSHIP_PERIOD"},
    ]
    return {
        "data": {
            "attributes": {
                "relationship": {"endNode": {"id": PARENT}, "type": kind, "periods": periods},
                "registration": {"corroborationLevel": "ENTITY_SUPPLIED_ONLY"},
            }
        }
    }


EXCEPTION = {
    "data": {
        "attributes": {
            "category": "ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT",
            "reason": "NATURAL_PERSONS",
            "reference": "Kanariefågel äger allt",
        }
    }
}


@pytest.fixture
def world():
    with running() as (faulty, asker, _):
        faulty.says(RECORDS, answer({"data": [record()]}))
        faulty.says(f"{RECORDS}/{LEI}/direct-parent-relationship", answer(relation()))
        faulty.says(f"{RECORDS}/{LEI}/ultimate-parent-reporting-exception", answer(EXCEPTION))
        yield faulty, GleifApi(asker, base=faulty.address)


def test_parents_and_the_reason_for_not_telling_one(world):
    """Links in the answer are not followed: addresses are our own."""
    faulty, api = world
    said = api.by_orgnr("556543-1193")
    assert (said.outcome, said.is_complete) == (Outcome.FOUND, True)
    assert said.values(Field.FORMER_NAME) == ("Gamla Exempel AB",)
    assert said.values(Field.ADDRESS) == ("11122 Stockholm, SE",)
    (direct,) = said.of(Field.DIRECT_PARENT)
    assert (direct.value, direct.on, direct.reason) == (PARENT, "2007-02-01", "ENTITY_SUPPLIED_ONLY")
    (ultimate,) = said.of(Field.ULTIMATE_PARENT)
    assert (ultimate.state, ultimate.code) == (FactState.UNKNOWN, "NATURAL_PERSONS")
    assert ultimate.reason == "owned by natural persons; no organisation consolidates it"
    assert len({fact.source.sha256 for fact in said.facts}) == 3
    assert "Kanariefågel" not in repr(said)
    assert "556543-1193" in faulty.asked[0][1]


@pytest.mark.parametrize(
    "bad", [answer({}, 404), answer({}, 503), answer(b"<html>"), answer({"data": {"attributes": None}})]
)
def test_a_parent_that_nobody_answers_for(world, bad):
    """The organisation is found; its parent could not be checked."""
    faulty, api = world
    faulty.says(f"{RECORDS}/{LEI}/direct-parent-relationship", bad)
    said = api.by_orgnr(NUMBER)
    assert said.outcome is Outcome.FOUND
    assert said.of(Field.DIRECT_PARENT)[0].state is FactState.COULD_NOT_CHECK
    assert not said.is_complete


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (answer({"data": []}), Outcome.NOT_FOUND),
        (answer({}, 404), Outcome.NOT_FOUND),
        (answer({}, 503), Outcome.COULD_NOT_CHECK),
        (answer({"data": [{}]}), Outcome.COULD_NOT_CHECK),
        (answer({"data": [record(registeredAs="556016-0680")]}), Outcome.COULD_NOT_CHECK),
        (answer({"data": [record(legalName=7)]}), Outcome.COULD_NOT_CHECK),
        (answer({"nothing": 1}), Outcome.COULD_NOT_CHECK),
    ],
)
def test_outcomes(world, given, outcome):
    faulty, api = world
    faulty.says(RECORDS, given)
    assert api.by_orgnr(NUMBER).outcome is outcome


def test_a_sole_trader_is_not_kept(world):
    faulty, api = world
    faulty.says(
        RECORDS, answer({"data": [record(category="SOLE_PROPRIETOR", legalName={"name": "Kanariefågel"})]})
    )
    said = api.by_orgnr(NUMBER)
    assert (said.number, said.facts) == ("", ())
    assert "Kanariefågel" not in repr(said)


@pytest.mark.parametrize("number", ["5565431194", "811218-9876", ""])
def test_wrong_numbers_are_refused_before_any_call(world, number):
    faulty, api = world
    with pytest.raises(RegisterRefused):
        api.by_orgnr(number)
    with pytest.raises(RegisterRefused):
        api.by_lei(number)
    assert faulty.asked == []


def test_the_recorded_answers(world, shared_data):
    faulty, api = world
    samples = shared_data / "ownership" / "gleif-samples"
    recorded = json.loads((samples / "api_lei-records_SE_556016-0680.json").read_bytes())
    above = json.loads((samples / "api_relationship-record_direct_parent.json").read_bytes())
    found = recorded["data"][0]["id"]
    faulty.says(RECORDS, answer(recorded))
    for path in ("direct", "ultimate"):
        faulty.says(f"{RECORDS}/{found}/{path}-parent-reporting-exception", answer(EXCEPTION))
    said = api.by_orgnr("556016-0680")
    assert said.values(Field.OTHER) == (found,)
    assert [fact.state for fact in (*said.of(Field.DIRECT_PARENT), *said.of(Field.ULTIMATE_PARENT))] == [
        FactState.UNKNOWN
    ] * 2
    recorded["data"][0]["relationships"]["direct-parent"]["links"] = {"relationship-record": "x"}
    faulty.says(RECORDS, answer(recorded))
    faulty.says(f"{RECORDS}/{found}/direct-parent-relationship", answer(above))
    assert api.by_orgnr("556016-0680").values(Field.DIRECT_PARENT) == ("OW6OFBNCKXC4US5C7523",)
