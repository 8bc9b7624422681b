"""Search the gold set in one process and print what the shared scorer says.

python -m bench.screening.run --gold ../shared/data/gold --scorer ../shared/bench/screening --watchlist EU
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path
from typing import Any

from bench.screening import gold

from vandel.matching import DEFAULT_THRESHOLD, Index


def measure(folder: Path, scorer: Path, watchlist: str) -> dict[str, Any]:
    """Index ``watchlist``, search all its queries with no threshold, and score the findings."""
    rows = gold.queries(folder, watchlist)
    began = time.process_time()
    index = Index.build(gold.listings(folder, watchlist))
    built = time.process_time()
    results, times = [], []
    for row in rows:
        at = time.process_time()
        found = index.search(row["entity"], threshold=0.0, limit=10)
        times.append(time.process_time() - at)
        results += [{"qid": row["qid"], "target_id": f.target_id, "score": f.score} for f in found]
    score = gold.scorer(scorer)
    queries, clusters, names = score.load(str(folder), str(folder), watchlist)
    figures: dict[str, Any] = {
        "watchlist": watchlist, "queries": len(rows), "build_cpu_s": round(built - began, 2),
        "queries_per_cpu_s": round(len(rows) / sum(times)),
        "p95_cpu_ms": round(1000 * sorted(times)[int(len(times) * 0.95)], 2),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip
    for kind in ("organisation", "person"):
        figures[kind] = score.evaluate(
            queries, clusters, names, results, DEFAULT_THRESHOLD, (kind,), steps=2000
        )
    return figures


def summary(figures: dict[str, Any]) -> str:
    """One line per type: the figures that the bars are about."""
    head = {key: value for key, value in figures.items() if not isinstance(value, dict)}
    told = [json.dumps(head)]
    for kind in ("organisation", "person"):
        f = figures[kind]
        best, fixed, ninety, more = f["best_f1"], f["at_default"], f["at_recall_90"], f["at_recall_95"]
        told.append(
            f"  {kind:12s} best {best['f1']:.3f} (P {best['precision']:.3f}"
            f" R {best['recall']:.3f} @{best['threshold']:.3f})"
            f" default {fixed['f1']:.3f} (P {fixed['precision']:.3f} R {fixed['recall']:.3f})"
            f" rank1 {f['rank1']:.3f} max {f['max_recall']:.3f}"
            f" P@90 {ninety['precision'] if ninety else 0:.3f} P@95 {more['precision'] if more else 0:.3f}"
            f" fuzzy {best.get('recall_fuzzy', 0):.3f} script {best.get('recall_script', 0):.3f}"
            f" FPR90 {_false_alarms(ninety, kind)} FPR95 {_false_alarms(more, kind)}"
        )
    return "\n".join(told)


def _false_alarms(figures: dict[str, Any] | None, kind: str) -> str:
    if not figures:
        return "-"
    start = "fpr_clean" if kind == "organisation" else "fpr_synthetic"
    return f"{max((v for k, v in figures.items() if k.startswith(start)), default=0):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--watchlist", action="append", choices=("EU", "OFAC", "UN"))
    parser.add_argument("--out", type=Path, help="a file for all figures, as JSON")
    chosen = parser.parse_args()
    everything = [
        measure(chosen.gold, chosen.scorer, name) for name in chosen.watchlist or ("EU", "OFAC", "UN")
    ]
    for figures in everything:
        print(summary(figures))
    if chosen.out:
        chosen.out.write_text(json.dumps(everything, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
