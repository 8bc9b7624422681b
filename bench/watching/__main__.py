"""A new edition of a large list, a large network re-controlled on the difference, while pages answer.

    python -m bench.watching                                   # SQLite
    python -m bench.watching --database postgresql:///pakten_bench

Everything is invented. The bar: under 60 seconds from the file to the last member, on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Never

QUIET = 15.0  # seconds of pages alone, to compare with


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="", help="its address; else SQLite in a new folder")
    parser.add_argument("--entries", type=int, default=30_000)
    parser.add_argument("--changes", type=int, default=300)
    parser.add_argument("--members", type=int, default=2_000)
    parser.add_argument("--full", action="store_true", help="also a full control after it, to compare with")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="pakten-bench-"))
    try:
        _prepare(folder, arguments.database)
        print(Measure(folder, arguments).made())
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
    os.environ.pop("VANDEL_STORE", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


class Measure:
    """One run. Modules of the product are imported inside, after the settings are chosen."""

    def __init__(self, folder: Path, arguments: argparse.Namespace) -> None:
        self.folder, self.arguments = folder, arguments
        self.seconds: dict[str, tuple[float, float]] = {}
        self.latencies: dict[str, list[float]] = {}

    def made(self) -> str:
        """The figures as a table of Markdown."""
        from bench.watching import world

        names = world.Names(2026)
        officer = self._officer()
        known = world.network(names, self.arguments.members, actor=officer)
        first = world.entries(names, self.arguments.entries)
        with self._timed("first edition taken in"):
            self._take(world.list_file(self.folder, first, day=1), officer)
        with self._timed("first control of the whole network"):
            self._run(officer)
        second = world.changed(names, first, self.arguments.changes, known=known[:20])
        path = world.list_file(self.folder, second, day=2)
        with self._server() as port:
            with self._pages("alone", port, officer):
                time.sleep(QUIET)
            with self._pages("during", port, officer), self._timed("**in all, while pages answer**"):
                made = self._on_the_difference(path, officer)
        if self.arguments.full:
            with self._timed("the same by a full control, to compare"):
                self._run(officer)
        return self._told(made)

    def _on_the_difference(self, path: Path, officer: Any) -> Any:
        from pakten.watching.services.recontrols import recontrol

        with self._timed("second edition taken in"):
            self._take(path, officer)
        with self._timed("network re-controlled on the difference"):
            made = recontrol(None, tell=lambda _done, _total: None)
        assert made is not None
        assert made.state == "done", made.fault
        assert made.looked_at == self.arguments.members
        return made

    def _take(self, path: Path, officer: Any) -> None:
        from django.utils import timezone

        from pakten.checks import services
        from pakten.checks.models import Origin
        from pakten.demo.sanctions import LIST_ID

        arrival = services.Arrival(Origin.IMPORTED, timezone.now(), override_reason="Mätning")
        services.take_edition(LIST_ID, path, actor=officer, arrival=arrival)

    def _run(self, officer: Any) -> None:
        from pakten.checks.services import control, runs
        from pakten.watching.models import Trigger

        run = runs.start(actor=officer)
        control.execute(run.pk, tell=lambda _done, _total: None)
        # What making the world announced is done with.
        Trigger.objects.filter(recontrol=None).delete()

    def _officer(self) -> Any:
        from pakten.accounts.models import Role, RoleAssignment, User

        user = User.objects.create_user("hanna", first_name="Hanna", last_name="Handläggarsson")
        RoleAssignment.objects.create(user=user, role=Role.CASE_OFFICER)
        return user

    @contextmanager
    def _server(self) -> Iterator[int]:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        options = ["--workers", "2", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
        command = [sys.executable, "-m", "gunicorn", "pakten.project.wsgi", "--bind", f"127.0.0.1:{port}"]
        with subprocess.Popen([*command, *options]) as server:
            try:
                self._wait(port)
                yield port
            finally:
                server.terminate()

    @staticmethod
    def _wait(port: int) -> None:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        _refuse("The server did not answer within a minute.")

    @contextmanager
    def _pages(self, when: str, port: int, officer: Any) -> Iterator[None]:
        """Pages are asked for by a process of its own, so that its work is not ours."""
        command = [sys.executable, "-m", "bench.watching.load", str(port), _session(officer)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as load:
            yield
            stdin: IO[str] | None = load.stdin
            assert stdin is not None
            stdin.close()
            assert load.stdout is not None
            found = json.loads(load.stdout.read())
        if found["faults"]:
            _refuse(f"Pages failed: {found['faults'][:5]}")
        self.latencies[when] = found["seconds"]

    @contextmanager
    def _timed(self, step: str) -> Iterator[None]:
        began, worked = time.perf_counter(), time.process_time()
        yield
        self.seconds[step] = time.perf_counter() - began, time.process_time() - worked

    def _told(self, made: Any) -> str:
        from django.db import connection

        from vandel.screening import RULE_VERSION

        asked = self.arguments
        head = (
            f"{datetime.now(UTC):%Y-%m-%d}, {connection.vendor}, {asked.entries} entries, {asked.changes} "
            f"changes, {asked.members} members. {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the "
            f"end, Python {platform.python_version()}, rule {RULE_VERSION}.\n\n"
            f"{made.touched} members touched and compared anew, {made.untouched} untouched.\n\n"
        )
        steps = "".join(
            f"| {step} | {spent:.1f} | {worked:.1f} |\n" for step, (spent, worked) in self.seconds.items()
        )
        pages = "".join(
            f"| {when} | {len(found)} | {1000 * statistics.median(found):.0f} | {1000 * _p95(found):.0f} "
            f"| {1000 * max(found):.0f} |\n"
            for when, found in self.latencies.items()
        )
        table = "| pages | answers | median ms | p95 ms | slowest ms |\n| --- | ---: | ---: | ---: | ---: |\n"
        return f"{head}| step | seconds | of our processor |\n| --- | ---: | ---: |\n{steps}\n{table}{pages}"


def _session(user: Any) -> str:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def _p95(found: list[float]) -> float:
    return statistics.quantiles(found, n=20)[-1]


def _refuse(why: str) -> Never:
    raise SystemExit(why)


if __name__ == "__main__":
    main()
