"""The reader of statements: own sets, literal snippets, tricks with letters, the bars on the shared half."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from vandel.website.statements import find_statements, labels_by_weight

HERE = Path(__file__).parent
SHARED = HERE.parents[2].parent / "shared"
DEV = SHARED / "data" / "websites" / "statements_dev.jsonl"
SCORER = SHARED / "bench" / "websites" / "score.py"


def _own(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return rows


def _fresh() -> list[dict[str, Any]]:
    paths = sorted((HERE.parents[2] / "bench" / "websites").glob("fresh_*.jsonl"))
    lines = (line for path in paths for line in path.read_text(encoding="utf-8").split("\n"))
    return [json.loads(line) for line in lines if line.strip()]


FRESH = _fresh()
OWN = [*_own("own_statements.yml"), *_own("own_statements_later.yml"), *FRESH]


def _labels(row: dict[str, Any]) -> list[str]:
    return labels_by_weight(find_statements(row["text"], row["language"])) or ["none"]


def _is_russia(label: str) -> bool:
    return label.startswith("russia_") or label == "russian_owner"


def test_own_statements_are_read_rightly() -> None:
    wrong = [row["id"] for row in OWN if _labels(row)[0] not in [row["label"], *row.get("also", [])]]
    assert len(wrong) <= len(OWN) * 0.03, wrong


def test_a_russia_matter_is_found_in_the_own_statements() -> None:
    missed = [row["id"] for row in OWN if _is_russia(row["label"]) and not any(map(_is_russia, _labels(row)))]
    assert len(missed) <= len(OWN) * 0.01, missed


def test_no_grave_error_is_made_in_the_own_statements() -> None:
    grave = {"russia_none_stated", "russia_exit_done", "innocent_mention", "none"}
    firm = ("russia_operations_ongoing", "russian_owner")
    wrong = [row["id"] for row in OWN if row["label"] in firm and _labels(row)[0] in grave]
    assert wrong == []


def test_excluding_people_is_never_told_as_values_stated() -> None:
    contradicted = [row for row in OWN if row["label"] == "values_contradicted"]
    assert [row["id"] for row in contradicted if "values_stated" in _labels(row)] == []


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from([*(row["text"] for row in OWN), "\u00ad", "\u200b", "\n", "å", "İ ", " Ǆ", "…"]),
        max_size=6,
    )
)
def test_snippets_are_literal(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for finding in find_statements(text, "sv"):
        assert text[finding.start : finding.end] == finding.snippet
        assert finding.snippet


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["sv", "en", "ru", "xx", ""]))
def test_any_text_is_read(text: str, language: str) -> None:
    for finding in find_statements(text + " Ryssland", language):
        assert (text + " Ryssland")[finding.start : finding.end] == finding.snippet


@pytest.mark.parametrize(
    "text",
    [
        "Vi har lämnat Ryss\u00adland.",
        "Vi har la\u0308mnat Ryssland.",
        "Vi har lämnat R\u200byssland.",
        "Vi har lämnat Ryss\u200dland.",
        "Vi har lämnat Ryssl\u0430nd.",
    ],
)
def test_unseen_characters_and_look_alikes_hide_nothing(text: str) -> None:
    findings = find_statements(text, "sv")
    assert labels_by_weight(findings) == ["russia_exit_done"]
    assert findings[0].snippet == text


def test_a_long_page_tells_where_each_statement_stands() -> None:
    filler = "Vi säljer fönster och dörrar. " * 40
    text = f"{filler}Vi har kontor i Moskva. {filler}Vi har kollektivavtal. {filler}"
    found = {finding.label: finding.start for finding in find_statements(text, "sv")}
    assert set(found) == {"russia_operations_ongoing", "collective_agreement_yes"}
    assert found["russia_operations_ongoing"] < found["collective_agreement_yes"]


def _rows() -> list[dict[str, Any]]:
    if not DEV.exists() or not SCORER.exists():
        pytest.skip("skipped: no shared data")
    return [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines() if line.strip()]


def test_the_bars_hold_on_the_shared_half() -> None:
    gold = _rows()
    spec = importlib.util.spec_from_file_location("website_score", SCORER)
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    results = []
    for row in gold:
        findings = find_statements(row["text"], row["language"])
        snippets = [finding.snippet for finding in findings]
        results.append({"id": row["id"], "labels": labels_by_weight(findings), "snippets": snippets})
    out = score.evaluate(gold, results)
    assert out["russia_matter"]["recall"] >= 0.97
    assert out["russia_matter"]["precision"] >= 0.90
    assert out["status"]["macro_f1"] >= 0.75
    assert out["collective_agreement_yes"]["precision"] >= 0.9
    assert out["collective_agreement_yes"]["recall"] >= 0.75
    assert out["grave"] == []
    assert out["snippets_not_literal"] == []


def test_no_six_words_are_shared_with_the_shared_half() -> None:
    theirs = {run for row in _rows() for run in _runs(row["text"])}
    assert [row["id"] for row in OWN if _runs(row["text"]) & theirs] == []


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[start : start + 6]) for start in range(len(words) - 5)}
