"""``vandel lists ...`` from the outside: what it prints, and its exit code."""

import csv
import io
import json

import pytest
from tests.engine.lists import eu_sample

from vandel.cli import main
from vandel.cli.lists import default_store


@pytest.fixture(autouse=True)
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("VANDEL_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


def file(tmp_path, items, generated="2026-11-20T10:00:00.000+01:00"):
    path = tmp_path / "lista.xml"
    path.write_bytes(eu_sample.xml(items, generated))
    return str(path)


def imported(tmp_path, items, *more):
    return main(["lists", "import", file(tmp_path, items), "--list", "pakten-demo", *more])


def test_import_show_diff(tmp_path, capfd):
    items = eu_sample.entries(200)
    assert imported(tmp_path, items) == 0
    items[3].remark = "En ny anmärkning"
    assert imported(tmp_path, items[:199]) == 0
    assert "came 0, went 1, changed 1" in capfd.readouterr().err
    assert main(["lists", "diff", "pakten-demo", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capfd.readouterr().out)))
    assert [(row["change"], row["id"], row["fields"]) for row in rows] == [
        ("went", items[199].id, ""),
        ("changed", items[3].id, "remarks"),
    ]
    assert main(["lists", "show", "pakten-demo", "--format", "jsonl"]) == 0
    editions = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert sorted((edition["entries"], edition["in_force"]) for edition in editions) == [
        (199, "yes"),
        (200, "no"),
    ]
    assert main(["lists", "show", "pakten-demo", "--entries", "--format", "csv"]) == 0
    assert len(capfd.readouterr().out.splitlines()) == 200
    assert main(["lists", "show"]) == 0
    table = capfd.readouterr().out
    assert "eu-fsf" in table
    assert "information only" in table


def test_a_held_file_and_the_reason_that_lets_it_in(tmp_path, capfd):
    assert imported(tmp_path, eu_sample.entries(200)) == 0
    assert imported(tmp_path, eu_sample.entries(100)) == 2
    error = capfd.readouterr().err
    assert error.splitlines()[-1].startswith(
        "vandel: The file is held for a person to look at: 100 entries where"
    )
    assert (
        imported(
            tmp_path, eu_sample.entries(100), "--accept-because", "utgivaren har delat listan", "--no-switch"
        )
        == 0
    )
    capfd.readouterr()
    assert main(["lists", "show", "pakten-demo", "--format", "jsonl"]) == 0
    editions = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert {edition["entries"]: edition["in_force"] for edition in editions} == {200: "yes", 100: "no"}


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["import", "nowhere.xml", "--list", "pakten-demo"], "vandel: There is no file nowhere.xml."),
        (["import", "nowhere.xml", "--list", "x"], "vandel: There is no list 'x'; known are: "),
        (["diff", "pakten-demo"], "vandel: No edition of pakten-demo is in force."),
        (["diff", "pakten-demo", "one"], "vandel: diff takes two editions"),
        (["show", "pakten-demo", "--entries"], "vandel: No edition of pakten-demo is in force."),
        (
            ["fetch", "ua-nsdc"],
            "vandel: ua-nsdc: ua-nsdc has no address to fetch from: import a file instead.",
        ),
        (["fetch", "--address", "https://lists.invalid"], "vandel: --address goes with exactly one list."),
        (
            ["fetch", "un-sc", "--address", "http://lists.invalid"],
            "vandel: un-sc: 'http://lists.invalid' is not an",
        ),
    ],
)
def test_bad_input_is_one_line_and_exit_2(capfd, words, line):
    assert main(["lists", *words]) == 2
    printed = capfd.readouterr()
    assert printed.err.startswith(line)
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_fetch_from_a_real_server(tmp_path, capfd, served, store):
    address, answers = served
    answers["/list"] = (200, {}, eu_sample.xml(eu_sample.entries(50)))
    words = [
        "lists",
        "fetch",
        "pakten-demo",
        "--address",
        f"{address}/list",
        "--allow-http",
        "--format",
        "csv",
    ]
    assert main(words) == 0
    assert "pakten-demo" in capfd.readouterr().out
    assert main(words) == 0
    assert "unchanged since the last time" in capfd.readouterr().err
    answers["/list"] = (200, {}, eu_sample.xml(eu_sample.entries(20)))
    assert main(words) == 2
    held = capfd.readouterr().err.strip().rpartition(" It lies in ")[2].rstrip(".")
    assert main(["lists", "import", held, "--list", "pakten-demo", "--accept-because", "kontrollerad"]) == 0
    # The server says more than it sends: the connection ends early.
    answers["/list"] = (200, {"Content-Length": "99999"}, b"<export")
    assert main(words) == 2
    assert "the connection ended before the whole file had arrived" in capfd.readouterr().err
    answers["/list"] = (200, {}, b"<!doctype html><p>paus")
    assert main(words) == 2
    assert "is a web page, not a list" in capfd.readouterr().err
    assert [path.name for path in (store / ".fetched").iterdir()] == [held.rpartition("/")[2]]


def test_the_default_place(monkeypatch, tmp_path):
    monkeypatch.delenv("VANDEL_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert default_store() == tmp_path / "vandel" / "lists"
