"""What is done with applications by the clock."""

from __future__ import annotations

from datetime import time

from pakten.jobs.schedules import DAY, Timed

COMPLETIONS = Timed(
    "members.completions",
    "Påminn om kompletteringar och avsluta ansökningar utan svar",
    "pakten.members.application_tasks.see_to_completions",
    every=DAY,
    at=time(7),
)
