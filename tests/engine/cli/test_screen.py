"""``vandel screen``: what it writes, what it returns, and that bad input leaves nothing behind."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from vandel.cli.screen import COLUMNS
from vandel.lists import EditionStore
from vandel.matching import DEFAULT_THRESHOLD

HEADER = "id,name,type,country,birth_date\n"
QUERIES = (
    HEADER
    + "q1,Zavod Polarnaja Svezda,organisation,,\n"
    + "q2,Blåsippans Trädgård HB,company,se,\n"
    + "q3,Grimvald Storskogen,person,,1961;5 April 1961\n"
)
Command = Callable[..., Any]


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    path = tmp_path / "queries.csv"
    path.write_text(QUERIES, encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    folder.mkdir()
    return folder / "out.csv"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def receipt(path: Path) -> dict[str, object]:
    return json.loads(path.with_name(path.name + ".receipt.json").read_text(encoding="utf-8"))


def test_one_row_for_each_likeness(vandel: Command, queries: Path, invented: Path, out: Path) -> None:
    ran = vandel("screen", queries, "--list", invented, "--out", out)
    assert (ran.code, ran.err) == (0, "")
    found = rows(out)
    assert tuple(found[0]) == COLUMNS
    assert [(row["query_id"], row["target_id"], row["list"]) for row in found] == [
        ("q1", "IN-1", "invented"),
        ("q3", "IN-3", "invented"),
    ]
    assert all(float(row["score"]) >= DEFAULT_THRESHOLD and row["reason"] for row in found)
    assert found[0]["matched_name"] == "Zavod Polarnaja Svezda OOO"


def test_the_receipt_tells_what_was_searched(
    vandel: Command, queries: Path, invented: Path, out: Path
) -> None:
    vandel("screen", queries, "--list", invented, "--out", out)
    told = receipt(out)
    (edition,) = told["editions"]
    assert (edition["list_id"], edition["entries"], edition["length"]) == (
        "invented",
        3,
        invented.stat().st_size,
    )
    assert (told["subjects"], told["findings"], told["rows"]) == (3, 2, 2)
    assert told["threshold"] == told["default_threshold"] == DEFAULT_THRESHOLD
    assert told["result_sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert told["could_not_check"] == [] and told["rule_version"] and told["engine_version"]


def test_the_same_again_gives_the_same_but_for_the_time(
    vandel: Command, queries: Path, invented: Path, out: Path
) -> None:
    vandel("screen", queries, "--list", invented, "--out", out)
    first, first_receipt = out.read_bytes(), receipt(out)
    vandel("screen", queries, "--list", invented, "--out", out, "--workers", 2)
    second_receipt = receipt(out)
    for told in (first_receipt, second_receipt):
        del told["made_at"], told["editions"][0]["fetched_at"]
    assert out.read_bytes() == first and first_receipt == second_receipt


def test_a_header_alone_leaves_an_empty_result_and_a_receipt(
    vandel: Command, queries: Path, invented: Path, out: Path
) -> None:
    queries.write_text(HEADER, encoding="utf-8")
    assert vandel("screen", queries, "--list", invented, "--out", out).code == 0
    assert rows(out) == [] and receipt(out)["subjects"] == 0
    assert out.read_text(encoding="utf-8").strip() == ",".join(COLUMNS)


def test_findings_fail_only_where_asked_for(
    vandel: Command, queries: Path, invented: Path, out: Path
) -> None:
    assert vandel("screen", queries, "--list", invented, "--out", out, "--fail-on-findings").code == 1
    queries.write_text(HEADER + "q2,Blåsippans Trädgård HB,company,,\n", encoding="utf-8")
    assert vandel("screen", queries, "--list", invented, "--out", out, "--fail-on-findings").code == 0


def test_what_lies_below_the_line_is_for_machines(
    vandel: Command, queries: Path, invented: Path, out: Path
) -> None:
    queries.write_text(HEADER + "q1,Zavod Severnaja Svezda,organisation,,\n", encoding="utf-8")
    vandel("screen", queries, "--list", invented, "--out", out, "--fail-on-findings")
    below = [float(row["score"]) for row in rows(out)]
    assert below and max(below) < DEFAULT_THRESHOLD and receipt(out)["findings"] == 0
    book = out.with_suffix(".xlsx")
    vandel("screen", queries, "--list", invented, "--out", book)
    assert openpyxl.load_workbook(book).active.max_row == 1
    assert vandel("screen", queries, "--list", invented, "--out", out, "--threshold", 0.9).code == 0
    assert rows(out) == [] and receipt(out)["threshold"] == 0.9


def test_excel_in_and_out(vandel: Command, tmp_path: Path, invented: Path, out: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["ID", "Name", "Type", "orgnr"])
    book.active.append([1, "Kvarnholmens Skeppsmäkleri AB", "Organisation", 5599000014])
    queries = tmp_path / "queries.xlsx"
    book.save(queries)
    target = out.with_suffix(".xlsx")
    assert vandel("screen", queries, "--list", invented, "--out", target).code == 0
    header, found = openpyxl.load_workbook(target).active.iter_rows(values_only=True)
    assert header == COLUMNS and found[:3] == ("1", "IN-2", "invented") and isinstance(found[3], float | int)


def test_json_lines_out(vandel: Command, queries: Path, invented: Path, out: Path) -> None:
    target = out.with_suffix(".jsonl")
    vandel("screen", queries, "--list", invented, "--out", target)
    found = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [row["target_id"] for row in found] == ["IN-1", "IN-3"] and tuple(found[0]) == COLUMNS


def test_several_lists_each_with_its_name(vandel: Command, queries: Path, invented: Path, out: Path) -> None:
    vandel("screen", queries, "--list", invented, "--list", f"other={invented}", "--out", out)
    assert {(row["query_id"], row["list"]) for row in rows(out)} == {
        (query, name) for query in ("q1", "q3") for name in ("invented", "other")
    }


LIST_IN_EU_FORM = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-20T10:00:00.000+01:00"
        globalFileId="1">
  <sanctionEntity logicalId="990001" euReferenceNumber="DEMO.1.1">
    <regulation programme="DEMO" publicationDate="2026-01-02" numberTitle="2026/1 (DEMO)"/>
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="Zavod Polarnaja Svezda OOO" strong="true" logicalId="1"/>
  </sanctionEntity>
</export>
"""


def test_an_edition_of_the_store(vandel: Command, queries: Path, out: Path, tmp_path: Path) -> None:
    source = tmp_path / "demo.xml"
    source.write_text(LIST_IN_EU_FORM, encoding="utf-8")
    store = EditionStore(tmp_path / "store")
    edition = store.accept("pakten-demo", source, fetched_at=datetime(2026, 11, 20, tzinfo=UTC))
    by_name = ("screen", queries, "--store", tmp_path / "store", "--out", out, "--list")
    ran = vandel(*by_name, "pakten-demo")
    assert ran.code == 2 and "no edition of pakten-demo is in force" in ran.err
    store.switch("pakten-demo", edition.edition_id)
    for name in ("pakten-demo", f"pakten-demo@{edition.edition_id}"):
        assert vandel(*by_name, name).code == 0
        assert [(row["query_id"], row["list"]) for row in rows(out)] == [("q1", "pakten-demo")]
        assert receipt(out)["editions"][0]["edition_id"] == edition.edition_id
    assert vandel(*by_name, "pakten-demo@2020").code == 2


def test_the_store_may_be_named_by_the_environment(
    vandel: Command, queries: Path, out: Path, *, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VANDEL_STORE", str(tmp_path / "elsewhere"))
    assert "elsewhere" in vandel("screen", queries, "--list", "un-sc", "--out", out).err


def test_names_that_cannot_be_compared_stand_in_the_receipt(
    vandel: Command, queries: Path, invented: Path, out: Path
) -> None:
    queries.write_text(HEADER + "q1,,organisation,,\nq2,Berg,person,Atlantis,someday\n", encoding="utf-8")
    assert vandel("screen", queries, "--list", invented, "--out", out).code == 0
    assert receipt(out)["could_not_check"] == [
        "q1: no name to compare",
        "row 3: country 'Atlantis' was not understood and not used",
        "row 3: birth_date 'someday' was not understood and not used",
    ]


@pytest.mark.parametrize("date", ["1999-13-01", "1999-02-30", "1963/1960", "٢٠٠١"])
def test_a_date_that_never_was_is_told_and_not_used(
    date: str, *, vandel: Command, queries: Path, invented: Path, out: Path
) -> None:
    queries.write_text(HEADER + f"q1,Grimvald Storskogen,person,,{date}\n", encoding="utf-8")
    assert vandel("screen", queries, "--list", invented, "--out", out).code == 0
    assert receipt(out)["could_not_check"] == [f"row 2: birth_date {date!r} was not understood and not used"]


OFAC = {
    "sdn.csv": '36,"ZAVOD POLARNAJA SVEZDA",-0- ,"HP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a',
    "alt.csv": '36,1,"aka","POLARNAJA",-0- \r\n\x1a',
    "add.csv": '36,1,"Kajen 4","Rulstad","Russia",-0- \r\n\x1a',
}


@pytest.mark.parametrize("form", ["sdn.csv", "folder", "sdn.zip"])
def test_a_file_has_the_same_digest_here_and_in_the_store(
    form: str, *, vandel: Command, queries: Path, out: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, text in OFAC.items():
        (folder / name).write_text(text, encoding="utf-8")
    with zipfile.ZipFile(folder / "sdn.zip", "w") as archive:
        for name in OFAC:
            archive.write(folder / name, name)
    path = folder if form == "folder" else folder / form
    edition = EditionStore(tmp_path / "store").accept(
        "us-ofac-sdn", path, fetched_at=datetime(2026, 11, 20, tzinfo=UTC), override_reason="a test"
    )
    assert vandel("screen", queries, "--list", path, "--out", out).code == 0
    [used] = receipt(out)["editions"]
    assert (used["sha256"], used["length"]) == (edition.sha256, edition.length)


BAD_QUERIES = {
    "missing columns": ("id,name\n1,a\n", "lack the column type"),
    "duplicate header": ("id,name,type,Name\n1,a,person,b\n", 'the header "Name"'),
    "unknown type": (HEADER + "1,a,person,,\n2,b,ship,,\n", 'row 3 has the type "ship"'),
    "empty type": (HEADER + "1,a,,,\n", 'row 2 has the type ""'),
    "duplicate id": (
        HEADER + "1,a,person,,\n2,b,person,,\n1,c,person,,\n",
        'rows 2 and 4 have the same id "1"',
    ),
    "endless name": (HEADER + f"1,{'a' * 1001},person,,\n", "row 2: the name has 1001 characters"),
    "no id": (HEADER + ",a,person,,\n", "row 2 has no id"),
    "too many cells": (HEADER + "1,a,person,,,x\n", "row 2 has 6 cells"),
    "wrong check digit": (
        "id,name,type,orgnr\n1,a,company,559900-0015\n",
        'row 2: "559900-0015" is not a valid',
    ),
    "empty": ("", "empty"),
    "unclosed quote": (HEADER + '1,"a,person,,\n', "never closed"),
    "cut": (HEADER + "1,a,person,,\n2,b", "has been cut"),
}


@pytest.mark.parametrize(("content", "words"), BAD_QUERIES.values(), ids=BAD_QUERIES)
def test_bad_queries(
    content: str, words: str, *, vandel: Command, queries: Path, invented: Path, out: Path
) -> None:
    queries.write_text(content, encoding="utf-8")
    ran = vandel("screen", queries, "--list", invented, "--out", out)
    assert ran.code == 2 and ran.out == ""
    assert words in ran.err and ran.err.count("\n") == 1
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("scheme", "number"),
    [("orgnr", "800101-0002"), ("orgnr", "800101-0002 (ensk. firma)"), ("vat", "SE19800101000201")],
)
def test_a_mistyped_personal_number_is_not_shown(
    scheme: str, number: str, *, vandel: Command, queries: Path, invented: Path, out: Path
) -> None:
    queries.write_text(f"id,name,type,{scheme}\n1,a,company,{number}\n", encoding="utf-8")
    ran = vandel("screen", queries, "--list", invented, "--out", out)
    assert ran.code == 2 and "800101" not in ran.err and "row 2" in ran.err


def test_other_bad_input(vandel: Command, queries: Path, invented: Path, out: Path, tmp_path: Path) -> None:
    html = tmp_path / "list.xml"
    html.write_text("<html><body>504 Gateway Time-out</body></html>")
    for words in (
        [tmp_path / "gone.csv", "--list", invented, "--out", out],
        [queries, "--list", tmp_path / "gone.xml", "--out", out],
        [queries, "--list", f"mine={tmp_path / 'gone.xml'}", "--out", out],
        [queries, "--list", html, "--out", out],
        [queries, "--list", invented, "--list", invented, "--out", out],
        [queries, "--list", invented, "--out", out.with_suffix(".pdf")],
        [queries, "--list", invented, "--out", tmp_path / "no" / "out.csv"],
        [queries, "--list", invented, "--out", queries],
        [queries, "--list", f"mine={invented}", "--out", invented, "--format", "csv"],
        [queries, "--list", invented, "--out", out, "--threshold", "high"],
        [queries, "--list", invented, "--out", out, "--threshold", "1.5"],
        [queries, "--list", invented, "--out", out, "--limit", "0"],
        [queries, "--out", out],
    ):
        ran = vandel("screen", *words)
        assert ran.code == 2, words
        assert ran.err.count("\n") == 1 and "Traceback" not in ran.err, ran.err
    assert list(out.parent.iterdir()) == []
    assert queries.read_text(encoding="utf-8") == QUERIES


def test_a_dead_process_is_one_line(
    vandel: Command, queries: Path, invented: Path, out: Path, *, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vandel.matching.Index.search", lambda *_, **__: os._exit(9))
    ran = vandel("screen", queries, "--list", invented, "--out", out, "--workers", 2)
    assert ran.code == 2 and ran.err.count("\n") == 1 and "died" in ran.err
    assert list(out.parent.iterdir()) == []


def test_progress_is_drawn_on_a_terminal_only(
    vandel: Command, queries: Path, invented: Path, out: Path, *, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert vandel("screen", queries, "--list", invented, "--out", out).err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "Comparing names:" in vandel("screen", queries, "--list", invented, "--out", out).err


def test_a_failure_midway_leaves_the_old_result(
    vandel: Command, queries: Path, invented: Path, out: Path, *, monkeypatch: pytest.MonkeyPatch
) -> None:
    vandel("screen", queries, "--list", invented, "--out", out)
    vandel("screen", queries, "--list", invented, "--out", out.with_suffix(".xlsx"))
    before = {path.name: path.read_bytes() for path in out.parent.iterdir()}

    def fail(*_: object, **__: object) -> list[object]:
        raise OSError(28, "No space left on device", "out.csv")

    monkeypatch.setattr("vandel.matching.Index.search", fail)
    for target in (out, out.with_suffix(".xlsx")):
        ran = vandel("screen", queries, "--list", invented, "--out", target)
        assert ran.code == 2 and ran.err == "vandel: out.csv: No space left on device\n"
    assert {path.name: path.read_bytes() for path in out.parent.iterdir()} == before
