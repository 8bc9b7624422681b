"""What is done with alerts by the clock."""

from __future__ import annotations

from datetime import time, timedelta

from pakten.alerts.queries.sites import out_of_line
from pakten.alerts.services.returning import anything_due
from pakten.jobs.schedules import DAY, Timed

RETURNS = Timed(
    "alerts.returns",
    "Ta fram det som har varit pausat, väntat på svar eller blivit sent",
    "pakten.alerts.tasks.return_alerts",
    every=timedelta(minutes=15),
    when=anything_due,
)
LIKENESSES = Timed(
    "alerts.likenesses",
    "Stäm av namnlikheterna mot det som ska bedömas",
    "pakten.alerts.tasks.follow_likenesses",
    every=DAY,
    at=time(5, 30),
)
SITES = Timed(
    "alerts.sites",
    "Stäm av webbplatserna mot det som ska bedömas",
    "pakten.alerts.tasks.follow_sites",
    every=timedelta(minutes=15),
    when=lambda: bool(out_of_line()),
)
