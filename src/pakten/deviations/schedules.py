"""What is done with deviations by the clock."""

from __future__ import annotations

from datetime import time

from pakten.jobs.schedules import DAY, Timed

HEARINGS = Timed(
    "deviations.hearings",
    "Påminn om synpunkter på avvikelser och anteckna när svar uteblir",
    "pakten.deviations.tasks.see_to_hearings",
    every=DAY,
    at=time(7),
)
