"""The worker, in this process."""

from __future__ import annotations

from unittest import mock

from django_tasks_db.management.commands import db_worker


def do_jobs() -> None:
    """Do all the work that has been ordered so far."""
    worker = db_worker.Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )
    # The worker would close the connection that holds the test's own transaction.
    with mock.patch.object(db_worker, "close_old_connections", lambda: None):
        worker.run()
