"""Scores the reader of statements on the shared half (split by a digest of the id), own and fresh sets.

python bench/websites/measure.py --data statements_dev.jsonl --scorer score.py
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import time
from pathlib import Path
from typing import Any

import yaml

from vandel.website.statements import find_statements, labels_by_weight

OWN = Path(__file__).parents[2] / "tests" / "engine" / "website"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    arguments = parser.parse_args()
    spec = importlib.util.spec_from_file_location("website_score", arguments.scorer)
    assert spec and spec.loader
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    rows = [
        json.loads(line) for line in arguments.data.read_text(encoding="utf-8").split("\n") if line.strip()
    ]
    sets = {"half A": [row for row in rows if not _odd(row)], "half B": [row for row in rows if _odd(row)]}
    for name in ("own_statements", "own_statements_later"):
        sets[name] = yaml.safe_load((OWN / f"{name}.yml").read_text(encoding="utf-8"))
    for path in sorted(Path(__file__).parent.glob("fresh_*.jsonl")):
        lines = path.read_text(encoding="utf-8").split("\n")
        sets[path.stem] = [json.loads(line) for line in lines if line.strip()]
    for name, gold in sets.items():
        _tell(name, gold, score)
    _time(sets["own_statements"])


def _odd(row: dict[str, Any]) -> bool:
    return bool(int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2)


def _tell(name: str, gold: list[dict[str, Any]], score: Any) -> None:
    results = []
    for row in gold:
        row.setdefault("also", [])
        row.setdefault("ambiguous", False)
        found = find_statements(row["text"], row["language"])
        labels, snippets = labels_by_weight(found), [finding.snippet for finding in found]
        results.append({"id": row["id"], "labels": labels, "snippets": snippets})
    print(name, json.dumps(score.evaluate(gold, results), indent=1, ensure_ascii=False))


def _time(rows: list[dict[str, Any]]) -> None:
    plain = " ".join(row["text"] for row in rows if row["language"] == "sv" and row["label"] == "none")
    spoken = [row["text"] for row in rows if row["language"] == "sv"]
    for every in (30, 10, 1):
        parts = [spoken[n % len(spoken)] if n % every == 0 else plain[:70] + "." for n in range(400)]
        page = " ".join(parts)[:20_000]
        start = time.perf_counter()
        for _ in range(15):
            find_statements(page, "sv")
        print(f"15 pages of {len(page)}, one statement in {every}: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
