"""A round of visits to local websites: several at once, against one after the other as before.

    python -m bench.visits.round [--sites 370] [--pages 5] [--alone 8]

All sites are one server on loopback, each under a name of its own, behind the tests' guard; pauses,
robots.txt, limits, helper process, evidence and database are the real ones. ``--alone``: so many are visited
one at a time to compare.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import socket
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest import mock

SECONDS_AN_ANSWER = 0.2
WORDS = "<p>Vi lagar cyklar i hela regionen och har gjort det länge, med kunniga medarbetare.</p>" * 100


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sites", type=int, default=370)
    parser.add_argument("--pages", type=int, default=5)
    parser.add_argument("--alone", type=int, default=8)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pakten-bench-"))
    try:
        _prepare(folder)
        _measure(arguments)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(folder: Path) -> None:
    os.environ |= {
        "PAKTEN_VAR": str(folder),
        "PAKTEN_DEBUG": "0",
        "PAKTEN_SECRET_KEY": "only for measuring",
        "PAKTEN_DATABASE": f"sqlite:///{folder / 'pakten.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "pakten.project.settings",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def _measure(arguments: argparse.Namespace) -> None:
    from django.conf import settings
    from tests.engine.website.servers import PUBLIC, LoopbackGuard, Names, answer, serving

    from pakten.visits import sites
    from vandel.website.fetch import Fetcher
    from vandel.website.visit import Visitor

    links = "".join(
        f'<a href="/kontakt/{number}">Kontakt {number}</a>' for number in range(1, arguments.pages)
    )
    page = f"<html lang=sv><body><nav>{links}</nav><main>{WORDS}</main></body></html>".encode()

    def handle(link: socket.socket, path: str) -> None:
        time.sleep(SECONDS_AN_ANSWER)
        if path == "/robots.txt":
            answer(link, b"", status="404 Not Found")
        else:
            answer(link, page)

    total = arguments.sites + arguments.alone
    names = Names({f"sajt{number}.example": [PUBLIC] for number in range(total)})
    with serving(handle) as site:

        def way(together: sites.Together | None = None) -> sites.Way:
            shared = together or sites.Together()
            fetcher = Fetcher(
                LoopbackGuard(names, stands_for=PUBLIC, port=site.port),
                shared.times,
                user_agent=sites.user_agent(),
                limits=sites.LIMITS,
                ssl_context=shared.ssl_context,
                turns=shared.turns,
            )
            return sites.Way(Visitor(fetcher, shared.times, limits=sites.LIMITS, token=sites.TOKEN))

        with mock.patch.object(sites, "over_the_network", way):
            alone = _timed(range(arguments.alone), places=1)
            at_once = settings.VISITS_AT_ONCE
            together = _timed(range(arguments.alone, total), places=at_once)
    each = alone / arguments.alone
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"one at a time: {arguments.alone} sites in {alone:.0f} s, {each:.1f} s each")
    print(f"{at_once} at once: {arguments.sites} sites in {together:.0f} s, {together / 60:.1f} min")
    print(f"ratio {each * arguments.sites / together:.1f}; peak {peak} MB in the worker")


def _timed(numbers: range, *, places: int) -> float:
    """Seconds for a round of these sites, so many at once."""
    from django.test import override_settings
    from django.utils import timezone

    from pakten.organisations.models import Organisation, Sector
    from pakten.visits.models import VisitOutcome
    from pakten.visits.services import order_round
    from pakten.visits.services.rounds import visit_all

    ids = [
        Organisation.objects.create(
            legal_name=f"Sajt {number}",
            website=f"http://sajt{number}.example",
            sector=Sector.PRIVATE,
            source="Mätning",
            recorded_at=timezone.now(),
        ).pk
        for number in numbers
    ]
    made = order_round(actor=None, because="Mätning", organisation_ids=ids)
    started, last = time.perf_counter(), [0.0]

    def tell(done: int, total: int, _note: str) -> None:
        if time.perf_counter() - last[0] > 30:
            last[0] = time.perf_counter()
            print(f"  {done} of {total}, {last[0] - started:.0f} s", flush=True)

    with override_settings(VISITS_AT_ONCE=places):
        counts: dict[str, Any] = visit_all(made.pk, tell=tell)
    took = time.perf_counter() - started
    print(
        f"  {places} at once: {counts.get(VisitOutcome.VISITED, 0)} of {len(ids)} read in {took:.0f} s",
        flush=True,
    )
    return took


if __name__ == "__main__":
    main()
