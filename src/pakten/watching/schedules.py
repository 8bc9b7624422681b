"""What the watching does by the clock. All but the self-test is held by the stop button."""

from __future__ import annotations

from datetime import time, timedelta

from pakten.jobs.schedules import DAY, MINUTE, Timed
from pakten.watching.queries.due import anyone_new
from pakten.watching.queries.waiting import anything_to_take_up
from pakten.watching.services import fetching

SCHEDULES = (
    Timed(
        "watching.take_up",
        "Kontrollera om det som har ändrats",
        "pakten.watching.tasks.take_up",
        every=MINUTE,
        shown=True,
        when=anything_to_take_up,
        automatic=True,
    ),
    # Only put in order: nothing is fetched, visited or compared.
    Timed(
        "watching.meet_new",
        "Ordna in nya medlemmar att gå igenom",
        "pakten.watching.tasks.meet_new",
        every=MINUTE,
        when=anyone_new,
    ),
    Timed(
        "watching.fetch_lists",
        "Hämta sanktionslistor",
        "pakten.watching.tasks.fetch_lists",
        every=timedelta(hours=1),
        shown=True,
        when=fetching.anything_due,
        automatic=True,
    ),
    Timed(
        "watching.look_around",
        "Gå igenom alla medlemmar",
        "pakten.watching.tasks.look_around",
        every=DAY,
        at=time(5),
        shown=True,
        automatic=True,
    ),
    # Most needed when something seems wrong.
    Timed(
        "watching.selftest",
        "Självtest av kontrollen",
        "pakten.watching.tasks.plant_and_look",
        every=DAY,
        at=time(3, 30),
        shown=True,
    ),
)
