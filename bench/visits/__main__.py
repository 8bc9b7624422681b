"""What a visit costs: reading ordinary pages, and the worst pages we know, in time and memory.

    python -m bench.visits

Each hostile page is read in a process of its own, whose peak is compared with that of an ordinary page.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time

from vandel.website.extract import Extract, Link
from vandel.website.extract_apart import Reader
from vandel.website.outcome import NotVisited
from vandel.website.reading import read_statements

ORDINARY = (
    "<html lang=sv><head><title>Påhitt AB</title></head><body><nav>"
    + '<a href="/om">Om oss</a>' * 30
    + "</nav><main>"
    + "<p>Vi lagar cyklar i hela regionen och har gjort det länge, med kunniga medarbetare.</p>" * 200
    + "</main><footer>Org.nr 556000-4615. Vi har kollektivavtal.</footer></body></html>"
).encode()
HOSTILE = {
    "an ordinary page": ORDINARY,
    "a million tags": b"<b>" * 1_000_000,
    "199,000 paragraphs": b"<p>x" * 199_000,
    "150,000 deep": b"<div>" * 150_000 + b"x",
    "100,000 tables in tables": b"<table>" * 100_000,
    "500,000 attributes": b"<a " + b" ".join(b"a%d" % n for n in range(500_000)) + b">",
    "190,000 open links": b"<a href=x>" * 190_000,
    "8 MB without a space": b"x" * 8_000_000,
    "6 MB of broken letters": b"<p>" + b"\xff\xfe\xfd" * 2_000_000,
}


def one(name: str) -> None:
    """Read one page and print outcome, seconds, and the peaks of both processes in MB."""
    with Reader(seconds=5) as reader:
        reader.read(b"<p>hej</p>", content_type="")
        started, outcome = time.perf_counter(), "read"
        try:
            reader.read(HOSTILE[name], content_type="text/html; charset=utf-8")
        except NotVisited as error:
            outcome = str(error.outcome)
        took = time.perf_counter() - started
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ours, helper = (resource.getrusage(who).ru_maxrss // 1024 for who in both)
    print(f"{outcome},{took:.2f},{ours},{helper}")


def statements() -> tuple[float, int]:
    """Seconds for the statements of 15 pages of 20 kB with 60 menu links each, and how many were found."""
    links = tuple(Link(f"/{number}", f"Meny nummer {number}") for number in range(60))
    menu = "\n".join(link.words for link in links)
    told = "Vi har stoppat all försäljning till Ryssland.\nVi har kollektivavtal.\n"
    page = Extract(
        "", f"{menu}\n{told}" + "Vi bakar bröd till hela regionen. \n" * 540, "", "", "sv", links, False
    )
    read_statements([(0, page)])
    started = time.perf_counter()
    found = read_statements([(number, page) for number in range(15)])
    return time.perf_counter() - started, len(found)


def main() -> None:
    """All figures, as rows of a table."""
    with Reader(seconds=5) as reader:
        reader.read(b"<p>hej</p>", content_type="")
        times = []
        for _ in range(15):
            started = time.perf_counter()
            reader.read(ORDINARY, content_type="")
            times.append(time.perf_counter() - started)
    middle = statistics.median(times)
    print(f"reading 15 pages of {len(ORDINARY) // 1000} kB: {sum(times):.2f} s, median {middle:.3f} s")
    took, found = statements()
    print(f"statements on 15 pages of 20 kB: {took:.2f} s, {found} found")
    print("| page | end | seconds | extra MB, visitor | extra MB, helper |\n| --- | --- | --- | --- | --- |")
    base = [0, 0]
    for name in HOSTILE:
        done = subprocess.run(
            [sys.executable, "-m", "bench.visits", name], capture_output=True, text=True, check=True
        )
        outcome, took, ours, helper = done.stdout.strip().split(",")
        base = base if any(base) else [int(ours), int(helper)]
        print(
            f"| {name} | {outcome} | {took} | {int(ours) - base[0]} | {int(helper) - base[1]} |", flush=True
        )


if __name__ == "__main__":
    one(sys.argv[1]) if len(sys.argv) > 1 else main()
