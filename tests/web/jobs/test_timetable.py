"""The timetable: what is due is started exactly once, what was missed once; a fault stops nothing else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.people import person
from tests.web.jobs import work_to_do
from tests.worker import do_jobs

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.jobs import schedules, timetable
from pakten.jobs.errors import JobRefused
from pakten.jobs.models import Ended, Job, Schedule, State
from pakten.jobs.schedules import MINUTE, Timed

CITY = ZoneInfo("Europe/Stockholm")
HERE = "tests.web.jobs.work_to_do"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """A timetable of the test's own."""
    theirs = dict(schedules.SCHEDULES)
    schedules.SCHEDULES.clear()
    work_to_do.SAID.clear()
    yield
    schedules.SCHEDULES.clear()
    schedules.SCHEDULES.update(theirs)


def timed(name: str = "tests.say", **more: object) -> Timed:
    facts = {"title": "Säg något", "task": f"{HERE}.say", "every": MINUTE} | more
    return Timed(name, **facts)  # type: ignore[arg-type]


def make_due(by: timedelta = timedelta(0)) -> None:
    Schedule.objects.update(next_at=timezone.now() - by)


def test_what_is_due_is_done_and_told(db: None) -> None:
    schedules.register(timed())
    assert timetable.tick() == 1
    assert Schedule.objects.get().last_outcome == Ended.STARTED
    do_jobs()
    assert work_to_do.SAID == ["said"]
    row = Schedule.objects.get()
    assert row.last_outcome == Ended.DONE and row.last_started_at
    assert not Job.objects.exists(), "quiet work leaves no job"
    assert timetable.tick() == 0, "not before its time"


def test_missed_times_are_made_up_for_once(db: None) -> None:
    schedules.register(timed())
    timetable.tick()
    make_due(timedelta(hours=5))
    assert (timetable.tick(), timetable.tick()) == (1, 0)
    assert Schedule.objects.get().next_at > timezone.now()


def test_nothing_is_started_where_there_is_nothing_to_do(db: None) -> None:
    schedules.register(timed(when=lambda: False))
    assert timetable.tick() == 0
    assert Schedule.objects.get().last_outcome == Ended.NOTHING
    assert not DBTaskResult.objects.exists()


def test_a_shown_one_is_a_job_and_never_two_at_once(db: None) -> None:
    schedules.register(timed("tests.shown", task=f"{HERE}.end_without_a_word", shown=True))
    timetable.tick()
    make_due()
    timetable.tick()
    assert Job.objects.get().title == "Säg något"
    do_jobs()
    assert Job.objects.get().state == State.DONE
    assert Schedule.objects.get().last_outcome == Ended.DONE


def test_a_fault_in_one_stops_no_other(db: None) -> None:
    schedules.register(timed("tests.broken", task=f"{HERE}.missing"))
    schedules.register(timed("tests.falls", task=f"{HERE}.fall"))
    schedules.register(timed())
    assert timetable.tick() == 2
    do_jobs()
    ended = dict(Schedule.objects.values_list("name", "last_outcome"))
    assert ended == {"tests.broken": "failed", "tests.falls": "failed", "tests.say": "done"}
    assert timetable.tick() == 0, "a broken one waits for its next time"


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_starts_it() -> None:
    schedules.register(timed())
    timetable.tick()
    make_due()
    DBTaskResult.objects.all().delete()
    together = threading.Barrier(6)

    def look(_: int) -> int:
        together.wait()
        try:
            return timetable.tick()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(look, range(6))) == 1
    assert DBTaskResult.objects.count() == 1


def test_only_an_administrator_switches_it_and_the_log_tells(administrator: User, manager: User) -> None:
    schedules.register(timed())
    timetable.tick()
    row = Schedule.objects.get()
    with pytest.raises(PermissionDenied):
        timetable.switch(row, on=False, actor=manager, expected_version=1)
    timetable.switch(row, on=False, actor=administrator, expected_version=1)
    make_due()
    assert timetable.tick() == 0
    with pytest.raises(JobRefused):
        timetable.switch(row, on=True, actor=administrator, expected_version=1)
    timetable.switch(row, on=True, actor=administrator, expected_version=2)
    assert timetable.tick() == 0, "what was missed while it was off is not made up for"
    assert [entry.action for entry in Entry.objects.order_by("sequence")] == [
        "jobs.schedule.switched_off",
        "jobs.schedule.switched_on",
    ]


@pytest.mark.parametrize(
    ("planned", "now", "expected"),
    [
        ("2026-03-28 07:00", "2026-03-28 07:01", "2026-03-29 07:00"),  # summer time begins
        ("2026-10-24 07:00", "2026-10-24 07:01", "2026-10-25 07:00"),  # and ends
        ("2026-05-01 07:00", "2026-05-09 06:00", "2026-05-09 07:00"),  # away for a week
        ("2026-05-01 07:00", "2026-05-09 08:00", "2026-05-10 07:00"),
    ],
)
def test_a_time_of_day_is_the_citys(planned: str, now: str, expected: str) -> None:
    daily = timed(every=timedelta(days=1), at=time(7))
    moments = [datetime.fromisoformat(text).replace(tzinfo=CITY) for text in (planned, now, expected)]
    assert daily.after(moments[0], moments[1]) == moments[2]


def test_a_schedule_is_told_apart_by_its_name() -> None:
    schedules.register(timed())
    schedules.register(timed())
    with pytest.raises(ValueError, match=r"tests\.say"):
        schedules.register(timed(task=f"{HERE}.fall"))
    with pytest.raises(ValueError, match="once a minute"):
        timed(every=timedelta(seconds=1))
    with pytest.raises(ValueError, match="whole days"):
        timed(at=time(7))


def test_the_page_shows_the_timetable_and_the_administrator_switches(
    signed_in_client: object, administrator: User
) -> None:
    schedules.register(timed())
    timetable.tick()
    row = Schedule.objects.get()
    client = signed_in_client(administrator)  # type: ignore[operator]
    assert "Säg något" in client.get("/jobb/").content.decode()
    answer = client.post(f"/jobb/tidtabell/{row.pk}/", {"on": "", "version": "1"}, follow=True)
    assert "är avslagen" in answer.content.decode()
    row.refresh_from_db()
    assert not row.is_on
    again = client.post(f"/jobb/tidtabell/{row.pk}/", {"on": "1", "version": "1"}, follow=True)
    assert "har ändrat tidtabellen" in again.content.decode()
    reader = signed_in_client(person(Role.AUDITOR))  # type: ignore[operator]
    page = reader.get("/jobb/").content.decode()
    assert "Säg något" in page and "Slå på" not in page


@pytest.mark.parametrize(
    ("every", "at", "told"),
    [
        (timedelta(minutes=1), None, "Varje minut"),
        (timedelta(minutes=10), None, "Var 10:e minut"),
        (timedelta(hours=2), None, "Var 2:a timme"),
        (timedelta(days=1), time(7), "Varje dag klockan 07.00"),
        (timedelta(seconds=90), None, "Var 90:e sekund"),
    ],
)
def test_how_often_is_told_in_swedish(every: timedelta, at: time | None, told: str) -> None:
    assert timed(every=every, at=at).pace == told
