"""The real files, where they are: every reader to the end, with the counts that their README states."""

from collections import Counter

import pytest

from vandel.ids import SCHEMES
from vandel.lists import ListRefused, detect, read
from vandel.lists.guards import counts_of


@pytest.mark.parametrize(
    ("name", "format", "expected", "known_numbers"),
    [
        ("un_consolidated_2026-02-27.xml", "un-xml", {"persons": 730, "organisations": 273}, 0),
        # 8,977 lines, of which the last is the end-of-file mark.
        ("us_ofac_2021_set/sdn.csv", "ofac-csv", {"entries": 8976, "names": 23311, "vessels": 406}, 600),
        # 11,568 lines: the mark, and 58 entries that stand in it twice.
        ("us_ofac_sdn_2022.csv", "ofac-csv", {"entries": 11509}, 1800),
        ("us_ofac_consolidated_nonsdn_2022.xml", "ofac-xml", {"entries": 462, "persons": 80}, 490),
        ("uk_ofsi_conlist_2022-05-04.xlsx", "uk-conlist", {"entries": 3430, "vessels": 15}, 15),
        # 1,762 legal persons, one of them without any name.
        ("ua_nsdc_sanctions_2022.xlsx", "ua-nsdc-xlsx", {"persons": 3915, "organisations": 1761}, 2100),
        ("eu_fsf_csv_v1_2018_partial.csv", "eu-fsf-csv-1.0", {"entries": 93}, 0),
        (
            "eu_journal_consolidated/32014R0833.csv",
            "eu-journal-csv",
            {"organisations": 1085, "vessels": 633},
            1300,
        ),
        ("eu_journal_amendments", "eu-journal-csv", {"entries": 409}, 100),
        ("eu_journal_consolidated", "eu-journal-csv", {"entries": 7986, "persons": 4498}, 2500),
    ],
)
def test_read_to_the_end(shared_data, name, format, *, expected, known_numbers):
    path = shared_data / "lists" / name
    parsed = read(path, list_id="x")
    counts = counts_of(parsed.listings)
    assert detect(path) == parsed.format == format
    assert {kind: counts[kind] for kind in expected} == expected
    numbers = [number for listing in parsed.listings for number in listing.entity.identifiers]
    ids = Counter(listing.entity.id for listing in parsed.listings)
    assert max(ids.values()) == 1
    assert sum(1 for number in numbers if number.scheme in SCHEMES) >= known_numbers
    assert all(listing.entity.names for listing in parsed.listings)
    assert all(
        len(code) == 2 and code.islower() for listing in parsed.listings for code in listing.entity.countries
    )


@pytest.mark.parametrize("name", ["au_dfat_regulation8_2022.xls", "ca_sema_2022.xml", "se_org_names.csv"])
def test_other_issuers_files_are_refused_in_one_line(shared_data, name):
    with pytest.raises(ListRefused) as caught:
        read(shared_data / "lists" / name, list_id="x")
    assert "\n" not in caught.value.sentence
