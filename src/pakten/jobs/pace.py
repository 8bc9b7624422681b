"""What a worker process remembers of the jobs that it has: which attempt is its own, when it last wrote."""

from __future__ import annotations

import time

from pakten.jobs.errors import WorkerStopping

INTERVAL = 0.5


class Pace:
    """The rhythm of one job's progress: a write for each item would slow the work and lock the database."""

    def __init__(self, attempt: int) -> None:
        self.attempt = attempt
        self._last = 0.0
        self._ended = False

    def is_due(self, *, at_end: bool) -> bool:
        """Is it time to write? Once more at the end, however soon."""
        now = time.monotonic()
        if now - self._last < INTERVAL and (not at_end or self._ended):
            return False
        self._last, self._ended = now, at_end
        return True


class Paces:
    """All jobs of this process, and whether the process was asked to end."""

    def __init__(self) -> None:
        self.stopping = False
        self._paces: dict[int, Pace] = {}

    def enter(self, job_id: int, attempt: int) -> None:
        """This process has taken the job."""
        self._paces[job_id] = Pace(attempt)

    def __getitem__(self, job_id: int) -> Pace:
        if job_id not in self._paces:
            raise RuntimeError(f"Job {job_id} was not begun in this process")
        return self._paces[job_id]

    def leave_if_asked(self) -> None:
        """Raise WorkerStopping when the process was asked to end."""
        if self.stopping:
            raise WorkerStopping("The worker was asked to end")


PACES = Paces()
