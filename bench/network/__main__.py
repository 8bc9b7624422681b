"""The real run: every organisation name of the Swedish registers against the real lists, in one index.

    python -m bench.network --data ../shared/data --out bench/network/RESULTS.md

Writes figures only, no names: a likeness between a real organisation and a listed party stays unnamed.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from vandel import __version__, lists
from vandel.batch import Settings, search_all
from vandel.cli.output import progress
from vandel.matching import DEFAULT_THRESHOLD, RULE_VERSION, Index
from vandel.model import Entity, Finding, Listing, Name, Schema
from vandel.registers.table import read_table

NAMES = "se_org_names.csv"
SOURCES = {
    "EU (Official Journal)": ("eu_journal_consolidated",),
    "UN": ("un_consolidated_2026-02-27.xml",),
    "OFAC SDN": ("us_ofac_sdn_2022.csv", "us_ofac_alt_2025.csv", "us_ofac_add_2025.csv"),
    "UK OFSI": ("uk_ofsi_conlist_2022-05-04.xlsx",),
}
BANDS = tuple(sorted({0.9, DEFAULT_THRESHOLD, 0.5, 0.3, 0.1}, reverse=True))
LIMIT = 25


@dataclass
class Run:
    """What was measured. ``seconds`` by step, ``likenesses`` by list and lowest score of the band."""

    names: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    cpu_seconds: dict[str, float] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    likenesses: Counter[tuple[str, float]] = field(default_factory=Counter)
    with_one: Counter[float] = field(default_factory=Counter)

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        start, cpu_start = time.perf_counter(), sum(os.times()[:4])
        yield
        self.seconds[step] = time.perf_counter() - start
        self.cpu_seconds[step] = sum(os.times()[:4]) - cpu_start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, help="where to keep the figures; else they are only shown")
    parser.add_argument("--workers", type=int, default=1)
    arguments = parser.parse_args()
    run = measure(arguments.data / "lists", arguments.workers)
    text = report(run, arguments.workers)
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    print(text)


def measure(folder: Path, workers: int) -> Run:
    run = Run()
    with run.timed("read the lists"):
        listings = [listing for name in SOURCES for listing in read(folder, name, run=run)]
    with run.timed("build the index"):
        index = Index.build(listings)
    with run.timed("read the names"):
        queries = organisations(folder / NAMES)
    run.names = len(queries)
    settings = Settings(BANDS[-1], LIMIT * len(SOURCES), workers)
    with run.timed("search"):
        for findings in search_all(
            index, queries, settings=settings, progress=progress("Searching", "names")
        ):
            count(run, findings)
    return run


def read(folder: Path, name: str, *, run: Run) -> Sequence[Listing]:
    """One list. The names, aliases and addresses of OFAC are three files that belong in one folder."""
    paths = [folder / file for file in SOURCES[name]]
    with tempfile.TemporaryDirectory() as together:
        path = paths[0]
        if len(paths) > 1:
            path = Path(together)
            for source, part in zip(paths, ("sdn.csv", "alt.csv", "add.csv"), strict=True):
                shutil.copyfile(source, path / part)
        found = lists.read(path, list_id=name).listings
    run.sizes[name] = (len(found), sum(len(listing.entity.names) for listing in found))
    return found


def organisations(path: Path) -> list[Entity]:
    return [
        Entity(f"row {row.number}", Schema.ORGANIZATION, (Name(row.values[0]),))
        for row in read_table(path).rows
    ]


def count(run: Run, findings: Sequence[Finding]) -> None:
    bands = [next(band for band in BANDS if finding.score >= band) for finding in findings]
    run.likenesses.update((finding.list_id, band) for finding, band in zip(findings, bands, strict=True))
    if bands:
        run.with_one[max(bands)] += 1


def report(run: Run, workers: int) -> str:
    memory = sum(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    parties, names = (sum(size[place] for size in run.sizes.values()) for place in (0, 1))
    head = f"""# The real run

`python -m bench.network` on {datetime.now(UTC):%Y-%m-%d}: {run.names} names of Swedish organisations against
{parties} listed parties with {names} names on {len(SOURCES)} lists in one index.
Vandel {__version__}, rule {RULE_VERSION}, Python {platform.python_version()}, {os.cpu_count()} cores,
{workers} process(es), load {os.getloadavg()[0]:.1f} at the end; compare processor seconds.

| step | seconds | of the processor |
| --- | ---: | ---: |
"""
    steps = "".join(
        f"| {step} | {seconds:.2f} | {run.cpu_seconds[step]:.2f} |\n" for step, seconds in run.seconds.items()
    )
    each = run.cpu_seconds["search"] / run.names
    tail = f"""
Search: {1000 * each:.2f} ms of the processor for a name, {1 / each:.0f} names a second.
Memory at most {memory / 1024:.0f} MB.

| list | parties | names | {" | ".join(titles())} |
| --- | ---: | ---: | {" | ".join("---:" for _ in BANDS)} |
"""
    rows = "".join(
        f"| {name} | {size[0]} | {size[1]} | {cells(run.likenesses[name, band] for band in BANDS)} |\n"
        for name, size in run.sizes.items()
    )
    best = f"| names with their best likeness here | | | {cells(run.with_one[band] for band in BANDS)} |\n"
    return head + steps + tail + rows + best + note()


def titles() -> list[str]:
    uppers = ["1", *(f"{band:g}" for band in BANDS)]
    return [f"{band:g} to {upper}" for band, upper in zip(BANDS, uppers, strict=False)]


def cells(counts: Iterable[int]) -> str:
    return " | ".join(map(str, counts))


def note() -> str:
    return f"""
A likeness counts as a finding from {DEFAULT_THRESHOLD:g}. None says anything about an organisation: these
are names of ordinary ones, so what stands here is the work that lists would give a person to look at.
"""


if __name__ == "__main__":
    main()
