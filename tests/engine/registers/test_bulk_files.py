"""The bulk files of Bolagsverket and SCB, with every trap that those who have read them report."""

import pytest
from bench.registers.generate import check_digit
from tests.engine.registers import bulk_samples as sample

from vandel.registers import door
from vandel.registers.arrival import members_of
from vandel.registers.facts import Field
from vandel.registers.readers import Tally, detect, read
from vandel.registers.refusal import RegisterRefused


def readings(tmp_path, content, name="bulk.txt"):
    path = tmp_path / name
    path.write_bytes(content)
    tally = Tally()
    found = list(read(path, tally, format=detect(members_of(path)[0])))
    assert tally.kept == len(found)
    return found, tally


def said(reading, field):
    return [(item.value, item.code, item.on) for item in reading.statements if item.field == field]


def test_a_row_of_bolagsverkets_file(tmp_path):
    row = sample.row(
        names="Ett & Två AB$FORETAGSNAMN-ORGNAM$2020-01-02"
        "|En|Två Trading$SARSKILT_FORETAGSNAMN-ORGNAM$2021-02-03",
        ended="2024-05-06",
        cause="LIAV-AVORS",
        proceeding="|LI-AVOMFO$2026-04-01|FUOT-AVOMFO$2026-05-01",
    )
    (reading,), tally = readings(tmp_path, sample.bulk(row))
    assert reading.number == sample.orgnr(1)
    assert said(reading, Field.NAME) == [
        ("Ett & Två AB", "FORETAGSNAMN", "2020-01-02"),
        ("En|Två Trading", "SARSKILT_FORETAGSNAMN", "2021-02-03"),
    ]
    assert said(reading, Field.LEGAL_FORM) == [("Aktiebolag", "AB", "")]
    assert said(reading, Field.DEREGISTRATION_CAUSE) == [("Likvidation", "LIAV", "")]
    assert said(reading, Field.PROCEEDING) == [
        ("Likvidation", "LI", "2026-04-01"),
        ("Övertagande i fusion", "FUOT", "2026-05-01"),
    ]
    assert said(reading, Field.ADDRESS) == [("Gatan 1, 11122 STOCKHOLM", "", "")]
    assert tally.unreadable == 0


@pytest.mark.parametrize(
    "activity",
    [
        'Handel med "varor" av alla slag',
        'Handel med 5" rör',
        'Text";"med skiljetecken',
        "Rad ett\nrad två\n\nrad fyra",
        'Rad "ett\n"rad två',
        "Med NUL\x00-byte",
        "",
    ],
)
def test_what_descriptions_do_to_the_file(tmp_path, activity):
    """Quotation marks, separators, line breaks and NUL bytes inside a field move no other field."""
    rows = [sample.row(1, activity=activity), sample.row(2)]
    found, tally = readings(tmp_path, sample.bulk(*rows))
    assert [reading.number for reading in found] == [sample.orgnr(1), sample.orgnr(2)]
    assert all(said(reading, Field.ADDRESS) == [("Gatan 1, 11122 STOCKHOLM", "", "")] for reading in found)
    assert tally.unreadable == 0


def test_empty_fields_without_quotation_marks_and_crlf(tmp_path):
    row = sample.row(1).replace('""', "")
    found, _ = readings(tmp_path, sample.bulk(row).replace(b"\n", b"\r\n"))
    assert said(found[0], Field.ADDRESS) == [("Gatan 1, 11122 STOCKHOLM", "", "")]


def test_a_wrong_check_digit_is_counted_and_kept(tmp_path):
    """Bolagsverket's own test environment permits numbers whose check digit fails."""
    good = sample.orgnr(1)
    bad = good[:9] + str((int(good[9]) + 1) % 10)
    found, tally = readings(tmp_path, sample.bulk(sample.row(1, id=f"{bad}$ORGNR-IDORG")))
    assert (found[0].number, tally.wrong_check_digit) == (bad, 1)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"id": f"{sample.PERSON_NUMBER}$PERSONNUMMER-IDORG"},
        {"id": "198112189999$SAMORDNINGSNUMMER-IDORG", "form": ""},
        {"id": f"{sample.orgnr(9)}$DODSBO-IDORG", "form": ""},
        {"id": f"{sample.PERSON_NUMBER}$ORGNR-IDORG", "form": "AB-ORGFO"},
        {"id": f"{sample.orgnr(9)}$NYPERSONTYP-IDORG", "form": ""},
        {"id": f"{sample.orgnr(9)}$ORGNR-IDORG"},
    ],
)
def test_persons_stay_outside(tmp_path, changes):
    """Sole traders, estates, and kinds of identity that nobody has told us of."""
    found, tally = readings(tmp_path, sample.bulk(sample.person_row(**changes), sample.row(1)))
    assert [reading.number for reading in found] == [sample.orgnr(1)]
    assert tally.persons == 1
    assert sample.PERSON_NAME.casefold() not in repr(found).casefold()


def test_a_person_number_in_a_description_is_taken_out(tmp_path):
    number = f"{sample.PERSON_NUMBER[:6]}-{sample.PERSON_NUMBER[6:]}"
    activity = f"Ägs av {number} och {sample.orgnr(2)} sedan 19{sample.PERSON_NUMBER}."
    (reading,), _ = readings(tmp_path, sample.bulk(sample.row(1, activity=activity)))
    assert sample.PERSON_NUMBER not in repr(reading)
    assert number not in repr(reading)
    assert sample.orgnr(2) in repr(reading)


def test_a_row_of_scbs_file(tmp_path):
    rows = [
        sample.scb_row(1),
        sample.scb_row(2, PeOrgNr=f"19{sample.PERSON_NUMBER}", JurForm="10", Namn=sample.PERSON_NAME),
        sample.scb_row(3, JurForm="91", Namn=f"{sample.PERSON_NAME}s dödsbo"),
        sample.scb_row(4, FtgStat="9", Foretagsnamn="Fyran", JurForm="82"),
    ]
    found, tally = readings(tmp_path, sample.scb(*rows))
    assert [reading.number for reading in found] == [sample.orgnr(1, "80"), sample.orgnr(4, "80")]
    assert said(found[0], Field.NAME) == [("Föreningen 1 för Ålands vänner", "", "")]
    assert said(found[0], Field.INDUSTRY) == [("94990", "94990", "")]
    assert said(found[0], Field.REGISTERED_ON) == [("1999-03-04", "", "1999-03-04")]
    assert said(found[0], Field.ADDRESS) == [("Vägen 3, 11122 STOCKHOLM", "", "")]
    assert said(found[1], Field.ACTIVE) == [("Inte längre verksam", "9", "")]
    assert said(found[1], Field.LEGAL_FORM) == [("Kommuner", "82", "")]
    assert tally.persons == 2
    assert sample.PERSON_NAME not in repr(found)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "registers.empty"),
        (b"<!DOCTYPE html><html><body>Request Rejected</body></html>", "registers.web_page"),
        (sample.zipped(b"<html>Fel</html>"), "registers.web_page"),
        (sample.many(5)[:-40], "registers.cut"),
        (sample.zipped(sample.many(500))[:-300], "registers.broken_archive"),
        (sample.scb(sample.scb_row(1), sample.scb_row(2))[:-60], "registers.cut"),
        (sample.many(3).replace(b";postadress", b""), "registers.wrong_format"),
        (sample.many(3).decode().encode("iso-8859-1").replace(b"handel", b"h\xe5ndel"), "registers.encoding"),
    ],
)
def test_files_that_are_refused(tmp_path, content, code):
    with pytest.raises(RegisterRefused) as caught:
        path = tmp_path / "fil"
        path.write_bytes(content)
        list(read(path, Tally(), format="bolagsverket-bulk" if b"PeOrgNr" not in content else "scb-bulk"))
    assert caught.value.code == code
    assert "\n" not in caught.value.sentence


def test_a_damaged_archive_is_found_by_its_checksum(tmp_path):
    whole = sample.zipped(sample.many(500))
    path = tmp_path / "fil.zip"
    path.write_bytes(whole[:2000] + bytes([whole[2000] ^ 255]) + whole[2001:])
    with pytest.raises(RegisterRefused):
        list(read(path, Tally(), format="bolagsverket-bulk"))


def test_the_check_digits_of_our_samples_are_right():
    assert check_digit("556016068") == "0"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ägare 811218-9876.", "Ägare ."),
        ("Ägare 19811218\u20119876", "Ägare"),
        ("Ägare 811278-9876", "Ägare"),
        ("Org.nr 556016-0680", "Org.nr 556016-0680"),
        ("Telefon 0812345678", "Telefon 0812345678"),
        ("097900BEJX0000002337", "097900BEJX0000002337"),
        ("a\x00b\u202ec\nd", "a b c d"),
    ],
)
def test_the_doors_text(text, kept):
    assert door.one_line(text) == kept
