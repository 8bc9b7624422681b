"""Fit the weights of the score on the gold set, with cross-validation over entity clusters.

    python -m bench.screening.fit --gold ../shared/data/gold --scorer ../shared/bench/screening [--write]

Every query is searched; each listed entity among the candidates is one case, described by the features of its
best name. A logistic regression with a small ridge is fitted on four fifths of the clusters and judged on the
rest.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from bench.screening import gold

from vandel.matching import Index, score
from vandel.matching.candidates import Comparison, ask, candidates
from vandel.matching.features import FEATURES, SIGNS, features
from vandel.names.resources import resource

FOLDS = 5
HOPELESS = -9.0  # log-odds below which a case that is not gold teaches nothing


@dataclass
class Cases:
    """All (query, listed entity, name) triples of one type, with the query and entity they belong to."""

    values: np.ndarray
    query: np.ndarray
    entity: list[tuple[str, str]]
    fold: np.ndarray
    label: np.ndarray  # 1 gold, 0 not, -1 the scorer ignores it


def collect(folder: Path, scorer: Any, watchlist: str, kinds: Sequence[str]) -> dict[str, Any]:
    index = Index.build(gold.listings(folder, watchlist))
    queries, clusters, names = scorer.load(str(folder), str(folder), watchlist)
    out: dict[str, Any] = {"watchlist": watchlist, "queries": queries, "clusters": clusters, "names": names}
    for person in (kind == "person" for kind in kinds):
        part, speller = index._partitions[person], index._spellers[person]
        values, keys, folds, labels = [], [], [], []
        for row in gold.queries(folder, watchlist):
            entity = row["entity"]
            if entity.schema.is_person != person:
                continue
            wanted = {clusters[t] for t in row["targets"] if t in clusters}
            own = {scorer.toks(row["query"]["name"])}.union(*(names[c] for c in wanted))
            fold = zlib.crc32((min(wanted) if wanted else row["qid"]).encode()) % FOLDS
            readings = [ask(speller, reading, text=text) for text, reading in index._readings(entity)]
            for asked, name in ((one, row) for one in readings for row in candidates(part, one)):
                target = index.listings[int(part.owner[name])].entity.id
                cluster = clusters[target]
                values.append(features(Comparison(part, asked, name)))
                keys.append((row["qid"], target))
                folds.append(fold)
                ignored = cluster not in wanted and bool(own & names[cluster])
                labels.append(1 if cluster in wanted else -1 if ignored else 0)
                if row["targets"] and row["difficulty"] == "disjoint" and cluster in wanted:
                    labels[-1] = -1
        groups = {key: at for at, key in enumerate(dict.fromkeys(keys))}
        out["person" if person else "organisation"] = Cases(
            np.array(values),
            np.array([groups[k] for k in keys]),
            list(groups),
            np.array(folds),
            np.array(labels),
        )
    return out


def best_names(cases: Cases, weights: np.ndarray) -> np.ndarray:
    """Per entity of a query the row of its best name under ``weights``."""
    total = cases.values @ weights
    order = np.lexsort((-total, cases.query))
    first = np.unique(cases.query[order], return_index=True)[1]
    return order[first]


def fit(
    parts: Sequence[Cases], *, without: int | None, start: np.ndarray, ridge: float = 1.0, rounds: int = 3
) -> np.ndarray:
    """Weights for all cases but those of fold ``without``."""
    weights = start
    for _ in range(rounds):
        xs, ys = [], []
        for cases in parts:
            rows = best_names(cases, weights)
            near = (cases.values[rows] @ weights > HOPELESS) | (cases.label[rows] == 1)
            keep = rows[(cases.label[rows] >= 0) & (cases.fold[rows] != without) & near]
            xs.append(cases.values[keep])
            ys.append(cases.label[keep])
        weights = logistic(np.vstack(xs), np.concatenate(ys), ridge)
    return weights


def logistic(x: np.ndarray, y: np.ndarray, ridge: float) -> np.ndarray:
    """Ridge logistic regression; features whose weight gets the wrong sign are left out, the worst first."""
    keep = list(range(x.shape[1]))
    while True:
        w = newton(x[:, keep], y, ridge)
        wrong = [
            (abs(w[at]), at) for at, column in enumerate(keep) if w[at] * SIGNS.get(FEATURES[column], 0) < 0
        ]
        if not wrong:
            break
        del keep[max(wrong)[1]]
    full = np.zeros(x.shape[1])
    full[keep] = w
    return full


def newton(x: np.ndarray, y: np.ndarray, ridge: float) -> np.ndarray:
    w = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], ridge)
    penalty[0] = 1e-6
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        step = np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty), x.T @ (y - p) - penalty * w
        )
        w = w + step
        if np.abs(step).max() < 1e-6:
            break
    return w


def judge(
    collected: dict[str, Any], scorer: Any, kind: str, per_fold: Sequence[np.ndarray], threshold: float
) -> dict[str, Any]:
    """What the scorer says when each query is scored with the weights fitted without its fold."""
    cases: Cases = collected[kind]
    total = np.zeros(len(cases.values))
    for fold, weights in enumerate(per_fold):
        mask = cases.fold == fold
        total[mask] = cases.values[mask] @ weights
    best = np.full(len(cases.entity), -99.0)
    np.maximum.at(best, cases.query, total)
    results = [
        {"qid": qid, "target_id": target, "score": 1 / (1 + np.exp(-np.clip(value, -30, 30)))}
        for (qid, target), value in zip(cases.entity, best, strict=True)
    ]
    figures: dict[str, Any] = scorer.evaluate(
        collected["queries"],
        collected["clusters"],
        collected["names"],
        results,
        threshold,
        (kind,),
        steps=2000,
    )
    return figures


def line(name: str, f: dict[str, Any]) -> str:
    best, fixed, ninety, more = f["best_f1"], f["at_default"], f["at_recall_90"], f["at_recall_95"]
    return (
        f"{name:18s} best {best['f1']:.3f}"
        f" (P {best['precision']:.3f} R {best['recall']:.3f} @{best['threshold']:.2f})"
        f" default {fixed['f1']:.3f}"
        f" (P {fixed['precision']:.3f} R {fixed['recall']:.3f}) rank1 {f['rank1']:.3f}"
        f" max {f['max_recall']:.4f}"
        f" P@90 {ninety['precision'] if ninety else 0:.3f} P@95 {more['precision'] if more else 0:.3f}"
        f" fuzzy {best.get('recall_fuzzy', 0):.3f} script {best.get('recall_script', 0):.3f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--watchlist", action="append")
    parser.add_argument("--ridge", type=float, default=1.0)
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--kind", action="append", choices=("organisation", "person"))
    parser.add_argument("--write", type=Path, help="the weights file to write, fitted on everything")
    chosen = parser.parse_args()
    scorer = gold.scorer(chosen.scorer)
    kinds = chosen.kind or ("organisation", "person")
    collected = [
        collect(chosen.gold, scorer, name, kinds) for name in chosen.watchlist or ("EU", "OFAC", "UN")
    ]
    written: dict[str, Any] = {}
    for kind in kinds:
        parts = [c[kind] for c in collected]
        start = np.array(score.weights(kind == "person"))
        per_fold = [fit(parts, without=fold, start=start, ridge=chosen.ridge) for fold in range(FOLDS)]
        everything = fit(parts, without=None, start=start, ridge=chosen.ridge)
        for one in collected:
            print(line(f"{one['watchlist']} {kind}", judge(one, scorer, kind, per_fold, chosen.threshold)))
        written[kind] = {name: round(float(w), 3) for name, w in zip(FEATURES, everything, strict=True)}
        print(written[kind])
    written["shift"] = resource("weights")["shift"]
    if chosen.write:
        chosen.write.write_text(yaml.safe_dump(written, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
