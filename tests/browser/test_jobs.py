"""A job's progress seen in a real browser while the work goes on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.people import person
from tests.web.jobs import work_to_do

from pakten.accounts.models import Role
from pakten.jobs import pace, services
from pakten.jobs.models import Job

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def job(monkeypatch: pytest.MonkeyPatch) -> Job:
    monkeypatch.setattr(pace, "INTERVAL", 0.0)
    officer = person(Role.CASE_OFFICER)
    return services.start(
        "tests.work",
        "Kontrollera nätverket",
        actor=officer,
        task=work_to_do.count_to,
        arguments={"number": 3},
    )


def test_the_page_follows_the_work_and_rests_when_it_is_done(
    signed_in: Callable[..., Page], check_axe: Callable[[Page], None], job: Job
) -> None:
    page = signed_in(Role.CASE_OFFICER)
    page.goto(f"/jobb/{job.pk}/")
    expect(page.get_by_text("Väntar på sin tur")).to_be_visible()
    services.begin(job.pk)
    services.progress(job.pk, done=100, total=370, note="medlemmar kontrollerade")
    expect(page.get_by_text("100 av 370 medlemmar kontrollerade")).to_be_visible()
    check_axe(page)
    services.progress(job.pk, done=200, total=370)
    expect(page.get_by_text("200 av 370")).to_be_visible()
    services.finish(job.pk, summary="370 medlemmar kontrollerade.", url="/medlemmar/")
    expect(page.get_by_text("Klart.")).to_be_visible()
    expect(page.get_by_role("link", name="Visa resultatet")).to_be_visible()
    check_axe(page)
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_timeout(1_500)
    assert not asked, "a job that has ended is not asked for again"


def test_stopping_a_job(
    signed_in: Callable[..., Page], check_keyboard: Callable[[Page], None], job: Job
) -> None:
    page = signed_in(Role.CASE_OFFICER, width=390)
    page.goto("/jobb/")
    page.get_by_role("link", name="Kontrollera nätverket").click()
    page.get_by_role("button", name="Stoppa").click()
    expect(page.get_by_role("button", name="Starta igen")).to_be_visible()
    check_keyboard(page)
    job.refresh_from_db()
    assert job.state == "stopped"


@pytest.mark.parametrize("width", [1280, 390])
def test_the_list_of_jobs(
    signed_in: Callable[..., Page], check_axe: Callable[[Page], None], job: Job, width: int
) -> None:
    page = signed_in(Role.CASE_OFFICER, width=width)
    page.goto("/jobb/")
    expect(page.get_by_role("link", name="Kontrollera nätverket")).to_be_visible()
    check_axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    services.begin(job.pk)
    services.progress(job.pk, done=7, total=9)
    expect(page.get_by_text("7 av 9")).to_be_visible()
