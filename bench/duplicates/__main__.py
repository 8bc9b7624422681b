"""How long it takes to find records that may be one organisation, and how many of the planted ones are found.

    python -m bench.duplicates                                  # 100,000 invented organisations, SQLite
    python -m bench.duplicates --database postgresql:///pakten_bench

The table goes to standard output; the kept ones are in RESULTS.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

STEP = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="", help="its address; else SQLite in a new folder")
    parser.add_argument("--organisations", type=int, default=100_000)
    parser.add_argument("--members", type=int, default=20_000, help="how many of them are members")
    parser.add_argument("--planted", type=int, default=400, help="how many are written down twice")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pakten-bench-"))
    try:
        _prepare(folder, arguments.database)
        print(measured(arguments))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path, database: str) -> None:
    os.environ |= {
        "PAKTEN_VAR": str(folder),
        "PAKTEN_DEMO": "1",
        "PAKTEN_DEBUG": "0",
        "PAKTEN_SECRET_KEY": "only for measuring",
        "PAKTEN_DATABASE": database or f"sqlite:///{folder / 'pakten.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "pakten.project.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def measured(arguments: argparse.Namespace) -> str:
    """The figures as a table of Markdown."""
    from django.db import connection

    from pakten.members.queries import duplicates

    planted = _world(arguments)
    before, start, used = _peak(), time.perf_counter(), time.process_time()
    found = duplicates.candidates()
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    told = {frozenset((pair.one.pk, pair.other.pk)) for pair in found.pairs}
    kinds = sorted({kind for _, kind in planted})
    lines = [
        f"{connection.vendor}, {arguments.organisations:,} organisations, {arguments.members:,} members, "
        f"{len(planted)} planted. {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, "
        f"Python {platform.python_version()}.",
        "",
        "| what | figure |",
        "| --- | ---: |",
        f"| seconds | {seconds:.1f} |",
        f"| of our processor | {processor:.1f} |",
        f"| memory for it, MB | {_peak() - before:.0f} |",
        f"| pairs put forward | {len(found.pairs):,} |",
        f"| pairs with a word in common that were left out | {found.left_out:,} |",
    ]
    for kind in kinds:
        of_kind = [pair for pair, each in planted if each == kind]
        lines.append(f"| planted and found: {kind} | {sum(p in told for p in of_kind)} of {len(of_kind)} |")
    return "\n".join(lines)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _world(arguments: argparse.Namespace) -> list[tuple[frozenset[int], str]]:
    """Everything invented; gives back the pairs that are one organisation, and how the second is written."""
    from bench.watching.world import Names
    from pakten.members.models import Membership
    from pakten.organisations.models import Organisation

    names = Names(2026)
    rows: list[Any] = []
    for step in range(0, arguments.organisations - arguments.planted, STEP):
        number = min(STEP, arguments.organisations - arguments.planted - step)
        rows += Organisation.objects.bulk_create(_one(names, step + each) for each in range(number))
    members = rows[: arguments.members]
    for step in range(0, len(members), STEP):
        Membership.objects.bulk_create(Membership(organisation=row) for row in members[step : step + STEP])
    pairs = [_twice(row, place) for place, row in enumerate(members[: arguments.planted])]
    Organisation.objects.bulk_create(again for _, again, _ in pairs)
    return [(frozenset((row.pk, again.pk)), kind) for row, again, kind in pairs]


def _one(names: Any, number: int) -> Any:
    place = names.random.choice(("Norrby", "Söderby", "Västerby", "Österby"))
    website = f"https://www.organisation-{number}.example/" if names.random.random() < 0.5 else ""
    return _row(names.firm(), place, website=website)


def _twice(row: Any, place: int) -> tuple[Any, Any, str]:
    """The same organisation written down once more, in one of four ways."""
    ways = tuple(_ways(row))
    kind, again = ways[place % len(ways)]
    return row, again, kind


def _ways(row: Any) -> Iterator[tuple[str, Any]]:
    name = row.legal_name
    bare = name.rsplit(" ", 1)[0].removesuffix(" Holding")
    longest = max(bare.split(), key=len)
    half = len(longest) // 2
    slip = bare.replace(longest, longest[:half] + longest[half] + longest[half:], 1)
    yield "the same name in capitals", _row(name.upper(), row.place)
    yield "without the legal form", _row(bare, row.place)
    yield "a letter too many", _row(f"{slip} AB", row.place)
    if row.website:
        yield "another name, the same website", _row("Föreningen Samma Dörr", row.place, website=row.website)


def _row(name: str, place: str, *, website: str = "") -> Any:
    from django.utils import timezone

    from pakten.organisations.models import Organisation, Sector
    from pakten.organisations.services.organisation import keys_for

    return Organisation(
        legal_name=name,
        sector=Sector.PRIVATE,
        place=place,
        website=website,
        source="Mätning",
        recorded_at=timezone.now(),
        **keys_for(name),
    )


if __name__ == "__main__":
    main()
