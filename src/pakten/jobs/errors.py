"""How a job ends before its time."""

from __future__ import annotations


class JobEnded(Exception):
    """The job is no longer this worker's: a person stopped it, or another worker has it. Leave quietly."""


class WorkerStopping(JobEnded):
    """The worker was asked to end; the job may be started again."""


class JobRefused(Exception):
    """The job can't be started, stopped or started again now; the message is a Swedish sentence."""
