"""The invented network: the same every time, of the promised size and mix, and invented throughout."""

from collections import Counter
from datetime import date

import pytest

from pakten.demo.cases import LIKENESSES, OTHERS
from pakten.demo.network import build_network
from pakten.demo.numbers import SERIES
from vandel.ids import orgnr

NETWORK = build_network()
MEMBERS = NETWORK.members
ORGANISATIONS = [member.organisation for member in MEMBERS]
BY_NAME = {organisation.name: organisation for organisation in ORGANISATIONS}
NUMBERED = [organisation for organisation in [*ORGANISATIONS, *NETWORK.owners] if organisation.org_nr]


def count(what: str) -> int:
    """How many members are as ``what`` says."""
    return {
        "all": len(MEMBERS),
        "private": sum(each.sector == "private" for each in ORGANISATIONS),
        "civil": sum(each.sector == "civil" for each in ORGANISATIONS),
        "public": sum(each.sector == "public" for each in ORGANISATIONS),
        "dormant": sum(member.state == "dormant" for member in MEMBERS),
        "unknown agreement": sum(member.agreement == "unknown" for member in MEMBERS),
        "without website": sum(not each.website for each in ORGANISATIONS),
        "dead website": sum(each.website.endswith(".invalid") for each in ORGANISATIONS),
        "without number": sum(not each.org_nr for each in ORGANISATIONS),
        "sole traders": sum(each.legal_form == "enskild firma" for each in ORGANISATIONS),
        "no known persons": sum(not each.persons and each.sector == "private" for each in ORGANISATIONS),
        "closed offices": sum("kontor i Ryssland" in each.description for each in ORGANISATIONS),
        "without a letter": sum(not any(map(str.isalnum, each.name)) for each in ORGANISATIONS),
    }[what]


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("all", 370),
        ("private", 259),
        ("civil", 74),
        ("public", 37),
        ("dormant", 25),
        ("unknown agreement", 148),
        ("without website", 9),
        ("dead website", 6),
        ("without number", 8),
        ("sole traders", 6),
        ("no known persons", 6),
        ("closed offices", 2),
        ("without a letter", 1),
    ],
)
def test_mix(what: str, expected: int) -> None:
    assert count(what) == expected


def test_same_seed_gives_the_same_network() -> None:
    assert build_network() == NETWORK
    assert build_network("another").members != MEMBERS


def test_names_numbers_and_addresses_are_unique() -> None:
    assert len(BY_NAME) == len(MEMBERS)
    assert len({each.org_nr for each in NUMBERED}) == len(NUMBERED)
    websites = [each.website for each in ORGANISATIONS if each.website]
    assert len(set(websites)) == len(websites)
    assert all(site.endswith((".example", ".invalid")) for site in websites)


def test_organisation_numbers_are_valid_and_of_the_documented_series() -> None:
    for each in NUMBERED:
        assert orgnr.normalize(each.org_nr) == each.org_nr, each.name
        sole_trader = each.legal_form == "enskild firma"
        assert orgnr.is_personal(each.org_nr) is sole_trader
        if sole_trader:
            assert 980 <= int(each.org_nr[6:9]) <= 999
        else:
            assert each.org_nr.startswith(SERIES[each.legal_form])


def test_boards_have_two_to_five_known_persons() -> None:
    planted = {case.organisation for case in NETWORK.cases}
    for each in ORGANISATIONS:
        if each.sector == "public":
            assert not each.persons
        elif each.persons and each.legal_form != "enskild firma":
            assert 2 <= len(each.persons) <= (4 if each.name in planted else 5)


def test_members_joined_since_autumn_2019_with_a_wave_after_march_2022() -> None:
    joined = [member.joined_on for member in MEMBERS]
    assert min(joined) >= date(2019, 9, 1)
    assert max(joined) <= date(2026, 10, 31)
    per_month = Counter((day.year, day.month) for day in joined)
    assert per_month[2022, 4] > 3 * max(1, per_month[2022, 1])


def test_every_case_is_an_active_member() -> None:
    active = {member.organisation.name for member in MEMBERS if member.state == "active"}
    assert {case.organisation for case in LIKENESSES + OTHERS} <= active
    for case in LIKENESSES:
        organisation = BY_NAME[case.organisation]
        assert set(case.persons) <= set(organisation.persons)
        assert [stake.owner_name for stake in case.stakes] == [s.owner_name for s in organisation.stakes]


def test_stakes_of_an_organisation_never_exceed_the_whole() -> None:
    for each in [*ORGANISATIONS, *NETWORK.owners]:
        assert sum(stake.percentage or 0 for stake in each.stakes) <= 100


def test_owning_organisations_are_found_by_their_number() -> None:
    known = {owner.org_nr: owner.name for owner in NETWORK.owners}
    stakes = [stake for each in ORGANISATIONS for stake in each.stakes if stake.owner_org_nr]
    assert len(stakes) == len(known) > 10
    assert all(known[stake.owner_org_nr] == stake.owner_name for stake in stakes)
