"""Fits ``statements/weights.yml``: how much each sign speaks for each label, from invented statements.

python bench/websites/weigh.py [--data statements_dev.jsonl] --write

Plain multinomial regression with a penalty on large weights, over the own sets, the fresh sets and, when
given, the shared half. Signs are left out by chance in copies of each statement, so that no sign is leant on
alone. The seed is fixed: the same sets give the same rows.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from vandel.website.statement_evidence import NONE, START, keys, labels
from vandel.website.statement_marks import windows
from vandel.website.statement_text import readable, sentences

HERE = Path(__file__).parent
OWN = HERE.parents[1] / "tests" / "engine" / "website"
TARGET = HERE.parents[1] / "src" / "vandel" / "resources" / "statements" / "weights.yml"
# How often a plain example of a label counts beside a statement.
PLAIN_TIMES = 4
PENALTY, COPIES, LEFT_OUT, STEPS, SMALLEST, SEED = 4.0, 4, 0.25, 500, 0.05, 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--without", nargs="*", default=[], help="names of fresh sets to leave out")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    rows = statements(arguments.data, without=arguments.without)
    table = fit(rows)
    if arguments.write:
        TARGET.write_text(as_yaml(table, rows), encoding="utf-8")
    print(f"{len(table)} rows of weights from {len(rows)} statements")


def statements(data: Path | None, *, without: list[str]) -> list[dict[str, Any]]:
    """Every labelled statement: the own sets, the fresh sets, the examples of the labels, the shared half."""
    rows: list[dict[str, Any]] = []
    for name in ("own_statements", "own_statements_later"):
        rows += yaml.safe_load((OWN / f"{name}.yml").read_text(encoding="utf-8"))
    for path in sorted(HERE.glob("fresh_*.jsonl")):
        if path.stem not in without:
            rows += _lines(path)
    for label in labels().values():
        for n, (language, text) in enumerate(label.hit):
            row = {"id": f"{label.id}.{n}", "language": language, "text": text, "label": label.id}
            rows += [row] * PLAIN_TIMES
    return rows + [dict(row, shared=True) for row in (_lines(data) if data else [])]


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def keys_of(row: dict[str, Any]) -> set[str]:
    """The keys of all windows on Russia in a statement."""
    page = readable(row["text"])
    found: set[str] = set()
    for window in windows(page, sentences(page), language=row["language"]):
        if window.family == "russia":
            found |= set(keys(window.marks))
    return found


def fit(rows: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Weights by key and label, small ones left out."""
    held = [(found, _target(row["label"])) for row in rows if (found := keys_of(row))]
    held = _with_gaps(held)
    names = [START, *sorted({key for found, _ in held for key in found})]
    number = {name: n for n, name in enumerate(names)}
    targets = [*labels(), NONE]
    x = np.zeros((len(held), len(names)))
    y = np.zeros((len(held), len(targets)))
    for n, (found, label) in enumerate(held):
        x[n, [0, *(number[key] for key in found)]] = 1
        y[n, targets.index(label)] = 1
    weights = _descend(x, y)
    return {
        name: kept
        for name, line in zip(names, weights, strict=True)
        if (
            kept := {
                target: round(float(weight), 2)
                for target, weight in zip(targets, line, strict=True)
                if abs(weight) >= SMALLEST
            }
        )
    }


def _target(label: str) -> str:
    return label if label in labels() else NONE


def _with_gaps(held: list[tuple[set[str], str]]) -> list[tuple[set[str], str]]:
    chance = random.Random(SEED)
    copies = list(held)
    for found, label in held:
        signs = sorted({_sign(key) for key in found} - {"place", "bound"})
        for _ in range(COPIES):
            gone = {sign for sign in signs if chance.random() < LEFT_OUT}
            copies.append(({key for key in found if _sign(key) not in gone}, label))
    return copies


def _sign(key: str) -> str:
    return key.rstrip("+-")


def _descend(x: Any, y: Any) -> Any:
    """Nesterov's accelerated descent on the mean log loss with a penalty."""
    count = len(x)
    pace = 1 / (0.5 * np.linalg.norm(x, 2) ** 2 / count + PENALTY / count)
    weights = ahead = np.zeros((x.shape[1], y.shape[1]))
    push = 1.0
    for _ in range(STEPS):
        scores = x @ ahead
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        slope = (x.T @ (shares - y) + PENALTY * ahead) / count
        slope[0] -= PENALTY / count * ahead[0]
        stepped = ahead - pace * slope
        further = (1 + (1 + 4 * push * push) ** 0.5) / 2
        ahead = stepped + (push - 1) / further * (stepped - weights)
        weights, push = stepped, further
    return weights


def as_yaml(table: dict[str, dict[str, float]], rows: list[dict[str, Any]]) -> str:
    """The rows as the file holds them, each with the shortest invented statement where its key stands."""
    own = sorted(
        (row for row in rows if not row.get("shared")), key=lambda row: (len(row["text"]), row["text"])
    )
    held = [(keys_of(row), row) for row in own]
    lines = [
        "# How much each sign speaks for (+) or against (-) each label; made by bench/websites/weigh.py.",
        "# sign+ is affirmed, sign- denied.",
    ]
    for key, weights in table.items():
        hit = next((row for found, row in held if key in found or (key == START and found)), None)
        miss = next(row for found, row in held if key not in found and (key != START or not found))
        if hit is None:
            continue
        lines += [
            f"- key: {json.dumps(key)}",
            f"  weights: {json.dumps(weights)}",
            *(f"  {name}: [[\"{row['language']}\", {json.dumps(row['text'], ensure_ascii=False)}]]"
              for name, row in (("hit", hit), ("miss", miss))),
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
