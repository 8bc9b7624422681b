"""How long each real list takes to read, and how much memory: ``python -m bench.lists [FOLDER]``.

Each list is read in a process of its own, so that its peak of memory is its own. FOLDER holds the files of
``../shared/data/lists``. The table goes to standard output; the kept one is RESULTS.md beside this file.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

LISTS = {
    "EU (Official Journal, folder)": ("eu-journal", "eu_journal_consolidated"),
    "EU FSF CSV (part of 2018)": ("eu-fsf", "eu_fsf_csv_v1_2018_partial.csv"),
    "UN XML": ("un-sc", "un_consolidated_2026-02-27.xml"),
    "OFAC SDN CSV, 2022": ("us-ofac-sdn", "us_ofac_sdn_2022.csv"),
    "OFAC SDN, ALT and ADD CSV, 2021": ("us-ofac-sdn", "us_ofac_2021_set/sdn.csv"),
    "OFAC consolidated XML": ("us-ofac-consolidated", "us_ofac_consolidated_nonsdn_2022.xml"),
    "UK OFSI ConList XLSX": ("uk-ofsi", "uk_ofsi_conlist_2022-05-04.xlsx"),
    "Ukraine NSDC XLSX": ("ua-nsdc", "ua_nsdc_sanctions_2022.xlsx"),
}
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "lists"


def measure(list_id: str, path: Path) -> None:
    """Read one list and print its row: entries, names, processor seconds, peak megabytes."""
    from vandel.lists import read

    start = time.process_time()
    parsed = read(path, list_id=list_id)
    seconds = time.process_time() - start
    names = sum(len(listing.entity.names) for listing in parsed.listings)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(parsed.listings)} | {names} | {seconds:.2f} | {peak:.0f}")


def main() -> None:
    """Measure every list that is there, each in a process of its own."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    print("| list | entries | names | processor seconds | peak MB |\n| --- | ---: | ---: | ---: | ---: |")
    for title, (list_id, name) in LISTS.items():
        if not (folder / name).exists():
            print(f"| {title} | not there | | | |")
            continue
        command = [sys.executable, "-m", "bench.lists", "--one", list_id, str(folder / name)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        print(f"| {title} | {done.stdout.strip()} |", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
