"""``pakten worker``: does the work that pages have ordered."""

from __future__ import annotations

import logging
import signal
import time
from argparse import ArgumentParser
from importlib import import_module
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from pakten.jobs.clock import Clock
from pakten.jobs.pace import PACES

_DAY = 24 * 60 * 60


class _PatientWorker(Worker):
    """Ends at once when idle; in the middle of a job it puts the job back for the next worker."""

    _tidied_at = 0.0

    def run(self) -> None:
        self._tidy()
        with Clock(once=self.batch):
            super().run()

    def run_task(self, db_task_result: Any) -> None:
        super().run_task(db_task_result)
        if time.monotonic() - self._tidied_at > _DAY:
            self._tidy()

    def _tidy(self) -> None:
        """Take away the sessions that nobody can use any more; nothing else does."""
        self._tidied_at = time.monotonic()
        import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        PACES.stopping = True
        super().shutdown(signum, frame)


class Command(BaseCommand):
    help = "Do the work that pages have ordered, until the process is asked to end."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How often to look, and when to end."""
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks (default 0.5)")
        parser.add_argument("--batch", action="store_true", help="end when nothing is left to do")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the worker in this process; with -v 0 it says nothing about its own start and end."""
        if options["verbosity"] == 0:
            logging.getLogger("django_tasks_db").setLevel(logging.ERROR)
        worker = _PatientWorker(
            queue_names=["*"],
            interval=options["interval"],
            batch=options["batch"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        for asked in (signal.SIGINT, signal.SIGTERM):
            signal.signal(asked, worker.shutdown)
        worker.run()
