"""A register's bulk file of three million rows: ``python -m bench.registers [ROWS]``.

The file is generated (invented) into a temporary folder and read in by a process of its own; another looks
things up in it. The table goes to standard output; the kept one is RESULTS.md beside this file.
"""

from __future__ import annotations

import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.registers import generate

ROWS = 3_000_000
LOOKUPS = 20_000
SEARCHES = 400


def read_in(folder: Path) -> None:
    """Import the file and print how long it took and the peak of memory."""
    from vandel.registers.register_store import RegisterStore

    began, cpu = time.perf_counter(), time.process_time()
    store = RegisterStore(folder / "store")
    edition = store.accept(
        "bolagsverket",
        folder / "bulk.zip",
        fetched_at=datetime(2026, 11, 21, tzinfo=UTC),
        override_reason="measurement",
    )
    store.switch("bolagsverket", edition.edition_id)
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    size = next((folder / "store" / "bolagsverket").glob("*.sqlite")).stat().st_size
    print(f"| kept, dropped as persons | {edition.entries:,}, {edition.counts['persons_dropped']:,} |")
    print(f"| reading in, seconds (of processor) | {seconds:.0f} ({cpu:.0f}) |")
    print(f"| peak memory reading in, MB | {_peak():.0f} |")
    print(f"| the edition's file, MB | {size / 1e6:.0f} |")


def look_up(folder: Path) -> None:
    """Look up numbers and search names, and print how long each took."""
    from vandel.registers.register_store import RegisterStore

    draw = random.Random(11)
    with RegisterStore(folder / "store").open("bolagsverket") as book:
        last = book.edition.entries
        numbers = [generate.number(draw.randrange(last), person=False) for _ in range(LOOKUPS)]
        began = time.perf_counter()
        found = sum(book.by_number(number).outcome == "found" for number in numbers)
        rate = LOOKUPS / (time.perf_counter() - began)
        print(f"| look-ups by number a second ({found:,} of {LOOKUPS:,} found) | {rate:,.0f} |")
        for title, queries in {
            "a whole name": [generate.name(draw) for _ in range(SEARCHES)],
            "two beginnings (Sol Byg)": [_beginnings(draw) for _ in range(SEARCHES)],
            "one common word (Bygg)": ["Bygg", "Konsult", "Fastigheter AB", "Handel"] * 10,
        }.items():
            times = [_milliseconds(book.search, query) for query in queries]
            worst = max(times)
            print(f"| search, {title}: median, worst ms | {statistics.median(times):.1f}, {worst:.0f} |")
    print(f"| peak memory looking up, MB | {_peak():.0f} |")


def _beginnings(draw: random.Random) -> str:
    return " ".join(word[:5] for word in generate.name(draw).split())


def _milliseconds(search: Callable[[str], object], query: str) -> float:
    began = time.perf_counter()
    search(query)
    return 1000 * (time.perf_counter() - began)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Generate, then run each step in a process of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        length = generate.write(folder / "bulk.zip", count=count)
        packed = (folder / "bulk.zip").stat().st_size
        print("| what | measured |\n| --- | ---: |")
        print(
            f"| rows | {count:,} |\n| file, MB unpacked (zipped) | {length / 1e6:.0f} ({packed / 1e6:.0f}) |"
        )
        for step in ("--read-in", "--look-up"):
            subprocess.run([sys.executable, "-m", "bench.registers", step, name], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read-in"]:
        read_in(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--look-up"]:
        look_up(Path(sys.argv[2]))
    else:
        main()
