"""``vandel statements``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vandel.cli import main


def _write(path: Path, *lines: str) -> str:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return str(path)


def test_rows_in_rows_out(tmp_path: Path) -> None:
    text = "Vi har kontor i Moskva.\u2028Välkommen!"
    source = _write(
        tmp_path / "in.jsonl",
        json.dumps({"id": "a", "text": text, "language": "sv"}, ensure_ascii=False),
        "",
        json.dumps({"id": "b", "text": "Hej!", "language": "sv"}),
    )
    assert main(["statements", source, "--out", str(tmp_path / "out.jsonl")]) == 0
    first, second = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n")[:2])
    assert first["labels"] == ["russia_operations_ongoing"]
    assert all(snippet in text for snippet in first["snippets"])
    assert (second["id"], second["labels"], second["snippets"]) == ("b", [], [])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not a JSON object"),
        ("[1]", "not a JSON object"),
        ('{"id": "a", "text": 1, "language": "sv"}', '"text" is missing or not text'),
        ('{"id": "a", "text": "x"}', '"language" is missing or not text'),
        ('{"id": "a", "text": "\\ud800", "language": "sv"}', "half a character"),
        ("[" * 100_000, "not a JSON object"),
    ],
)
def test_bad_input_gets_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, says: str
) -> None:
    source = _write(tmp_path / "in.jsonl", line)
    assert main(["statements", source, "--out", str(tmp_path / "out.jsonl")]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "line 1" in told
    assert says in told
    assert not (tmp_path / "out.jsonl").exists()


def test_the_same_id_twice_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = json.dumps({"id": "a", "text": "x", "language": "sv"})
    assert main(["statements", _write(tmp_path / "in.jsonl", row, row), "--out", str(tmp_path / "o")]) == 2
    assert "same as on line 1" in capsys.readouterr().err


def test_a_missing_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["statements", str(tmp_path / "none.jsonl"), "--out", str(tmp_path / "o")]) == 2
    assert "none.jsonl" in capsys.readouterr().err
