"""What is done by the clock: files of visits that never came to a row are deleted.

Evidence itself is never deleted by a clock, only by a disposal decision (L-35).
"""

from __future__ import annotations

from pakten.jobs.schedules import DAY, Timed

LOST_FILES = Timed(
    "visits.lost_files",
    "Ta bort filer från webbplatsbesök som aldrig blev sparade",
    "pakten.visits.tasks.delete_lost_files",
    every=DAY,
)
