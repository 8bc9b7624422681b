"""Damage at random, with a fixed seed: a reader reads or refuses in one line, and never falls over."""

import random
import zipfile

import pytest
from tests.engine.lists import eu_sample
from tests.engine.lists import test_samples as samples

from vandel.lists import ListRefused, read

PIECES = [
    b"\x00",
    b'"',
    b"'",
    b"<",
    b">",
    b"&x;",
    b";",
    b",",
    b"\n",
    b"\r",
    b"\xff",
    b"\xef\xbb\xbf",
    b"<!DOCTYPE a>",
]
PIECES += [b"0" * 20, b"PK\x03\x04", b"{", b"[]", b"null", b"\xed\xa0\x80", b"1e999", "Å".encode(), b"-0-"]


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    archive = folder / "j.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("a.csv", samples.JOURNAL)
    conlist = "\r\n".join(
        ",".join(row) for row in samples.conlist_rows() if not any("," in cell for cell in row)
    )
    return {
        "eu.xml": eu_sample.xml(eu_sample.entries(4)),
        "un.xml": samples.UN.encode(),
        "sdn.csv": samples.SDN.encode(),
        "ofac.xml": samples.OFAC_XML.encode(),
        "conlist.csv": conlist.encode(),
        "uk.csv": samples.UK_CSV.encode(),
        "uk.xml": samples.UK_XML.encode(),
        "fsf.csv": samples.FSF_NEW.encode(),
        "old.csv": samples.FSF_OLD.encode("cp1252"),
        "journal.csv": samples.JOURNAL.encode(),
        "journal.zip": archive.read_bytes(),
        "conlist.xlsx": samples.workbook(folder / "c.xlsx", {"Data": samples.conlist_rows()}).read_bytes(),
        "nsdc.xlsx": samples.nsdc(folder / "n.xlsx").read_bytes(),
        "x.jsonl": b'{"id": "1", "schema": "Company", "properties": {"name": ["Brumir"]}}\n' * 3,
    }


def damaged(data, chance):
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.randint(1, 40))
        kind = chance.randrange(4)
        if kind == 0:
            del data[start:end]
        elif kind == 1:
            data[start:end] = chance.choice(PIECES)
        elif kind == 2:
            data[start:start] = data[start:end] * chance.randint(1, 5)
        else:
            data[start:end] = bytes(chance.randrange(256) for _ in range(end - start))
    return bytes(data)


def test_damaged_files(files, tmp_path):
    chance = random.Random(2026)
    read_well = refused = 0
    for round_ in range(40):
        for name, data in files.items():
            path = tmp_path / f"{round_}-{name}"
            path.write_bytes(damaged(data, chance))
            try:
                read(path, list_id="x")
                read_well += 1
            except ListRefused as error:
                refused += 1
                assert "\n" not in error.sentence
                assert len(error.sentence) < 400
    assert refused > read_well > 0
