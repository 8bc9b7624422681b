"""When begun applications that were never sent are deleted."""

from __future__ import annotations

from pakten.jobs.schedules import DAY, Timed

TIMED = Timed(
    "members.drafts",
    "Ta bort påbörjade ansökningar som är för gamla",
    "pakten.members.applying.tasks.delete_expired_drafts",
    every=DAY,
)
