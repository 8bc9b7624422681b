"""``vandel registers ...`` from the outside: what it prints, and its exit code."""

import csv
import io
import json

import pytest
from tests.engine.registers import bulk_samples as sample

from vandel.cli import main

REASON = ("--accept-because", "ett utdrag")


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("VANDEL_REGISTERS", str(tmp_path / "register"))


def taken(tmp_path, content, *more, register="bolagsverket"):
    path = tmp_path / "fil.txt"
    path.write_bytes(content)
    return main(["registers", "import", str(path), "--register", register, *more])


def rows(capfd):
    return list(csv.DictReader(io.StringIO(capfd.readouterr().out)))


def test_import_find_show(tmp_path, capfd):
    content = sample.bulk(sample.row(1), sample.row(2, name="Östra Hamnen AB"), sample.person_row())
    assert taken(tmp_path, content, *REASON, "--format", "jsonl") == 0
    shown = json.loads(capfd.readouterr().out)
    assert (shown["entries"], shown["persons_dropped"], shown["in_force"]) == (2, 1, "yes")
    assert main(["registers", "find", "ostra hamnen", "--format", "csv"]) == 0
    (found,) = rows(capfd)
    assert (found["number"], found["name"], found["nearness"]) == (sample.orgnr(2), "Östra Hamnen AB", "same")
    assert main(["registers", "find", sample.orgnr(2), "--format", "csv"]) == 0
    facts = {row["field"]: row for row in rows(capfd)}
    assert facts["legal_form"]["value"] == "Aktiebolag"
    assert facts["deregistered_on"]["state"] == "not_stated"
    assert main(["registers", "find", sample.orgnr(3), "--format", "csv"]) == 1
    assert rows(capfd)[0]["state"] == "not_found"
    assert main(["registers", "find", "finns inte alls"]) == 1
    assert main(["registers", "show"]) == 0
    assert "gleif-lei" in capfd.readouterr().out
    assert main(["registers", "show", "bolagsverket"]) == 0


def test_one_clear_line(tmp_path, capfd):
    """Exit code 2 and one line for whatever can't be used; a person's number is not repeated."""
    assert taken(tmp_path, sample.many(3)) == 2
    assert "held for a person to look at" in capfd.readouterr().err
    for arguments in (
        ["import", str(tmp_path / "saknas"), "--register", "scb"],
        ["import", str(tmp_path), "--register", "scb"],
        ["import", str(tmp_path / "fil.txt"), "--register", "okänt"],
        ["import", str(tmp_path / "fil.txt"), "--register", "../x", "--title", "X"],
        ["show", "../../x"],
        ["find", "Exempel"],
        ["find", "Exempel", "--register", "scb"],
        ["find", sample.PERSON_NUMBER],
        ["find", f"19{sample.PERSON_NUMBER}"],
        ["find", "12345"],
    ):
        assert main(["registers", *arguments]) == 2, arguments
        told = capfd.readouterr()
        assert len(told.err.splitlines()) == 1
        assert sample.PERSON_NUMBER not in told.err + told.out


def test_a_register_of_ones_own(tmp_path, capfd):
    table = f"Orgnr;Namn\n{sample.orgnr(1)};Exempelföreningen\n".encode()
    assert taken(tmp_path, table, "--title", "Stadens egna", "--keep", "1", register="stadens") == 0
    capfd.readouterr()
    assert main(["registers", "find", "exempelföreningen", "--format", "csv"]) == 0
    assert [row["register"] for row in rows(capfd)][-1] == "stadens"
