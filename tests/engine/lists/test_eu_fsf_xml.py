"""The EU's XML 1.1, field by field, on an invented list."""

from datetime import UTC, date, datetime

import pytest
from tests.engine.lists import eu_sample
from tests.engine.lists.eu_sample import Alias, Entry

from vandel.lists import ListRefused, detect, read
from vandel.model import Identifier, Listing, NameKind, Schema


def read_one(tmp_path, entry: Entry) -> Listing:
    path = tmp_path / "lista.xml"
    path.write_bytes(eu_sample.xml([entry]))
    (listing,) = read(path, list_id="pakten-demo").listings
    return listing


def test_every_entry_with_both_dates(tmp_path):
    path = tmp_path / "lista"
    path.write_bytes(eu_sample.xml(eu_sample.entries(300)))
    parsed = read(path, list_id="pakten-demo")
    assert detect(path) == parsed.format == "eu-fsf-xml-1.1"
    assert len(parsed.listings) == 300
    assert [listing.entity.id for listing in parsed.listings] == [
        entry.id for entry in eu_sample.entries(300)
    ]
    assert parsed.published_on == date(2026, 11, 20)
    assert parsed.file_dated_at == datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    assert sum(1 for listing in parsed.listings if listing.entity.schema is Schema.PERSON) == 200


def test_names_keep_kind_and_language(tmp_path):
    entry = Entry(
        7,
        False,
        [
            Alias("Предприятие Брумирские", "ru"),
            Alias("Brumir", strong=False),
            Alias("Brumirverken AB", "SV"),
            Alias("Brumir Works Ltd", "EN"),
        ],
    )
    names = read_one(tmp_path, entry).entity.names
    assert [(name.text, name.kind, name.language) for name in names] == [
        ("Brumir Works Ltd", NameKind.PRIMARY, "en"),
        ("Предприятие Брумирские", NameKind.ALIAS, "ru"),
        ("Brumirverken AB", NameKind.ALIAS, "sv"),
        ("Brumir", NameKind.WEAK, None),
    ]


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ({"birthdate": "1961-03-17", "year": "1961"}, ("1961-03-17",)),
        (
            {"birthdate": "", "year": "1961", "monthOfYear": "00", "dayOfMonth": "00", "circa": "true"},
            ("1961",),
        ),
        ({"birthdate": "", "year": "1961", "monthOfYear": "4", "dayOfMonth": ""}, ("1961-04",)),
        ({"birthdate": "", "year": "1961", "monthOfYear": "2", "dayOfMonth": "30"}, ("1961-02",)),
        ({"birthdate": "", "yearRangeFrom": "1958", "yearRangeTo": "1961"}, ("1958/1961",)),
        ({"birthdate": "", "year": ""}, ()),
        ({"birthdate": "1390-01-01", "year": "1390", "calendarType": "ISLAMIC"}, ()),
    ],
)
def test_birth_dates_are_as_precise_as_printed(tmp_path, birth, expected):
    assert (
        read_one(tmp_path, Entry(1, True, [Alias("Kel Vimtor")], births=[birth])).entity.birth_dates
        == expected
    )


def test_numbers_addresses_act_and_remark(tmp_path):
    entry = Entry(
        5,
        False,
        [Alias("Jomhov Rulfen")],
        documents=[
            {"number": "9999000006", "identificationTypeCode": "fiscalcode", "countryIso2Code": "RU"},
            {"number": "AB 12 34", "identificationTypeCode": "passport", "countryIso2Code": "00"},
            {"number": "UNKNOWN", "identificationTypeCode": "id"},
        ],
        addresses=[
            {
                "street": "Kajen 4",
                "zipCode": "111",
                "city": "Rulstad",
                "countryIso2Code": "BY",
                "countryDescription": "BELARUS",
            },
            {"street": "", "city": "", "countryIso2Code": "00", "countryDescription": "UNKNOWN"},
        ],
        remark="Två   rader\n i en",
    )
    listing = read_one(tmp_path, entry)
    assert listing.entity.identifiers == (Identifier("inn", "9999000006"), Identifier("other", "AB 12 34"))
    assert listing.entity.addresses == ("Kajen 4, 111, Rulstad, BELARUS",)
    assert listing.entity.countries == ("by",)
    assert listing.programs == ("HITTEPÅ",)
    assert listing.listed_on == date(2022, 3, 9)
    assert listing.reference == "2022/5 (OJ L0)"
    assert listing.reference_url == "https://exempel.invalid/akt/5?a=1&b=2"
    assert listing.remarks == "Två rader i en"


def test_utf_16_with_byte_order_mark_is_read(tmp_path):
    text = eu_sample.xml(eu_sample.entries(5)).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    path = tmp_path / "lista.xml"
    path.write_bytes(text.encode("utf-16"))
    assert len(read(path, list_id="pakten-demo").listings) == 5


def test_the_same_id_twice_is_refused(tmp_path):
    entry = eu_sample.entries(1)[0]
    path = tmp_path / "lista.xml"
    path.write_bytes(eu_sample.xml([entry, entry]))
    with pytest.raises(ListRefused) as caught:
        read(path, list_id="pakten-demo")
    assert caught.value.code == "lists.duplicate_id"
