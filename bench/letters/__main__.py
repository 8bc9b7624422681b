"""How long a letter takes to become a PDF, and how much memory: ``python -m bench.letters``.

Each row is a process of its own: the first letter there (with reading the fonts), the median and the slowest
of the following, and the peak of memory. The table goes to standard output; the kept one is RESULTS.md.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date

ROUNDS = 30
CASES = {
    "a decision, one page": (6, 0),
    "the same with a receipt of 100 kB inside": (6, 100_000),
    "ten pages": (150, 0),
    "a hundred pages, the longest that is taken": (1_000, 0),
}
PARAGRAPH = "Vi har gått igenom er ansökan och kontrollerat uppgifterna i offentliga register. " * 3


def measure(paragraphs: int, enclosed: int) -> None:
    """Make the letter again and again, and print its row."""
    import django

    django.setup()
    from pakten.letters.content import Enclosed, Facts, LetterContent
    from pakten.letters.pdf import render_pdf

    files = (Enclosed("kvitto.json", b"x" * enclosed, "application/json"),) if enclosed else ()
    letter = LetterContent(
        kind_title="Beslut",
        title="Beslut om medlemskap i nätverket",
        on=date(2022, 5, 24),
        registry_no="AMN 2022/0042",
        recipient=("Norrskenets Åkeri AB", "Hamngatan 4"),
        blocks=(Facts((("Sektor", "Privat näringsliv"),)), *[PARAGRAPH] * paragraphs),
        enclosed=files,
    )
    times = []
    for _ in range(ROUNDS if paragraphs < 1_000 else 3):
        start = time.perf_counter()
        made = render_pdf(letter)
        times.append((time.perf_counter() - start) * 1000)
    first, *rest = times
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    median, slowest = statistics.median(rest), max(rest)
    print(f"{len(made) / 1000:.0f} | {first:.0f} | {median:.0f} | {slowest:.0f} | {peak:.0f}")


def main() -> None:
    """Measure every kind of letter, each in a process of its own."""
    print("| letter | kB | first, ms | median, ms | slowest, ms | peak MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for title, (paragraphs, enclosed) in CASES.items():
        command = [sys.executable, "-m", "bench.letters", "--one", str(paragraphs), str(enclosed)]
        with tempfile.TemporaryDirectory() as folder:
            # Nothing is written there: the product asks where its data is before it starts.
            said = {"PAKTEN_VAR": folder, "PAKTEN_SECRET_KEY": "only for measuring " * 4}
            said["DJANGO_SETTINGS_MODULE"] = "pakten.project.settings"
            done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | said)
        print(f"| {title} | {done.stdout.strip()} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
