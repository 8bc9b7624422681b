"""What is done by the clock: files of visits that never came to a row are deleted.

Evidence itself is never deleted by a clock, only by a disposal decision (L-35).
"""

from __future__ import annotations

from pakten.jobs.schedules import DAY, MINUTE, Timed
from pakten.visits.queries.untold import has_failed

LOST_FILES = Timed(
    "visits.lost_files",
    "Ta bort filer från webbplatsbesök som aldrig blev sparade",
    "pakten.visits.tasks.delete_lost_files",
    every=DAY,
)
UNTOLD = Timed(
    "visits.untold",
    "För vidare webbplatsbesök som inte kunde tas emot",
    "pakten.visits.tasks.tell_untold",
    every=10 * MINUTE,
    shown=True,
    when=has_failed,
)
