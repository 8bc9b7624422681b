"""The same work on many subjects, in this process or in several on this machine, in the order they came."""

from vandel.batch.local import BatchFailed, run
from vandel.batch.subjects import Settings, control_all, search_all

__all__ = ["BatchFailed", "Settings", "control_all", "run", "search_all"]
