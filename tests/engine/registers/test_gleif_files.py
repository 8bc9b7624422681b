"""GLEIF's golden copy files: the real records in the samples, and what must not be kept."""

import pytest

from vandel.registers.arrival import members_of
from vandel.registers.facts import Field
from vandel.registers.readers import Tally, detect, read
from vandel.registers.refusal import RegisterRefused

LEI = "213800BJPX8V9HVY1Y11"
PARTY = """<?xml version="1.0"?><lei:LEIData xmlns:lei="http://www.gleif.org/data/schema/leidata/2016">
<lei:LEIHeader><lei:RecordCount>1</lei:RecordCount></lei:LEIHeader><lei:LEIRecords><lei:LEIRecord>
<lei:LEI>213800BJPX8V9HVY1Y11</lei:LEI><lei:Entity><lei:LegalName>{name}</lei:LegalName>
<lei:RegistrationAuthority><lei:RegistrationAuthorityEntityID>{number}</lei:RegistrationAuthorityEntityID>
</lei:RegistrationAuthority><lei:LegalJurisdiction>SE</lei:LegalJurisdiction>
<lei:EntityCategory>{category}</lei:EntityCategory></lei:Entity></lei:LEIRecord></lei:LEIRecords></lei:LEIData>"""


def readings(path):
    tally = Tally()
    format = detect(members_of(path)[0])
    return format, list(read(path, tally, format=format)), tally


@pytest.fixture
def samples(shared_data):
    return shared_data / "ownership" / "gleif-samples"


def test_level_1(samples):
    format, found, tally = readings(samples / "lei-data.xml")
    assert (format, len(found), tally.promised) == ("gleif-lei2", 13, 2_394_586)
    swedish = next(reading for reading in found if reading.number == LEI)
    stated = {item.field: item.value for item in swedish.statements}
    assert (stated[Field.NAME], stated[Field.ORG_NR]) == ("Swedeit Italian Aktiebolag", "5565431193")
    former = [item for item in found[0].statements if item.field == Field.FORMER_NAME]
    assert former[0].value.startswith("FIDELITY ADVISOR SERIES I")


def test_level_2(samples):
    """Fund management is told apart from ownership; a deleted relation is left out."""
    format, found, tally = readings(samples / "rr-data.xml")
    fields = [item.field for reading in found for item in reading.statements]
    assert format == "gleif-rr"
    assert fields.count(Field.FUND_MANAGER) == 5
    assert fields.count(Field.UMBRELLA_FUND) == 3
    assert fields.count(Field.DIRECT_PARENT) == fields.count(Field.ULTIMATE_PARENT) == 1
    _, found, tally = readings(samples / "rr-updates-data2-new.xml")
    assert (len(found), tally.others) == (9, 1)


def test_reasons_for_not_telling(samples):
    """The code is kept as the reason; the free reference beside it, which may name a person, is not."""
    _, found, tally = readings(samples / "repex-updates-data2-new.xml")
    statements = [item for reading in found for item in reading.statements]
    assert {item.code for item in statements} == {
        "NON_CONSOLIDATING", "NO_KNOWN_PERSON", "NATURAL_PERSONS", "NO_LEI"
    }  # fmt: skip
    assert all(item.value == "" for item in statements)
    assert "Datenschutz" not in repr(found)
    assert tally.others == 1


@pytest.mark.parametrize(
    ("category", "number"),
    [("SOLE_PROPRIETOR", "556016-0680"), ("GENERAL", "811218-9876"), ("GENERAL", "19811218-9876")],
)
def test_sole_traders_stay_outside(tmp_path, category, number):
    path = tmp_path / "lei.xml"
    path.write_text(PARTY.format(name="Kanariefågel", number=number, category=category))
    _, found, tally = readings(path)
    assert (found, tally.persons) == ([], 1)


def test_csv_twins(tmp_path):
    path = tmp_path / "rr.csv"
    path.write_text(
        "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,"
        "Relationship.RelationshipStatus,Relationship.Period.1.startDate,Relationship.Period.1.periodType\n"
        f"{LEI},2138002YAB7Z9KO21397,IS_ULTIMATELY_CONSOLIDATED_BY,ACTIVE,2018-06-30T00:00:00Z,RELATIONSHIP_PERIOD\n"
    )
    format, ((number, (statement,)),), _ = readings(path)
    assert (format, number) == ("gleif-rr", LEI)
    assert (statement.field, statement.value, statement.on) == (
        Field.ULTIMATE_PARENT, "2138002YAB7Z9KO21397", "2018-06-30"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PARTY[:-60], "registers.cut"),
        (PARTY.replace('"1.0"?>', '"1.0"?><!DOCTYPE a [<!ENTITY b "c">]>'), "registers.doctype"),
        (PARTY.replace("</lei:LEI>", "</lei:LEX>"), "registers.broken_xml"),
        (PARTY.replace("{name}", "<a>" * 60 + "</a>" * 60), "registers.too_deep"),
    ],
)
def test_bad_xml(tmp_path, content, code):
    path = tmp_path / "lei.xml"
    path.write_text(content)
    with pytest.raises(RegisterRefused) as caught:
        readings(path)
    assert caught.value.code == code
