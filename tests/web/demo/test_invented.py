"""No name of the demo is a real one: held against real organisations and lists, where they are at hand."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from pakten.demo.listed import first_edition, second_edition
from pakten.demo.network import build_network
from vandel.names import clean, legal_forms

NETWORK = build_network()


def folded(name: str) -> str:
    """The name as two spellings of it would meet: folded, without its legal form."""
    return legal_forms.without(name) or clean(name)


@pytest.fixture(scope="module")
def real_names(shared_data: Path) -> set[str]:
    with (shared_data / "lists" / "se_org_names.csv").open(encoding="utf-8") as lines:
        names = {folded(row["name"]) for row in csv.DictReader(lines)}
    for path in (shared_data / "gold").glob("watchlist_*.ftm.jsonl"):
        names |= {folded(name) for name in listed_names(path)}
    return names


def listed_names(path: Path) -> Iterable[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        properties = json.loads(line)["properties"]
        for key in ("name", "alias", "weakAlias", "previousName"):
            yield from properties.get(key, ())


def organisation_names() -> set[str]:
    organisations = [*(member.organisation for member in NETWORK.members), *NETWORK.owners]
    return {name for each in organisations for name in (each.name, *each.other_names)}


def person_names() -> set[str]:
    organisations = [*(member.organisation for member in NETWORK.members), *NETWORK.owners]
    return {person.name for each in organisations for person in each.persons} | {
        stake.owner_name for each in organisations for stake in each.stakes
    }


@pytest.mark.parametrize(
    "names",
    [
        pytest.param(organisation_names(), id="organisations"),
        pytest.param(person_names(), id="persons"),
        pytest.param(
            {
                name.text
                for party in first_edition() + second_edition()
                for name in party.names
                if name.strong
            },
            id="list",
        ),
    ],
)
def test_no_name_is_real(names: set[str], real_names: set[str]) -> None:
    assert real_names
    assert {name for name in names if folded(name) in real_names} == set()
